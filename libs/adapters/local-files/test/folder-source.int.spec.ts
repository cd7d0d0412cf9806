import { spawnSync } from 'node:child_process';
import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readFile,
  rename,
  rm,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { folderSource, type FolderSourceOptions } from '#libs/adapters/local-files';
import type { ExportedSource, SourceProof } from '#libs/ports/backup-source';

import { hashBuffer, hashFile } from '../src/folder/hash-file.js';

const PAST = new Date('2026-01-01T00:00:00Z');
const quietly = { signal: new AbortController().signal };

describe('a folder as a source', () => {
  let top: string;
  let folder: string;
  let exported: string;
  let back: string;
  let now: number;
  beforeEach(async () => {
    now = Date.now();
    top = await mkdtemp(join(tmpdir(), 'innkeeper-folder-'));
    [folder, exported, back] = [join(top, 'files'), join(top, 'export'), join(top, 'back')];
    await mkdir(join(folder, 'deep/er'), { recursive: true });
    await mkdir(exported);
    await writeFile(join(folder, 'a.txt'), 'a');
    await writeFile(join(folder, 'deep/er/b'), 'bb');
    await writeFile(join(folder, 'line\nbreak\\'), 'ccc');
    await writeFile(Buffer.concat([Buffer.from(`${folder}/`), Buffer.of(0xff, 0x41)]), 'dddd');
    await symlink('a.txt', join(folder, 'link'));
    await symlink('/nowhere', join(folder, 'deep', 'dangling'));
    await writeFile(join(folder, 'sparse'), '');
    await truncate(join(folder, 'sparse'), 3_000_000);
    await age(folder);
  });
  afterEach(() => rm(top, { recursive: true, force: true }));

  /** As if nothing had been written for long. */
  const age = async (where: string): Promise<void> => {
    const seconds = `@${PAST.getTime() / 1000}`;
    spawnSync('find', [where, '-depth', '-exec', 'touch', '-h', '-d', seconds, '{}', '+']);
  };
  const sourceOf = (options: Partial<FolderSourceOptions> = {}) =>
    folderSource({ name: 'files', folder, clock: { now: () => now }, ...options });
  const exportNow = (options?: Partial<FolderSourceOptions>): Promise<ExportedSource> =>
    sourceOf(options).export(exported, quietly);
  /** What a repository does: it saves, and gives back with all times. */
  const restoreNow = async (): Promise<void> => {
    const { status, stderr } = spawnSync('cp', ['-a', folder, back]);
    expect([status, stderr.toString()]).toEqual([0, '']);
  };
  const proveNow = (): Promise<SourceProof> =>
    sourceOf().prove(
      { folder: exported, places: { [exported]: exported, [folder]: back }, scratch: top },
      quietly,
    );

  it('is saved where it lies, and described', async () => {
    const { manifest, paths, warnings } = await exportNow();
    expect(paths).toEqual([exported, folder]);
    expect(warnings).toEqual([]);
    expect(manifest).toMatchObject({
      ...{ format: 1, source: 'files', kind: 'folder', takenAt: now },
      ...{ files: 5, bytes: 3_000_010, counts: { files: 5, links: 2 } },
    });
    expect(JSON.parse(await readFile(join(exported, 'manifest.json'), 'utf8'))).toEqual(manifest);
  });

  it('lists its sums as sha256sum reads them, whatever the names are', async () => {
    await exportNow();
    const checked = spawnSync(
      'sha256sum',
      ['--check', '--strict', join(exported, 'files.sha256')],
      {
        cwd: folder,
      },
    );
    expect(checked.stderr.toString()).toBe('');
    expect(checked.stdout.toString('latin1').match(/: OK$/gm)).toHaveLength(5);
  });

  it('is as it was when it comes back', async () => {
    const { manifest } = await exportNow();
    await restoreNow();
    expect(await proveNow()).toEqual({ manifest, differences: [] });
  });

  it.each<[string, () => Promise<unknown>, string[]]>([
    ['changed', () => changed('a.txt'), ['FILE_DIFFERS']],
    ['missing', () => gone('deep/er/b'), ['FILE_MISSING']],
    ['missing at the top', () => gone('a.txt'), ['FILE_MISSING']],
    ['a folder instead', () => gone('a.txt').then(() => mkdir(join(back, 'a.txt'))), []],
  ])('names a file that came back %s, without its name', async (_, damage, codes) => {
    await exportNow();
    await restoreNow();
    await damage();
    await age(back);
    const { differences } = await proveNow();
    expect(differences.map(({ code }) => code)).toEqual(
      codes.length > 0 ? codes : ['FILE_MISSING'],
    );
    expect(differences[0]?.detail).toMatch(/^file=[0-9a-f]{16}$/);
  });
  const changed = (name: string) => writeFile(join(back, name), 'x');
  const gone = (name: string) => rm(join(back, name));

  it('notices that a link leads elsewhere', async () => {
    await exportNow();
    await restoreNow();
    await gone('link');
    await symlink('deep', join(back, 'link'));
    await age(back);
    expect((await proveNow()).differences).toEqual([{ code: 'CHECKSUM_DIFFERS', detail: 'links' }]);
  });

  it('does not take for damage what people changed while it was saved', async () => {
    await exportNow();
    await writeFile(join(folder, 'a.txt'), 'changed later');
    await rm(join(folder, 'deep'), { recursive: true });
    await writeFile(join(folder, 'new'), 'new');
    await restoreNow();
    expect((await proveNow()).differences).toEqual([]);
  });

  it('proves nothing where most of it changed meanwhile', async () => {
    await exportNow();
    await restoreNow();
    for (const name of ['a.txt', 'sparse', 'line\nbreak\\']) await changed(name);
    const { differences } = await proveNow();
    expect(differences).toEqual([{ code: 'COUNT_DIFFERS', detail: 'files=5 changed meanwhile=3' }]);
  });

  it.each<[string, () => Promise<unknown>, string]>([
    ['manifest', () => truncate(join(exported, 'manifest.json'), 10), 'MANIFEST_UNREADABLE'],
    ['list', () => rm(join(exported, 'files.sha256')), 'FILE_MISSING'],
    ['folder', () => rm(back, { recursive: true }), 'FILE_MISSING'],
  ])('says that the %s did not come back', async (_, damage, code) => {
    await exportNow();
    await restoreNow();
    await damage();
    expect((await proveNow()).differences).toMatchObject([{ code }]);
  });

  it('notices a list that is shorter than it was', async () => {
    await exportNow();
    await restoreNow();
    const list = join(exported, 'files.sha256');
    const lines = (await readFile(list, 'latin1')).split('\n');
    await writeFile(list, lines.slice(1).join('\n'), 'latin1');
    const codes = (await proveNow()).differences.map(({ code }) => code);
    expect(codes).toEqual(['CHECKSUM_DIFFERS', 'COUNT_DIFFERS']);
  });

  it.each<[string, () => Promise<unknown>, string]>([
    ['missing', () => rm(folder, { recursive: true }), 'BACKUP_SOURCE_MISSING'],
    [
      'a file',
      async () => {
        await rm(folder, { recursive: true });
        await writeFile(folder, '');
      },
      'BACKUP_SOURCE_MISSING',
    ],
    [
      'empty, as a disk that is not mounted',
      async () => {
        await rm(folder, { recursive: true });
        await mkdir(join(folder, 'lost+found'), { recursive: true });
      },
      'BACKUP_SOURCE_EMPTY',
    ],
  ])('refuses a folder that is %s', async (_, damage, code) => {
    await damage();
    await expect(exportNow()).rejects.toMatchObject({ code, details: { of: 'files' } });
  });

  it('follows a link to the folder, which would be saved as a link', async () => {
    const link = join(top, 'current');
    await symlink(folder, link);
    expect((await exportNow({ folder: link })).paths).toEqual([exported, folder]);
  });

  it('counts a file that goes meanwhile, and goes on', async () => {
    // The names at the top are known by then.
    const onProgress = () => void spawnSync('rm', ['-f', join(folder, 'sparse')]);
    const { manifest, warnings } = await sourceOf().export(exported, { ...quietly, onProgress });
    expect(warnings).toEqual([{ code: 'FILES_WENT_MEANWHILE', detail: 'files=1' }]);
    expect(manifest.counts).toMatchObject({ files: 4 });
  });

  it('sees that a file has changed since it was looked at', async () => {
    const place = Buffer.from(join(folder, 'a.txt'));
    const seen = await lstat(place, { bigint: true });
    const options = { buffer: hashBuffer(), ...quietly };
    expect(await hashFile(place, seen, options)).toMatchObject({ changed: false, bytes: 1 });
    await writeFile(place, 'aa');
    expect(await hashFile(place, seen, options)).toMatchObject({ changed: true, bytes: 2 });
  });

  it('ends when it is stopped', async () => {
    const controller = new AbortController();
    const onProgress = () => controller.abort(new Error('stopped'));
    await expect(
      sourceOf().export(exported, { signal: controller.signal, onProgress }),
    ).rejects.toThrow('stopped');
  });

  it('counts what may not be read, and goes on', async () => {
    await chmod(join(folder, 'a.txt'), 0);
    for (const each of [top, exported]) await chmod(each, 0o777);
    const { warnings, manifest } = await asNobody(() => exportNow());
    expect(warnings).toEqual([{ code: 'FILES_UNREADABLE', detail: 'files=1' }]);
    expect(manifest.files).toBe(4);
  });

  it('is unreadable where the folder itself may not be read', async () => {
    await chmod(folder, 0);
    for (const each of [top, exported]) await chmod(each, 0o777);
    await expect(asNobody(() => exportNow())).rejects.toMatchObject({
      code: 'BACKUP_SOURCE_UNREADABLE',
    });
    await chmod(folder, 0o755);
  });

  /** The superuser may read everything, so for a while we are somebody else. */
  const asNobody = async <T>(work: () => Promise<T>): Promise<T> => {
    if (process.getuid?.() !== 0) return work();
    process.seteuid?.(65_534);
    try {
      return await work();
    } finally {
      process.seteuid?.(0);
    }
  };

  describe('with sums that are remembered', () => {
    const remembering = () => ({ remembered: join(top, 'work', 'files.sums') });
    it('gives the same list again', async () => {
      now += 60_000;
      const first = await exportNow(remembering());
      const again = await exportNow(remembering());
      expect(again.manifest).toEqual(first.manifest);
      expect((await exportNow()).manifest).toEqual(first.manifest);
    });

    it('reads again what has another size, time or place', async () => {
      now += 60_000;
      await exportNow(remembering());
      await writeFile(join(folder, 'a.txt'), 'z');
      await utimes(join(folder, 'a.txt'), PAST, PAST);
      await rename(join(folder, 'deep/er/b'), join(folder, 'deep/er/c'));
      const { manifest } = await exportNow(remembering());
      expect(manifest).toEqual((await exportNow()).manifest);
    });

    it('takes the remembered sum where nothing has changed', async () => {
      now += 60_000;
      await exportNow(remembering());
      const { remembered } = remembering();
      const sums = await readFile(remembered, 'latin1');
      await writeFile(remembered, sums.replaceAll(/[0-9a-f]{64}/g, 'f'.repeat(64)), 'latin1');
      await exportNow(remembering());
      const list = await readFile(join(exported, 'files.sha256'), 'latin1');
      expect(list.match(/^\\?f{64} /gm)).toHaveLength(5);
    });

    it('remembers nothing of a file that was just written', async () => {
      await exportNow(remembering());
      expect(await readFile(remembering().remembered, 'latin1')).toBe('');
    });

    it('reads everything where the memory is damaged', async () => {
      now += 60_000;
      await exportNow(remembering());
      await truncate(remembering().remembered, 100);
      expect((await exportNow(remembering())).manifest).toEqual((await exportNow()).manifest);
    });
  });
});
