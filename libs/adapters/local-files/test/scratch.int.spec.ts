import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { NOBODYS_SCRATCH } from '#libs/ports/scratch';
import { scratchContract } from '#suites/scratch';

import { localScratch } from '../src/scratch.js';

const isMissing = (cause: NodeJS.ErrnoException): undefined => {
  if (cause.code === 'ENOENT') return undefined;
  throw cause;
};

scratchContract('local files', async () => {
  const root = await mkdtemp(join(tmpdir(), 'scratch-'));
  const make = () => localScratch({ folder: join(root, 'work of backups') });
  return {
    scratch: make(),
    beside: make,
    write: (path, text) => writeFile(path, text),
    writeLate: async (folder, name) => {
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, name), 'late');
    },
    namesIn: (folder) => readdir(folder).catch(isMissing),
    dispose: () => rm(root, { recursive: true, force: true }),
  };
});

describe('scratch in a folder of this machine', () => {
  let root = '';
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'scratch-'));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  it('lets nobody else read what lies there', async () => {
    const folder = join(root, 'work');
    const folders = await localScratch({ folder }).take('run-1', 1);
    const modes = await Promise.all(
      [folder, await folders.exportsOf('keys'), join(folder, 'owner.json')].map(
        async (path) => (await stat(path)).mode & 0o777,
      ),
    );
    expect(modes).toEqual([0o700, 0o700, 0o600]);
  });

  it('says that it may not write where a file stands in the way', async () => {
    await writeFile(join(root, 'file'), '');
    for (const folder of [join(root, 'file'), join(root, 'file', 'below')])
      await expect(localScratch({ folder }).take('run-1', 1)).rejects.toMatchObject({
        code: 'BACKUP_SCRATCH_DENIED',
      });
  });

  it('belongs to nobody where a power cut left half of a file', async () => {
    const scratch = localScratch({ folder: root });
    const left = await (await scratch.take('run-9', 9)).exportsOf('files');
    await writeFile(join(left, 'copy'), 'half of a copy');
    await writeFile(join(root, 'owner.json'), '{"run":"ru');
    expect(await scratch.leftovers()).toEqual([NOBODYS_SCRATCH]);
    const folders = await scratch.take('run-10', 10);
    await expect(readdir(left)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(await readdir(await folders.exportsOf('files'))).toEqual([]);
  });
});
