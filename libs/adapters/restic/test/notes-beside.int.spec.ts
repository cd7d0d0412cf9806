import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { asFault, Secret, type Code } from '#libs/kernel';
import { describePeer, describeRestic, type ResticAge, type S3Server } from '#libs/testing';

import { notesBeside, resticRepository, type NotesBeside } from '../src/index.js';
import { newTestFolder, password } from './restic-harness.js';

const watch = { signal: new AbortController().signal };
const codeOf = (work: Promise<unknown>): Promise<Code | 'none'> =>
  work.then(
    () => 'none' as const,
    (thrown: unknown) => asFault(thrown).code,
  );
const TOO_LONG = (1 << 20) + 1;

interface NotesPlace {
  readonly notes: NotesBeside;
  /** Where they lie as files. */
  readonly folder: string;
}

/** What notes do, no matter where the repository lies. */
const notesContract = (make: () => Promise<NotesPlace>): void => {
  it('are read as they were written, by name', async () => {
    const { notes } = await make();
    expect(await notes.read('run-1', watch)).toBeUndefined();
    const text = JSON.stringify({ at: 'Größe', content: randomBytes(200_000).toString('base64') });
    await notes.write('run-1', text, watch);
    await notes.write('run-2', 'another', watch);
    expect(await notes.read('run-1', watch)).toBe(text);
    await notes.write('run-1', 'shorter', watch);
    expect(await notes.read('run-1', watch)).toBe('shorter');
  });

  it('go once or twice, and alone', async () => {
    const { notes } = await make();
    await notes.write('run-1', 'one', watch);
    await notes.write('run-2', 'two', watch);
    await notes.remove('run-1', watch);
    await notes.remove('run-1', watch);
    expect(await notes.read('run-1', watch)).toBeUndefined();
    expect(await notes.read('run-2', watch)).toBe('two');
  });

  it('are named when they are old, and nothing else is', async () => {
    const { notes, folder } = await make();
    expect(await notes.before(Date.now() + 60_000, watch)).toEqual([]);
    for (const name of ['run-1', 'run-2', 'run-3']) await notes.write(name, name, watch);
    writeFileSync(join(folder, 'README.txt'), 'of somebody');
    mkdirSync(join(folder, 'below'));
    writeFileSync(join(folder, 'below', 'run-9.json'), 'of somebody');
    for (const file of ['run-1.json', 'run-3.json', 'README.txt', 'below/run-9.json'])
      utimesSync(join(folder, file), new Date('2026-01-01'), new Date('2026-01-01'));
    const old = await notes.before(Date.parse('2026-06-01'), watch);
    expect([...old].sort()).toEqual(['run-1', 'run-3']);
  });

  it('take no name that leads elsewhere, and no text without an end', async () => {
    const { notes, folder } = await make();
    for (const name of ['../config', 'a/b', '', '.', 'A', 'a.json', 'x'.repeat(129)])
      for (const work of [notes.write(name, 'x', watch), notes.read(name, watch)])
        expect(await codeOf(work)).toBe('DEFECT_UNKNOWN');
    expect(await codeOf(notes.write('run-1', 'x'.repeat(TOO_LONG), watch))).toBe('DEFECT_UNKNOWN');
    await notes.write('run-1', 'x', watch);
    writeFileSync(join(folder, 'run-1.json'), 'x'.repeat(TOO_LONG));
    expect(await notes.read('run-1', watch)).toBeUndefined();
  });

  it('are not asked for when it is told to stop', async () => {
    const { notes } = await make();
    const reason = new Error('enough');
    const stopped = { signal: AbortSignal.abort(reason) };
    for (const work of [
      () => notes.write('run-1', 'x', stopped),
      () => notes.read('run-1', stopped),
      () => notes.remove('run-1', stopped),
      () => notes.before(0, stopped),
    ])
      await expect(work()).rejects.toBe(reason);
    expect(await notes.read('run-1', watch)).toBeUndefined();
  });
};

describe('notes beside a repository in a folder', () => {
  let root: string;
  beforeEach(() => {
    root = newTestFolder();
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  notesContract(async () => ({
    notes: notesBeside({ repository: root }),
    folder: join(root, 'runs'),
  }));

  it('are read by nobody else, and leave no halves', async () => {
    await notesBeside({ repository: root }).write('run-1', 'x', watch);
    expect(statSync(join(root, 'runs')).mode & 0o777).toBe(0o700);
    expect(statSync(join(root, 'runs', 'run-1.json')).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(root, 'runs'))).toEqual(['run-1.json']);
  });

  it('are not written where the repository is away', async () => {
    const away = notesBeside({ repository: join(root, 'not', 'mounted') });
    expect(await codeOf(away.write('run-1', 'x', watch))).toBe('BACKUP_REPOSITORY_MISSING');
    expect(await away.read('run-1', watch)).toBeUndefined();
    expect(await away.before(Date.now(), watch)).toEqual([]);
    writeFileSync(join(root, 'runs'), 'a file');
    const blocked = notesBeside({ repository: root });
    expect(await codeOf(blocked.write('run-1', 'x', watch))).toBe('BACKUP_REPOSITORY_MISSING');
  });

  describe.each<ResticAge>(['restic', 'restic-old'])('are left alone', (age) => {
    describeRestic(age, 'by', ({ path: program }) => {
      it('the program, which saves, checks and removes beside them', async () => {
        const repository = join(root, 'repository');
        const restic = resticRepository({
          ...{ program, repository, password: new Secret(password), environment: process.env },
        });
        await restic.prepare(watch);
        const notes = notesBeside({ repository });
        await notes.write('run-1', '{}', watch);
        const files = join(root, 'files');
        mkdirSync(files);
        writeFileSync(join(files, 'note.txt'), 'The key is in the box.');
        const saved = { paths: [files], host: 'h', tags: [] };
        const { id } = await restic.save(saved, watch);
        await restic.save(saved, watch);
        expect(await restic.check({ depth: 'everything' }, watch)).toEqual([]);
        await restic.remove([id], watch);
        await restic.prune(watch);
        expect(await restic.check({ depth: 'everything' }, watch)).toEqual([]);
        expect(await restic.list(watch)).toHaveLength(1);
        expect(await notes.read('run-1', watch)).toBe('{}');
      });
    });
  });
});

describePeer('s3', 'notes beside a repository in a bucket', (peer) => {
  let server: S3Server;
  let buckets = 0;
  beforeAll(async () => {
    server = await peer.start();
  });
  afterAll(() => server.stop());

  const credentialsOf = ({ accessKey, accessSecret } = server.owner) => ({
    accessKey,
    accessSecret: new Secret(accessSecret),
  });

  describe.each(['prefix/below', ''])('below "%s"', (prefix) => {
    notesContract(async () => {
      const bucket = `notes-${++buckets}`;
      await server.makeBucket(bucket);
      return {
        notes: notesBeside({
          repository: `s3:${server.url}/${bucket}/${prefix}`,
          credentials: credentialsOf(),
        }),
        folder: join(server.folderOf(bucket), prefix, 'runs'),
      };
    });
  });

  it('are refused to others, and say so by a code alone', async () => {
    const bucket = `notes-${++buckets}`;
    await server.makeBucket(bucket);
    const repository = `s3:${server.url}/${bucket}`;
    const wrong = { accessKey: server.owner.accessKey, accessSecret: 'another' };
    for (const credentials of [credentialsOf(wrong), undefined]) {
      const notes = notesBeside({ repository, ...(credentials && { credentials }) });
      for (const work of [notes.write('a', 'x', watch), notes.read('a', watch)])
        expect(await codeOf(work)).toBe('BACKUP_ACCESS_DENIED');
      expect(await codeOf(notes.before(0, watch))).toBe('BACKUP_ACCESS_DENIED');
      expect(await codeOf(notes.remove('a', watch))).toBe('BACKUP_ACCESS_DENIED');
    }
  });

  it('are missing where the bucket is', async () => {
    const repository = `s3:${server.url}/no-such-bucket`;
    const notes = notesBeside({ repository, credentials: credentialsOf() });
    expect(await notes.read('a', watch)).toBeUndefined();
    expect(await codeOf(notes.write('a', 'x', watch))).toBe('BACKUP_REPOSITORY_MISSING');
  });
});

describe('notes beside a repository whose server', () => {
  let server: Server;
  let answer: { status: number; headers?: Record<string, string>; body?: string };
  beforeEach(async () => {
    server = createServer((_request, response) => {
      response.writeHead(answer.status, answer.headers).end(answer.body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const open = () => {
    const { port } = server.address() as AddressInfo;
    return notesBeside({
      repository: `s3:http://127.0.0.1:${port}/bucket/prefix`,
      credentials: { accessKey: 'who', accessSecret: new Secret('a secret') },
    });
  };

  it.each([
    [401, 'BACKUP_ACCESS_DENIED'],
    [403, 'BACKUP_ACCESS_DENIED'],
    [429, 'BACKUP_REPOSITORY_UNREACHABLE'],
    [500, 'BACKUP_REPOSITORY_UNREACHABLE'],
    [507, 'BACKUP_REPOSITORY_FULL'],
  ])('answers %i cannot be used, and that is %s', async (status, code) => {
    answer = { status, body: '<Error><Message>a secret text</Message></Error>' };
    const failure = await open().read('a', watch).catch(asFault);
    expect(failure).toMatchObject({ code });
    expect(String(failure)).not.toContain('secret');
  });

  it('sends us elsewhere is not followed', async () => {
    answer = { status: 307, headers: { location: 'http://127.0.0.1:1/bucket/a' } };
    expect(await codeOf(open().read('a', watch))).toBe('BACKUP_REPOSITORY_UNREACHABLE');
  });

  it('is gone is not reached', async () => {
    const notes = open();
    await new Promise((resolve) => server.close(resolve));
    expect(await codeOf(notes.read('a', watch))).toBe('BACKUP_REPOSITORY_UNREACHABLE');
  });
});
