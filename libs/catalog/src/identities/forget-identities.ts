import type { Fact, StreamErasedV1 } from '#libs/contracts';

import type { KindName } from '../kinds/index.js';
import type { RecordState } from '../merge/record-state.js';
import { isClaiming } from './bearers.js';
import type { IdentityPorts } from './identity-index.js';
import { keepClaims, recordOf, type Moved } from './keep-claims.js';
import { keepQuestions } from './keep-questions.js';
import { dropRulings } from './keep-rulings.js';

interface Refolded {
  readonly kind: KindName;
  readonly id: string;
  readonly state: RecordState | undefined;
}

/**
 * After an erasure: what its records are reached by now, and no trace of what they were reached by before.
 * Whoever was erased, and is not merely mentioned in what was, is tied to nobody any more.
 */
export const forgetIdentities = async (
  ports: IdentityPorts,
  generation: number,
  erasure: Fact,
  refolded: readonly Refolded[],
): Promise<void> => {
  const { era, position } = erasure;
  const fence = { era, position };
  const moved = refolded.flatMap(({ kind, id, state }): Moved[] =>
    isClaiming(kind) && state ? [{ kind, id, state, isNew: false, fence }] : [],
  );
  const records = moved.map(recordOf);
  const { streams } = erasure.data as unknown as StreamErasedV1;
  const erased = records.filter((record) => streams.includes(record));
  const prints = await keepClaims(ports, generation, moved, { forget: true });
  const untied = await dropRulings(ports.documents, generation, erased);
  await keepQuestions(ports, generation, { records, prints, untied, fence }, { forget: true });
};
