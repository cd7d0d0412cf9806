import type { RecordUnit } from '#libs/catalog';
import { asFault, canonicalJson, joinBytes, toHex, utf8, type Code, type Hash } from '#libs/kernel';
import type { UnitFence } from '#libs/ports/search-index';

import type { Passage } from '../passages/passage.js';

/** The passages of a unit. Pure: the same records give the same passages. */
export type RenderUnit = (unit: RecordUnit) => readonly Passage[];

/** A unit as it should stand in the index. */
export interface RenderedUnit {
  readonly unit: string;
  readonly kind: string;
  readonly fence: UnitFence;
  readonly passages: readonly Passage[];
  /** Keyed hash of the text of each. */
  readonly hashes: readonly string[];
  readonly digest: string;
  /** Why it could not be rendered. Then it has no passages. */
  readonly code?: Code;
}

export interface RenderingParts {
  readonly render: RenderUnit;
  readonly hash: Hash;
  /** Kinds that nobody searches, by setting. */
  readonly excludedKinds: ReadonlySet<string>;
}

/** Of a unit that is not found. */
export const NOTHING = 'nothing';
const PARKED = 'parked ';

export const isParked = (digest: string | undefined): boolean =>
  digest?.startsWith(PARKED) ?? false;

/** So much of a hash tells two texts apart. */
const HASH_BYTES = 12;

/** A unit that cannot be rendered stops no other: it is found no more until it can be. */
export const renderUnits =
  ({ render, hash, excludedKinds }: RenderingParts) =>
  async (units: readonly RecordUnit[], key: Uint8Array): Promise<readonly RenderedUnit[]> => {
    const cut = units.map((unit) => cutUnit(render, allowed(unit, excludedKinds)));
    const texts = cut.flatMap(({ passages }) => passages.map(textOf));
    const hashed = await hash([...texts, ...cut.map(seenOf)].map((text) => joinBytes(key, text)));
    const hashes = hashed.map((bytes) => toHex(bytes.subarray(0, HASH_BYTES)));
    let next = 0;
    return cut.map((one, i) => ({
      ...one,
      hashes: hashes.slice(next, (next += one.passages.length)),
      digest: digestOf(one, hashes[texts.length + i] ?? ''),
    }));
  };

type CutUnit = Omit<RenderedUnit, 'hashes' | 'digest'>;

const cutUnit = (render: RenderUnit, unit: RecordUnit): CutUnit => {
  const { generation, fence } = unit;
  const cut = { unit: unit.unit, kind: unit.kind, fence: { generation, ...fence } };
  if (unit.records.length === 0) return { ...cut, passages: [] };
  try {
    return { ...cut, passages: render(unit) };
  } catch (thrown) {
    return { ...cut, passages: [], code: asFault(thrown).code };
  }
};

const allowed = (unit: RecordUnit, excluded: ReadonlySet<string>): RecordUnit => {
  if (excluded.size === 0) return unit;
  const records = excluded.has(unit.kind)
    ? []
    : unit.records.filter(({ kind }) => !excluded.has(kind));
  return { ...unit, records };
};

const textOf = ({ title, text }: Passage): Uint8Array => utf8(`${title}\n${text}`);

const seenOf = ({ passages }: CutUnit): Uint8Array => utf8(canonicalJson(passages));

const digestOf = ({ code, passages }: CutUnit, digest: string): string => {
  if (code !== undefined) return `${PARKED}${code}`;
  return passages.length === 0 ? NOTHING : digest;
};
