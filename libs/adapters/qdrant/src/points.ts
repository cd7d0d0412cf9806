import { createHash } from 'node:crypto';

import { isId, toHex, type Id } from '#libs/kernel';
import type {
  IndexedPassage,
  IndexedUnit,
  IndexHit,
  UnitFence,
  UnitState,
} from '#libs/ports/search-index';

import { termNumbersOf } from './terms.js';

/** A unit as a point without vectors: which of its passages count, and all that is counted by unit. */
export interface UnitPayload {
  readonly unit: string;
  readonly kind: string;
  readonly fence: UnitFence;
  readonly digest: string;
  /** Of the write that stands: its passages carry it, and no other's count. */
  readonly stamp: string;
  /** Of the write that stood before. So who was overwritten at once knows that it was written. */
  readonly before: string;
  readonly passages: number;
  /** Terms of its passages in the field `stem`. */
  readonly stems: number;
  readonly records: readonly string[];
  readonly words: readonly string[];
}

export interface PassagePayload {
  readonly stamp: string;
  readonly unit: string;
  readonly kind: string;
  readonly id: Id;
  readonly path: string;
  readonly records: readonly string[];
  readonly hash: string;
  readonly language: string;
  readonly scope: readonly string[];
  readonly audience: readonly string[];
  readonly from?: number;
  readonly to?: number;
  /** What it overlaps: from the first to the last moment there is, where it has no time. */
  readonly begins: number;
  readonly ends: number;
  /** Each once, for counting. */
  readonly terms: readonly number[];
  /** Whether its vector stands beside it; only where the generation has a dimension. */
  readonly vectored?: boolean;
}

/** All of it that a hit needs. */
export const HIT_FIELDS = [
  ...['stamp', 'unit', 'kind', 'id', 'path', 'records', 'hash', 'language', 'scope', 'from', 'to'],
];

export const unitId = (unit: string): Id => idOf(digestOf(unit));

/** Passages of a unit lie side by side in the order of ids, and in the order of their units. */
export const passageId = (unit: string, stamp: string, at: number): Id => {
  const bytes = digestOf(`${stamp} ${at}`);
  bytes.set(digestOf(unit).subarray(0, UNIT_BYTES));
  return idOf(bytes);
};

const UNIT_BYTES = 6;

/** The place of a unit in the order of ids, as text. */
export const placeOf = (unit: string): string => toHex(digestOf(unit).subarray(0, UNIT_BYTES));

/** The first id after all passages of the unit that stands at this place; none after the last one. */
export const idAfter = (place: string): Id | undefined => {
  const next = (BigInt(`0x${place}`) + 1n).toString(16).padStart(2 * UNIT_BYTES, '0');
  return next.length > 2 * UNIT_BYTES
    ? undefined
    : `${next.slice(0, 8)}-${next.slice(8)}-0000-0000-000000000000`;
};

const digestOf = (text: string): Uint8Array =>
  new Uint8Array(createHash('sha256').update(text).digest());

const idOf = (digest: Uint8Array): Id => {
  const bytes = digest.slice(0, 16);
  bytes[6] = 0x80 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = toHex(bytes);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};

/** When a write began, by the clock of who wrote: stamps are ids that begin with their time. */
export const timeOfStamp = (stamp: string): number =>
  isId(stamp) ? Number.parseInt(stamp.replaceAll('-', '').slice(0, 12), 16) : 0;

export const unitPayload = (unit: IndexedUnit, stamp: string, before: string): UnitPayload => ({
  ...{ unit: unit.unit, kind: unit.kind, fence: unit.fence, digest: unit.digest, stamp, before },
  passages: unit.passages.length,
  stems: unit.passages.reduce((sum, { terms }) => sum + terms.stem.length, 0),
  records: [...new Set(unit.passages.flatMap(({ records }) => records))],
  // In an order that is not the text's.
  words: [...new Set(unit.words)].sort(),
});

export const passagePayload = (
  { unit, kind }: IndexedUnit,
  passage: IndexedPassage,
  stamp: string,
): PassagePayload => {
  const { id, path, records, hash, language, scope, audience, from, to, terms } = passage;
  return {
    ...{ stamp, unit, kind, id, path, records, hash, language, scope, audience },
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    begins: from ?? to ?? Number.MIN_SAFE_INTEGER,
    ends: to ?? from ?? Number.MAX_SAFE_INTEGER,
    terms: termNumbersOf(terms),
  };
};

export const stateOf = ({ unit, kind, fence, digest, passages }: UnitPayload): UnitState => ({
  ...{ unit, kind, fence, digest, passages },
});

export const hitOf = (payload: PassagePayload, score: number): IndexHit => {
  const { unit, kind, id, path, records, hash, language, scope, from, to } = payload;
  return {
    ...{ unit, kind, score },
    passage: {
      ...{ id, path, records, hash, language, scope },
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
    },
  };
};
