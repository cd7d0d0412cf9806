import { claimsIn, isBearer, isCompanyLine } from './bearers.js';
import type { Handle } from './handles.js';
import { MOST_CLAIMS, placeOf, type IdentityIndex } from './identity-index.js';
import type { Print } from './prints.js';
import {
  resolveIdentities,
  type Bearer,
  type ResolvedIdentities,
  type Ruling,
} from './resolve-identities.js';

/** Why a handle says nothing of anybody. */
export type SilentHandleReason = 'own_line' | 'switchboard';

/** All records that are one person's or may be: all that handles and rulings connect to one of them. */
export interface PersonComponent {
  readonly records: ReadonlySet<string>;
  readonly prints: ReadonlyMap<Handle, Print>;
  readonly silent: ReadonlyMap<Print, SilentHandleReason>;
  /** Who is who among them; `undefined` where there are too many to tell. */
  readonly resolved: ResolvedIdentities | undefined;
}

/** More than these hang together by mistake. For each of them, they are too many. */
const MOST_RECORDS = 200;

interface ComponentWalk {
  readonly records: Set<string>;
  readonly bearers: Bearer[];
  readonly rulings: Map<string, Ruling>;
  readonly prints: Map<Handle, Print>;
  readonly silent: Map<Print, SilentHandleReason>;
}

export const gatherComponent = async (
  index: IdentityIndex,
  seeds: { readonly records: readonly string[]; readonly handles?: readonly Handle[] },
): Promise<PersonComponent> => {
  const walk: ComponentWalk = {
    ...{ records: new Set(), bearers: [], rulings: new Map() },
    ...{ prints: new Map(), silent: new Map() },
  };
  const isNew = (record: string): boolean => !walk.records.has(record);
  let next = [...seeds.records, ...(await claimantsOf(index, walk, seeds.handles ?? []))];
  while ((next = [...new Set(next)].filter(isNew)).length > 0) {
    if (walk.records.size + next.length > MOST_RECORDS) return { ...walk, resolved: undefined };
    for (const record of next) walk.records.add(record);
    const met = await bearersOf(index, next);
    walk.bearers.push(...met);
    next = [
      ...(await claimantsOf(
        index,
        walk,
        met.flatMap(({ handles }) => handles),
      )),
      ...(await ruledWith(index, walk, next)),
    ];
  }
  return { ...walk, resolved: resolve(walk) };
};

const bearersOf = async (
  index: IdentityIndex,
  records: readonly string[],
): Promise<readonly Bearer[]> =>
  [...(await index.states(records))].flatMap(([record, state]): Bearer[] => {
    const [kind] = placeOf(record);
    return isBearer(kind) ? [{ record, ...claimsIn(kind, state) }] : [];
  });

/** The others who claim these. A claim only proposes: what its record says of itself decides. */
const claimantsOf = async (
  index: IdentityIndex,
  { silent, prints }: ComponentWalk,
  handles: readonly Handle[],
): Promise<readonly string[]> => {
  const fresh = await index.prints(handles.filter((handle) => !prints.has(handle)));
  const claimed = await Promise.all(
    [...fresh].map(async ([handle, print]): Promise<readonly string[]> => {
      prints.set(handle, print);
      const claimants = await index.claimants(print);
      const says = silenceOf(claimants);
      if (!says) return claimants;
      silent.set(print, says);
      return [];
    }),
  );
  return claimed.flat();
};

const silenceOf = (claimants: readonly string[]): SilentHandleReason | undefined => {
  if (claimants.some((record) => isCompanyLine(placeOf(record)[0]))) return 'own_line';
  return claimants.length > MOST_CLAIMS ? 'switchboard' : undefined;
};

/** Of one person by an operator's word, however far apart their handles are. */
const ruledWith = async (
  index: IdentityIndex,
  walk: ComponentWalk,
  records: readonly string[],
): Promise<readonly string[]> => {
  const rulings = (await Promise.all(records.map((record) => index.rulings(record)))).flat();
  for (const ruling of rulings) walk.rulings.set(ruling.records.join(' '), ruling);
  return rulings.flatMap(({ records: pair, same }) => (same ? pair : []));
};

const resolve = ({ bearers, silent, prints, rulings }: ComponentWalk): ResolvedIdentities => {
  const speaks = (handle: Handle): boolean => !silent.has(prints.get(handle) ?? '');
  const speaking = bearers.map((bearer) => ({
    ...bearer,
    handles: bearer.handles.filter(speaks),
  }));
  // In one order, for a question about any of them.
  const byRecord = (a: Bearer, b: Bearer): number => (a.record < b.record ? -1 : 1);
  const byPair = ([a]: [string, Ruling], [b]: [string, Ruling]): number => (a < b ? -1 : 1);
  const settled = [...rulings].sort(byPair).map(([, ruling]) => ruling);
  return resolveIdentities(speaking.sort(byRecord), settled);
};
