import type { Fence, FencedDocument, StoredDocument } from '#libs/ports/documents';

import type { KindName } from '../kinds/index.js';
import { stateOf, type RecordState } from '../merge/record-state.js';
import { claimsIn, isClaiming, saysTheSame } from './bearers.js';
import { claimId, claimsCollection } from './collections.js';
import type { IdentityParts } from './identity-index.js';
import { printsOf, type Print } from './prints.js';

/** A record that may now be reached by something else than before, or is called otherwise. */
export interface Moved {
  readonly kind: KindName;
  readonly id: string;
  readonly state: RecordState;
  readonly isNew: boolean;
  readonly fence: Fence;
}

export const recordOf = ({ kind, id }: Pick<Moved, 'kind' | 'id'>): string => `${kind}/${id}`;

/**
 * Which of these puts say something else than what is stored. What is stored may already hold what is put: then
 * a batch comes again after a crash, which may have fallen between the record and its claims.
 */
export const movedAmong = (
  kind: KindName,
  stored: readonly (StoredDocument | undefined)[],
  puts: readonly FencedDocument[],
  since: number,
): readonly Moved[] => {
  if (!isClaiming(kind)) return [];
  return puts.flatMap(({ id, body, fence }, i): Moved[] => {
    const before = stored[i];
    const state = stateOf(body as never);
    const comesAgain = (before?.fence?.position ?? 0) >= since;
    if (before && !comesAgain && saysTheSame(kind, stateOf(before.body as never), state)) return [];
    return [{ kind, id, state, isNew: before === undefined, fence }];
  });
};

/** More claims of one record than it can ever have at once; the rest is cleared when it moves again. */
const MOST_OF_ONE = 500;

/**
 * Claims what these records are reached by, and nothing else. Answers the prints they have or had. With
 * `forget` what is claimed no more leaves no trace, not even a keyed one.
 */
export const keepClaims = async (
  { documents, keys }: IdentityParts,
  generation: number,
  moved: readonly Moved[],
  { forget = false } = {},
): Promise<readonly Print[]> => {
  if (moved.length === 0) return [];
  const claims = claimsCollection(generation);
  const claimsNow = moved.map(({ kind, state }) => claimsIn(kind, state).handles);
  const [prints, claimed] = await Promise.all([
    printsOf(keys, claimsNow.flat()),
    Promise.all(
      moved.map(async (one) => {
        if (one.isNew) return [];
        const where = { record: recordOf(one) };
        return (await documents.query(claims, { where, limit: MOST_OF_ONE })).items;
      }),
    ),
  ]);
  const puts: FencedDocument[] = [];
  const gone: string[] = [];
  const touched = new Set<Print>();
  moved.forEach(({ fence, ...one }, i) => {
    const record = recordOf(one);
    const wanted = new Set(claimsNow[i]?.flatMap((handle) => prints.get(handle) ?? []));
    for (const print of wanted) {
      touched.add(print);
      puts.push({
        id: claimId(print, record),
        body: {},
        fields: { handle: print, record },
        fence,
      });
    }
    for (const { id } of claimed[i] ?? []) {
      const print = id.slice(0, id.indexOf('.'));
      if (wanted.has(print)) continue;
      touched.add(print);
      if (forget) gone.push(id);
      else puts.push({ id, body: {}, fields: { record }, fence });
    }
  });
  await Promise.all([documents.put(claims, puts), documents.remove(claims, gone)]);
  return [...touched];
};
