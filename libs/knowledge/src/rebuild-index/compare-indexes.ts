import type { SearchIndex, UnitState } from '#libs/ports/search-index';
import { everyPage } from '#libs/ports/documents';

import { NOTHING } from '../index-records/rendered-unit.js';

/** Two generations of the index, unit by unit. */
export interface IndexComparison {
  /** Of the units of each, in any order: equal sums, equal units. */
  readonly checksums: { readonly live: string; readonly rebuilt: string };
  readonly records: number;
  readonly differences: number;
  /** At most so many as a person would look at. */
  readonly differing: readonly { readonly kind: string; readonly id: string }[];
}

type ReadIndex = Pick<SearchIndex, 'list' | 'states'>;

const PAGE = 500;
const LISTED = 1000;

/** What nobody finds is no difference, even if one of the two still knows its name. */
export const compareIndexes = async (
  index: ReadIndex,
  live: number,
  rebuilt: number,
): Promise<IndexComparison> => {
  const sums = { live: 0n, rebuilt: 0n };
  const differing = new Set<string>();
  let records = 0;
  for await (const { unit, left, right } of pairs(index, live, rebuilt)) {
    if (left !== NOTHING || right !== NOTHING) records += 1;
    sums.live += numberOf(left);
    sums.rebuilt += numberOf(right);
    if (left !== right) differing.add(unit);
  }
  return {
    checksums: { live: textOf(sums.live), rebuilt: textOf(sums.rebuilt) },
    records,
    differences: differing.size,
    differing: [...differing].slice(0, LISTED).map((unit) => ({
      kind: unit.slice(0, unit.indexOf('/')),
      id: unit.slice(unit.indexOf('/') + 1),
    })),
  };
};

interface UnitPair {
  readonly unit: string;
  readonly left: string;
  readonly right: string;
}

/** Every unit of either once. No order of units is the same in every index, so each is looked up in the other. */
async function* pairs(index: ReadIndex, live: number, rebuilt: number): AsyncGenerator<UnitPair> {
  for await (const { state, other } of looked(index, live, rebuilt))
    yield { unit: state.unit, left: state.digest, right: other?.digest ?? NOTHING };
  for await (const { state, other } of looked(index, rebuilt, live))
    if (!other) yield { unit: state.unit, left: NOTHING, right: state.digest };
}

async function* looked(
  index: ReadIndex,
  from: number,
  to: number,
): AsyncGenerator<{ readonly state: UnitState; readonly other: UnitState | undefined }> {
  const pages = everyPage((after) =>
    index.list(from, { limit: PAGE, ...(after !== undefined && { after }) }),
  );
  for await (const page of pages) {
    const others = await index.states(
      to,
      page.map(({ unit }) => unit),
    );
    for (const [i, state] of page.entries()) yield { state, other: others[i] };
  }
}

/** A unit without passages adds nothing. */
const numberOf = (digest: string): bigint =>
  /^[0-9a-f]{16,}$/.test(digest) ? BigInt(`0x${digest.slice(0, 16)}`) : 0n;

const textOf = (sum: bigint): string => BigInt.asUintN(64, sum).toString(16);
