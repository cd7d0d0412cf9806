import type { RecordUnit } from '#libs/catalog';
import type { Hash } from '#libs/kernel';

import { detectLanguage } from '../analyse/detect-language.js';
import type { PrepareRenderingParts } from '../index-records/prepare-rendering.js';
import { hashPassages } from '../index-records/rendered-unit.js';
import type { Passage } from '../passages/passage.js';
import { passageAgain } from '../passages/render-unit.js';
import type { CutAgain } from './join-hits.js';

export interface CutAgainParts extends PrepareRenderingParts {
  readonly hash: Hash;
}

/** By the very code that cut it for the index; the hash that stands there tells whether it still says the same. */
export const cutAgain =
  ({ readingFor, excludedKinds, timeZone, digest, hash }: CutAgainParts): CutAgain =>
  async (hits, records, { key }) => {
    const reading = await readingFor([...records.values()]);
    const parts = { reading, excludedKinds, setting: { timeZone }, detectLanguage, digest };
    const again = hits.map(({ kind, unit, passage: { path, records: names } }) =>
      passageAgain(
        { kind: kind as RecordUnit['kind'], unit, path, records: names },
        records,
        parts,
      ),
    );
    const passages = again.filter((passage) => passage !== undefined);
    const hashes = await hashPassages(hash, key, passages);
    const hashOf = new Map<Passage, string | undefined>(
      passages.map((passage, i) => [passage, hashes[i]]),
    );
    return again.map((passage, i) =>
      passage && hashOf.get(passage) === hits[i]?.passage.hash ? passage : undefined,
    );
  };
