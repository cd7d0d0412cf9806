import { canonicalJson, utf8, type Hash } from '#libs/kernel';
import { everyDocument, type Collection, type Documents } from '#libs/ports/documents';

import { kindNames, type KindName } from '../kinds/index.js';
import { recordCollection } from '../project-records/generation.js';

export interface Comparison {
  /** Of the records of each generation, in any order: equal sums, equal records. */
  readonly checksums: { readonly live: string; readonly rebuilt: string };
  readonly records: number;
  /** At most so many as a person would look at. */
  readonly differing: readonly { readonly kind: KindName; readonly id: string }[];
  readonly differences: number;
}

const LISTED = 1000;

/** Both must stand at one position, and stand still. */
export const compareGenerations = async (
  { documents, hash }: { documents: Documents; hash: Hash },
  live: number,
  rebuilt: number,
): Promise<Comparison> => {
  const sums = { live: 0n, rebuilt: 0n };
  const differing: { kind: KindName; id: string }[] = [];
  let records = 0;
  let differences = 0;
  for await (const { kind, id, left, right } of walkGenerations(documents, live, rebuilt)) {
    records += 1;
    sums.live += await digestOf(hash, kind, id, left);
    sums.rebuilt += await digestOf(hash, kind, id, right);
    if (left === right) continue;
    differences += 1;
    if (differing.length < LISTED) differing.push({ kind, id });
  }
  const text = (sum: bigint): string => BigInt.asUintN(64, sum).toString(16);
  return {
    checksums: { live: text(sums.live), rebuilt: text(sums.rebuilt) },
    records,
    differing,
    differences,
  };
};

/** One record in both generations, as canonical text; `undefined` where one does not have it. */
export interface RecordPair {
  readonly kind: KindName;
  readonly id: string;
  readonly left: string | undefined;
  readonly right: string | undefined;
}

export async function* walkGenerations(
  documents: Documents,
  left: number,
  right: number,
): AsyncGenerator<RecordPair> {
  for (const kind of kindNames) {
    const sides = [left, right].map((generation) =>
      texts(documents, recordCollection(kind, generation)),
    ) as [Side, Side];
    for await (const [id, a, b] of joined(...sides)) yield { kind, id, left: a, right: b };
  }
}

const digestOf = async (
  hash: Hash,
  kind: KindName,
  id: string,
  text: string | undefined,
): Promise<bigint> => {
  if (text === undefined) return 0n;
  const [digest = new Uint8Array(8)] = await hash([utf8(`${kind}\n${id}\n${text}`)]);
  return new DataView(digest.buffer, digest.byteOffset).getBigUint64(0);
};

type Side = AsyncGenerator<readonly [id: string, text: string]>;

async function* texts(documents: Documents, collection: Collection): Side {
  for await (const { id, body } of everyDocument(documents, collection))
    yield [id, canonicalJson(body)];
}

/** Both sides come by id; what only one of them has comes with `undefined` for the other. */
async function* joined(
  left: Side,
  right: Side,
): AsyncGenerator<readonly [id: string, left: string | undefined, right: string | undefined]> {
  let [a, b] = [await left.next(), await right.next()];
  while (!a.done || !b.done) {
    const [idA, textA] = a.done ? [undefined, undefined] : a.value;
    const [idB, textB] = b.done ? [undefined, undefined] : b.value;
    if (idB === undefined || (idA !== undefined && idA < idB)) {
      yield [idA ?? '', textA, undefined];
      a = await left.next();
    } else if (idA === undefined || idB < idA) {
      yield [idB, undefined, textB];
      b = await right.next();
    } else {
      yield [idA, textA, textB];
      [a, b] = [await left.next(), await right.next()];
    }
  }
}
