import { kindNames, recordKinds, type KindName } from '../kinds/index.js';

/** `kind/id` of a unit in its two parts. */
export interface UnitName {
  readonly kind: string;
  readonly id: string;
}

export const ownUnit = ({ kind, id }: UnitName): string => `${kind}/${id}`;

/** An id may hold slashes, a kind never does. */
export const unitNamed = (unit: string): UnitName => {
  const end = unit.indexOf('/');
  return { kind: unit.slice(0, Math.max(0, end)), id: unit.slice(end + 1) };
};

const known: ReadonlySet<string> = new Set(kindNames);

export const isKind = (kind: string): kind is KindName => known.has(kind);

interface PartsOfThread {
  readonly kind: KindName;
  /** Of the part: it holds the id of the thread’s record. */
  readonly field: string;
}

const parts: ReadonlyMap<string, readonly PartsOfThread[]> = Map.groupBy(
  kindNames.flatMap((kind) => {
    const { partOf } = recordKinds[kind];
    return partOf ? [{ kind, field: partOf.field, of: partOf.kind }] : [];
  }),
  ({ of }) => of,
);

/** Which kinds have records that are parts of a thread of this kind. */
export const partsOf = (kind: string): readonly PartsOfThread[] => parts.get(kind) ?? [];
