import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { sqliteSearchIndex, type SqliteSearchIndex } from '#libs/adapters/sqlite';
import { searchIndexBehaviours, worldOf, type WholeIndex } from '#suites/search-index';

import {
  indexFilteringLate,
  indexKeepingOldPassages,
  indexWithoutFence,
} from '../src/saboteurs/search-indexes.js';

describe('the suite of the search index', () => {
  let folder: string;
  let honest: SqliteSearchIndex;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'innkeeper-index-'));
    honest = await sqliteSearchIndex({ path: join(folder, 'index.db') });
  });
  afterEach(async () => {
    await honest.close();
    rmSync(folder, { recursive: true });
  });

  const rejectedBy = async (sabotage: (index: WholeIndex) => WholeIndex): Promise<string[]> => {
    const index = sabotage(honest);
    const same = () => Promise.resolve(index);
    const harness = { index, restart: same, unreachable: same, dispose: () => Promise.resolve() };
    const failed: string[] = [];
    for (const [title, run] of Object.entries(searchIndexBehaviours))
      await run(worldOf(harness)).catch(() => failed.push(title));
    return failed;
  };

  it('rejects an index that ignores the fence', async () => {
    expect(await rejectedBy(indexWithoutFence)).toEqual([
      'writes over an older position and not over a newer one',
      'compares the generation of the records first, then the era, then the position',
      'compares eras and positions as large as they get',
      'still fences with a unit that was emptied',
      'fences with a unit that never had a passage',
      'takes the same unit several times in one batch, in order',
      'ends with the newest fence of those who write at the same time',
      'answers one outcome and one state each, in order',
      'keeps generations apart',
      'keeps the words of a unit whose late writer was refused',
      'leaves vectors as they are when a late writer is refused',
      'takes vectors of units that come several times in one batch',
    ]);
  });

  it('rejects an index that applies the audience after the limit', async () => {
    expect(await rejectedBy(indexFilteringLate)).toEqual([
      'counts towards the limit only what passes every filter',
      'counts towards the limit of the nearest only what passes every filter',
    ]);
  });

  it('rejects an index that keeps old passages of a unit', async () => {
    expect(await rejectedBy(indexKeepingOldPassages)).toEqual([
      'writes over an older position and not over a newer one',
      'overwrites at an equal fence',
      'still fences with a unit that was emptied',
      'takes the same unit several times in one batch, in order',
      'ends with the newest fence of those who write at the same time',
      'replaces all passages of a unit by the new ones',
      'knows the units with text of a record',
      'takes thousands of units at once, and a unit of hundreds of passages',
      'filters by the newest kind, scope, audience and time of a unit',
      'counts exactly: passages, their length, and in how many each term stands',
      'counts exactly while much is replaced',
      'begins a generation again that was dropped',
      'keeps the vector of a passage that says the same, and lets go of one that says something else',
      'takes the vector that comes with a passage before the one that stood there',
      'lets go of a vector with its passage',
      'takes vectors of units that come several times in one batch',
      'filters the nearest by the newest kind, scope, audience and time',
    ]);
  });

  it('accepts the same index when it is not sabotaged', async () => {
    expect(await rejectedBy((index) => index)).toEqual([]);
  });
});
