import { identitySettledV1, type Fact, type IdentitySettledV1 } from '#libs/contracts';
import type { Documents, Fence, FencedDocument } from '#libs/ports/documents';

import { rulingId, rulingsCollection } from './collections.js';
import { rulingsOf } from './identity-index.js';

export const SETTLED = identitySettledV1.type;

/** Keeps what operators settled. Answers the records it is about. */
export const keepRulings = async (
  documents: Documents,
  generation: number,
  facts: readonly Fact[],
): Promise<readonly string[]> => {
  if (facts.length === 0) return [];
  const latest = new Map<string, FencedDocument>();
  for (const { data, era, position } of facts) {
    const { records, same } = data as unknown as IdentitySettledV1;
    const [a, b] = records;
    for (const [record, other] of [[a, b] as const, [b, a] as const]) {
      const id = rulingId(record, other);
      const fence: Fence = { era, position };
      latest.set(id, { id, body: { records, same }, fields: { record }, fence });
    }
  }
  await documents.put(rulingsCollection(generation), [...latest.values()]);
  return [...latest.values()].map(({ fields }) => String(fields?.record));
};

/** An erased person is tied to nobody any more. Answers those they were tied to. */
export const dropRulings = async (
  documents: Documents,
  generation: number,
  records: readonly string[],
): Promise<readonly string[]> => {
  const ids: string[] = [];
  const others = new Set<string>();
  for (const record of records)
    for (const { records: pair } of await rulingsOf(documents, generation, record)) {
      const [a, b] = pair;
      ids.push(rulingId(a, b), rulingId(b, a));
      others.add(a === record ? b : a);
    }
  await documents.remove(rulingsCollection(generation), ids);
  return [...others];
};
