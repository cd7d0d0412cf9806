import type { Fact, StreamErasedV1 } from '#libs/contracts';
import type { Fence } from '#libs/ports/documents';

import type { KindName } from '../kinds/index.js';
import { stateOf, type RecordState } from '../merge/record-state.js';
import { isBearer, isClaiming } from './bearers.js';
import { placeOf, type IdentityParts } from './identity-index.js';
import { keepClaims, recordOf, type Moved } from './keep-claims.js';
import { keepQuestions } from './keep-questions.js';
import { dropRulings } from './keep-rulings.js';

interface ForgottenRecord {
  readonly kind: KindName;
  readonly id: string;
  readonly state: RecordState | undefined;
}

/**
 * After an erasure: what its records are reached by now, and no trace of what they were reached by before. A person
 * who was erased is tied to nobody any more; one who is only mentioned there stays.
 */
export const forgetIdentities = async (
  ports: IdentityParts,
  generation: number,
  erasure: Fact,
  cleaned: readonly ForgottenRecord[],
): Promise<void> => {
  const fence = fenceOf(erasure);
  const moved = cleaned.flatMap(({ kind, id, state }): Moved[] =>
    isClaiming(kind) ? [{ kind, id, state: state ?? stateOf(undefined), isNew: false, fence }] : [],
  );
  const records = moved.map(recordOf);
  const { streams } = erasure.data as unknown as StreamErasedV1;
  const erased = records.filter((record) => streams.includes(record));
  const prints = await keepClaims(ports, generation, moved, { forget: true });
  const untied = await dropRulings(ports.documents, generation, erased);
  await keepQuestions(ports, generation, { records, prints, untied, fence }, { forget: true });
};

/**
 * The same for a generation that never held what was erased: it has no claims of it. What operators settled before
 * the erasure goes here, too.
 */
export const untieErased = async (
  ports: IdentityParts,
  generation: number,
  erasure: Fact,
): Promise<void> => {
  const { streams } = erasure.data as unknown as StreamErasedV1;
  const erased = streams.filter((stream) => isBearer(placeOf(stream)[0]));
  const untied = await dropRulings(ports.documents, generation, erased);
  if (untied.length === 0) return;
  const changed = { records: erased, prints: [], untied, fence: fenceOf(erasure) };
  await keepQuestions(ports, generation, changed, { forget: true });
};

const fenceOf = ({ era, position }: Fact): Fence => ({ era, position });
