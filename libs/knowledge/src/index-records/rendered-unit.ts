import type { RecordUnit } from '#libs/catalog';
import { asFault, canonicalJson, type Code, type Hash } from '#libs/kernel';
import type { UnitFence } from '#libs/ports/search-index';

import type { IndexGeneration } from '../generations/index-pointer.js';
import type { Passage } from '../passages/passage.js';
import { keyedHashes, passageHashes } from './passage-hashes.js';

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
}

export type RenderingKeys = Pick<IndexGeneration, 'digestKey' | 'key'>;

/** Of a unit that is not found. */
export const NOTHING = 'nothing';
const PARKED = 'parked ';

export const isParked = (digest: string | undefined): boolean =>
  digest?.startsWith(PARKED) ?? false;

/** A unit that cannot be rendered stops no other: it is found no more until it can be. */
export const renderUnits =
  ({ render, hash }: RenderingParts) =>
  async (units: readonly RecordUnit[], keys: RenderingKeys): Promise<readonly RenderedUnit[]> => {
    const cut = units.map((unit) => cutUnit(render, unit));
    const passages = cut.flatMap((one) => one.passages);
    const hashes = await passageHashes(hash, keys.key, passages);
    const digests = await keyedHashes(
      hash,
      keys.digestKey,
      cut.map((one) => canonicalJson(one.passages)),
    );
    let next = 0;
    return cut.map((one, i) => ({
      ...one,
      hashes: hashes.slice(next, (next += one.passages.length)),
      digest: digestOf(one, digests[i] ?? ''),
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

const digestOf = ({ code, passages }: CutUnit, digest: string): string => {
  if (code !== undefined) return `${PARKED}${code}`;
  return passages.length === 0 ? NOTHING : digest;
};
