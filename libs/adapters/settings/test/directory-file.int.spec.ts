import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { fileDirectory } from '#libs/adapters/settings';
import type { PeopleRights, RoomsAndGroups } from '#libs/ports/directory';
import { directoryContract } from '#suites/directory';
import { describe, expect, it } from '@jest/globals';

const textOf = (people: PeopleRights): string => JSON.stringify([...people]);
const parse = (text: string): PeopleRights =>
  new Map(JSON.parse(text) as [string, RoomsAndGroups][]);

directoryContract('a file', async (people) => {
  const folder = await mkdtemp(join(tmpdir(), 'innkeeper-directory-'));
  const path = join(folder, 'people.json');
  // At once: half a file is no directory.
  const write = async (changed: PeopleRights): Promise<void> => {
    await writeFile(`${path}.next`, textOf(changed));
    await rename(`${path}.next`, path);
  };
  await write(people);
  return {
    directory: fileDirectory({ path, parse }),
    change: write,
    takeAway: () => rm(path),
    dispose: () => rm(folder, { recursive: true }),
    capabilities: {
      changes: true,
      goesAway: true,
      knowsStaff: { not: 'everybody who holds a token is of the house' },
      knowsOthers: { not: 'who is written down is of the house' },
      isOfOneMoment: true,
    },
  };
});

describe('a file that is no directory', () => {
  it('is as good as none, until it is one again', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'innkeeper-directory-'));
    const path = join(folder, 'people.json');
    const directory = fileDirectory({ path, parse });
    for (const half of ['', '[["anna", {"roo']) {
      await writeFile(path, half);
      await expect(directory.rightsOf('anna')).rejects.toMatchObject({
        code: 'DIRECTORY_UNAVAILABLE',
      });
    }
    await writeFile(path, '[["anna", { "rooms": [], "groups": ["finance"] }]]');
    expect(await directory.rightsOf('anna')).toMatchObject({ rooms: [], groups: ['finance'] });
    await rm(folder, { recursive: true });
  });
});
