import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { asFault, Secret, type Code, type Fault } from '#libs/kernel';
import { describeRestic, itNeeding, type ResticAge } from '#libs/testing';

import { lookAtRestic, resticRepository, type ResticOptions } from '../src/index.js';
import {
  filesUnder,
  locksIn,
  newTestFolder,
  password,
  pidOf,
  resticWith,
} from './restic-harness.js';
import { fewerRights, mountSmall, smallDisks, unmount } from './trouble-places.js';

const watch = { signal: new AbortController().signal };
const failed = async (work: Promise<unknown>): Promise<Fault> => {
  const thrown = await work.then(() => undefined, asFault);
  if (!thrown) throw new Error('it did not fail');
  return thrown;
};
const codeOf = async (work: Promise<unknown>): Promise<Code> => (await failed(work)).code;

const ages: readonly ResticAge[] = ['restic', 'restic-old'];

describe.each(ages)('a folder as a repository', (age) => {
  describeRestic(age, 'in trouble', ({ path: program }) => {
    let root: string;
    let files: string;
    beforeEach(() => {
      root = newTestFolder();
      files = join(root, 'files');
      mkdirSync(files);
      writeFileSync(join(files, 'note.txt'), 'The key is in the box.');
    });
    afterEach(() => rmSync(root, { recursive: true, force: true }));

    const open = (change: Partial<ResticOptions> = {}) =>
      resticRepository({
        program,
        repository: join(root, 'repository'),
        password: new Secret(password),
        environment: process.env,
        graceMs: 1000,
        ...change,
      });
    const saved = { host: 'suite', tags: ['innkeeper'] };
    const save = (repository = open()) => repository.save({ ...saved, paths: [files] }, watch);

    it('says that the program is not there', async () => {
      const gone = open({ program: join(root, 'no-such-restic') });
      expect(await codeOf(gone.list(watch))).toBe('BACKUP_RESTIC_MISSING');
      const looked = lookAtRestic(join(root, 'no-such-restic'), process.env);
      expect(await codeOf(looked)).toBe('BACKUP_RESTIC_MISSING');
      expect(await lookAtRestic(program, process.env)).toMatchObject({
        isOld: age === 'restic-old',
      });
    });

    itNeeding(fewerRights, 'counts what it could not read, and keeps the rest', async () => {
      writeFileSync(join(files, 'closed.txt'), 'closed', { mode: 0o000 });
      const few = resticWith(root, 'setpriv', `--bounding-set=-all --inh-caps=-all '${program}'`);
      const repository = open({ program: process.getuid?.() === 0 ? few : program });
      await repository.prepare(watch);
      const { id, unreadable } = await save(repository);
      expect(unreadable).toBe(1);
      expect((await repository.list(watch)).map((snapshot) => snapshot.id)).toEqual([id]);
      const to = join(root, 'to');
      await repository.restore({ snapshot: id, to }, watch);
      expect(filesUnder(to).map((path) => path.split('/').at(-1))).toEqual(['note.txt']);
    });

    itNeeding(smallDisks, 'says that the disk of the repository is full', async () => {
      const small = join(root, 'small');
      mountSmall(small, 2048);
      try {
        const repository = open({ repository: join(small, 'repository') });
        await repository.prepare(watch);
        writeFileSync(join(files, 'big.bin'), randomBytes(6_000_000));
        expect(await codeOf(save(repository))).toBe('BACKUP_REPOSITORY_FULL');
        rmSync(join(files, 'big.bin'));
        await repository.prune(watch);
        await save(repository);
        expect(await repository.check({ depth: 'everything' }, watch)).toEqual([]);
        expect(filesUnder(join(small, 'repository', 'locks'))).toEqual([]);
      } finally {
        unmount(small);
      }
    });

    itNeeding(smallDisks, 'says that the disk that is restored to is full', async () => {
      const small = join(root, 'small');
      mountSmall(small, 1024);
      try {
        await open().prepare(watch);
        writeFileSync(join(files, 'big.bin'), randomBytes(6_000_000));
        const { id } = await save();
        const order = { snapshot: id, to: join(small, 'to') };
        expect(await codeOf(open().restore(order, watch))).toBe('BACKUP_SCRATCH_FULL');
      } finally {
        unmount(small);
      }
    });

    it('works without its cache when that is damaged or cannot be', async () => {
      const cacheDir = join(root, 'cache');
      await open().prepare(watch);
      const repository = open({ cacheDir });
      await save(repository);
      const cached = filesUnder(cacheDir).filter((path) =>
        /\/(?:index|snapshots|data)\//.test(path),
      );
      expect(cached.length).toBeGreaterThan(0);
      for (const path of cached) writeFileSync(join(cacheDir, path), 'not what it was');
      expect(await save(repository)).toMatchObject({ files: 1 });
      rmSync(cacheDir, { recursive: true });
      writeFileSync(cacheDir, 'a file stands where the folder was');
      expect(await save(repository)).toMatchObject({ files: 1 });
      expect(await open().check({ depth: 'everything' }, watch)).toEqual([]);
    });

    it('calls the rest of a repository damaged, and makes none over it', async () => {
      await open().prepare(watch);
      await save();
      rmSync(join(root, 'repository', 'config'));
      expect(await codeOf(open().prepare(watch))).toBe('BACKUP_REPOSITORY_DAMAGED');
      const [{ code } = { code: '' }] = await open().check({ depth: 'structure' }, watch);
      expect(code).toBe('REPOSITORY_DAMAGED');
      expect(filesUnder(join(root, 'repository')).includes('config')).toBe(false);
    });

    it('goes on from a making that was killed before it had its configuration', async () => {
      await open().prepare(watch);
      rmSync(join(root, 'repository', 'config'));
      expect(await codeOf(open().list(watch))).toBe('BACKUP_REPOSITORY_MISSING');
      expect(await open().prepare(watch)).toEqual({ made: true });
      await save();
      expect(await open().check({ depth: 'everything' }, watch)).toEqual([]);
    });

    itNeeding(smallDisks, 'respects the lock of another host, which it cannot ask', async () => {
      await open().prepare(watch);
      const { id } = await save();
      const as = `--uts sh -c 'hostname elsewhere; exec "$0" "$@"' '${program}' --limit-upload 20`;
      const elsewhere = resticWith(root, 'unshare', as);
      writeFileSync(join(files, 'big.bin'), randomBytes(2_000_000));
      const saving = codeOf(save(open({ program: elsewhere })));
      while (locksIn(join(root, 'repository')).length === 0)
        await new Promise((done) => setTimeout(done, 20));
      process.kill(pidOf(elsewhere), 'SIGKILL');
      await saving;
      expect(await codeOf(open().remove([id], watch))).toBe('BACKUP_REPOSITORY_LOCKED');
      expect(locksIn(join(root, 'repository'))).toHaveLength(1);
      expect(await save()).toMatchObject({ files: 2 });
    });

    it('tells lost keys from a wrong password, and a damaged key from both', async () => {
      await open().prepare(watch);
      const keys = join(root, 'repository', 'keys');
      const [name = ''] = filesUnder(keys);
      const key = readFileSync(join(keys, name));
      chmodSync(join(keys, name), 0o600);
      writeFileSync(join(keys, name), key.subarray(0, 40));
      expect(await open().check({ depth: 'structure' }, watch)).toEqual([
        { code: 'KEY_DAMAGED', detail: expect.stringMatching(/^[0-9a-f]*$/) },
      ]);
      rmSync(join(keys, name));
      expect(await open().check({ depth: 'structure' }, watch)).toEqual([
        { code: 'KEY_DAMAGED', detail: '' },
      ]);
    });

    it('names a damaged index, and a snapshot that makes restic itself break', async () => {
      await open().prepare(watch);
      await save();
      const snapshots = join(root, 'repository', 'snapshots');
      writeFileSync(join(snapshots, 'ab'.repeat(32)), 'foo');
      const found = await open().check({ depth: 'structure' }, watch);
      expect(found.map(({ code }) => code)).toEqual(['SNAPSHOT_DAMAGED']);
      expect(await codeOf(open().list(watch))).toBe('BACKUP_REPOSITORY_DAMAGED');
      rmSync(join(snapshots, 'ab'.repeat(32)));
      const index = join(root, 'repository', 'index');
      const [name = ''] = filesUnder(index);
      chmodSync(join(index, name), 0o600);
      writeFileSync(join(index, name), 'not an index');
      const again = await open().check({ depth: 'structure' }, watch);
      expect(again).toEqual([{ code: 'INDEX_DAMAGED', detail: name }]);
    });

    it('removes by whole ids only', async () => {
      await open().prepare(watch);
      const { id } = await save();
      for (const other of [id.slice(0, 8), 'latest', '--keep-last=1', ''])
        expect(await codeOf(open().remove([other], watch))).toBe('BACKUP_NOT_FOUND');
      expect(await open().list(watch)).toHaveLength(1);
    });

    it('hands restic its secrets and nothing of ours, and shows them nowhere', async () => {
      const note = join(root, 'note');
      const script = join(root, 'noting-restic');
      const lines = ['#!/bin/sh', `env > '${note}.env'`, `echo "$@" > '${note}.args'`, 'exit 12'];
      writeFileSync(script, `${lines.join('\n')}\n`, { mode: 0o700 });
      const noting = open({
        program: script,
        environment: { ...process.env, INNKEEPER_PASSWORD_OF_OURS: 'must stay here' },
        credentials: { accessKey: 'who', accessSecret: new Secret('the secret of the bucket') },
      });
      const fault = await failed(noting.list(watch));
      expect(fault.code).toBe('BACKUP_PASSWORD_WRONG');
      const given = readFileSync(`${note}.env`, 'utf8');
      expect(given).toContain(`RESTIC_PASSWORD=${password}\n`);
      expect(given).toContain('AWS_SECRET_ACCESS_KEY=the secret of the bucket\n');
      expect(given).not.toMatch(/INNKEEPER_/);
      const shown = `${readFileSync(`${note}.args`, 'utf8')} ${inspect(fault)} ${inspect(noting, { depth: 9 })}`;
      expect(shown).not.toMatch(/the password of the tests|the secret of the bucket/);
    });

    it('names all packs that are gone, and restores nothing without them', async () => {
      await open().prepare(watch);
      const { id } = await save();
      rmSync(join(root, 'repository', 'data'), { recursive: true });
      const found = await open().check({ depth: 'everything' }, watch);
      expect(found.map(({ code }) => code)).toContain('PACK_MISSING');
      const restoring = open().restore({ snapshot: id, to: join(root, 'to') }, watch);
      expect(await codeOf(restoring)).toBe('BACKUP_REPOSITORY_DAMAGED');
    });
  });
});

describe('a restic that never stops trying', () => {
  it.each([
    ['Save(<data/ab>)', 'Access Denied.', 'BACKUP_ACCESS_DENIED'],
    ['Save(<data/ab>)', 'write: no space left on device', 'BACKUP_REPOSITORY_FULL'],
    [
      'Load(<data/8c39c820d8>, 1, 0)',
      'open /r: no such file or directory',
      'BACKUP_REPOSITORY_DAMAGED',
    ],
    ['Load(<data/8c39c820d8>, 1, 0)', 'connection refused', 'BACKUP_REPOSITORY_UNREACHABLE'],
    ['Load(<data/8c39c820d8>, 1, 0)', 'something new', 'BACKUP_REPOSITORY_UNREACHABLE'],
  ])('is ended, with the cause that it repeats: %s %s', async (call, cause, code) => {
    const root = newTestFolder();
    try {
      const program = join(root, 'trying-restic');
      const line = `${call} returned error, retrying after 1s: ${cause}`;
      const loop = `while :; do echo '${line}' >&2; sleep 0.02; done`;
      writeFileSync(program, `#!/bin/sh\n${loop}\n`, { mode: 0o700 });
      const repository = resticRepository({
        program,
        repository: root,
        password: new Secret(password),
        environment: process.env,
        patienceMs: 100,
        graceMs: 100,
      });
      expect(await codeOf(repository.list(watch))).toBe(code);
    } finally {
      rmSync(root, { recursive: true });
    }
  });
});

describe('a check without a lock', () => {
  it.each([
    ['error for tree 7d437510:', 'passes', []],
    ['error for tree 7d437510:', 'fails', [{ code: 'TREE_DAMAGED', detail: '7d437510' }]],
    [
      'Pack ID does not match, want 8c39c820d8d3, got ab',
      'passes',
      [{ code: 'PACK_DAMAGED', detail: '8c39c820d8d3' }],
    ],
  ])('that found "%s" and the next time %s', async (line, next, found) => {
    const root = newTestFolder();
    try {
      const program = join(root, 'checking-restic');
      const again = next === 'passes' ? `[ -e '${root}/seen' ] && exit 0` : ':';
      const script = ['#!/bin/sh', again, `touch '${root}/seen'`, `echo '${line}'`, 'exit 1'];
      writeFileSync(program, `${script.join('\n')}\n`, { mode: 0o700 });
      const repository = resticRepository({
        program,
        repository: root,
        password: new Secret(password),
        environment: process.env,
      });
      expect(await repository.check({ depth: 'structure' }, watch)).toEqual(found);
    } finally {
      rmSync(root, { recursive: true });
    }
  });
});
