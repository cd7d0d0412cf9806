import { kindNames, recordKinds, type KindName } from './index.js';

/** A field of a kind that holds the id of another record, and of which kind that one is. */
export interface RecordNaming {
  readonly field: string;
  readonly kind: KindName;
}

/** A kind whose records name others, and the field they do it by. */
export interface RecordNamer {
  readonly kind: KindName;
  readonly field: string;
}

const namings = new Map<KindName, readonly RecordNaming[]>(
  kindNames.map((name) => [
    name,
    Object.entries(recordKinds[name].names).map(([field, kind]) => ({ field, kind })),
  ]),
);

const namers = new Map<KindName, readonly RecordNamer[]>(
  kindNames.map((named) => [
    named,
    kindNames.flatMap((kind) =>
      namesOf(kind)
        .filter((naming) => naming.kind === named)
        .map(({ field }) => ({ kind, field })),
    ),
  ]),
);

/** Whom records of this kind name, and by which of their fields. */
export function namesOf(kind: KindName): readonly RecordNaming[] {
  return namings.get(kind) ?? [];
}

/** Who names records of this kind: each `field` can be filtered by an id, and finds them by its index. */
export const namersOf = (kind: KindName): readonly RecordNamer[] => namers.get(kind) ?? [];
