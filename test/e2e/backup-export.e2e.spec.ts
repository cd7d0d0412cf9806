import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import {
  SqliteDatabase,
  sqliteInnkeeperSource,
  sqliteKeys,
  sqliteKeysSource,
} from '#libs/adapters/sqlite';
import { isDerivedCollection } from '#libs/backups';
import { subscriptions } from '#libs/contracts';
import { Secret, systemClock } from '#libs/kernel';
import { assembleDataDirectory, opensWith, proveRestored, standEmbedded } from '#libs/platform';
import type { BackupManifest } from '#libs/ports/backup-source';

import { allFacts, isDrained, liveRecords } from './harness/compare.js';
import { DataFolder } from './harness/data-folder.js';
import { nextBody, randomFrom } from './harness/history.js';
import { knock, Operator, until } from './harness/outside.js';
import { Program } from './harness/program.js';

const main = fileURLToPath(new URL('../../dist/apps/innkeeper/src/main.js', import.meta.url));
const never = (): AbortSignal => new AbortController().signal;
const versions = { innkeeper: '0.1.0', data: '1' };
const random = randomFrom(14);

const lived = new DataFolder();
const again = new DataFolder();
const work = mkdtempSync(join(tmpdir(), 'innkeeper-e2e-'));
const copies = { innkeeper: join(work, 'innkeeper'), keys: join(work, 'keys') };
let program: Program | undefined;
let manifest: BackupManifest;
let late: readonly Uint8Array[] = [];
let erased: readonly string[] = [];
let token = '';

const masterKey = (): Secret<Uint8Array> =>
  new Secret(new Uint8Array(Buffer.from(lived.secret('master-key'), 'base64url')));

const operator = (folder: DataFolder) =>
  new Operator(() => program?.url ?? '', folder.secret('issuer'), 'admin');

const start = (folder: DataFolder): Promise<Program> =>
  Program.start('innkeeper', {
    ...folder.settings,
    INNKEEPER_ROLES: 'webhook-ingest,catalog,api',
  });

/** Runs what takes in and shows on a folder until all that waits is in the records. */
const during = async (folder: DataFolder, work: () => Promise<void>): Promise<void> => {
  program = await start(folder);
  await work();
  await until('everything is taken in', async () => {
    const { json } = await operator(folder).get('/api/doctor');
    const { consumers } = json as { consumers: { name: string; behind?: number }[] };
    const intake = consumers.find(({ name }) =>
      name.includes(subscriptions.intakeOfDeliveries.name),
    );
    return intake?.behind === 0;
  });
  await program.end();
  if (!(await folder.inspect(isDrained))) await during(folder, () => Promise.resolve());
};

const bodies = (count: number): readonly Uint8Array[] =>
  Array.from({ length: count }, () => nextBody(random, token));

const send = async (sent: readonly Uint8Array[]): Promise<void> => {
  for (const body of sent) expect((await knock(program?.url ?? '', body)).status).toBe(200);
};

const erase = async (target: string): Promise<void> => {
  const { status } = await operator(lived).post('/api/erasures', { target, confirm: true });
  expect(status).toBeLessThan(300);
};

const exportOf = async (name: 'innkeeper' | 'keys'): Promise<BackupManifest> => {
  mkdirSync(copies[name]);
  const clock = systemClock;
  const database = new SqliteDatabase(lived.file('innkeeper.db'));
  const keys = sqliteKeys({ path: lived.file('keys.db'), masterKey: masterKey() });
  const waitingAt = subscriptions.intakeOfDeliveries.name;
  const source =
    name === 'keys'
      ? sqliteKeysSource({ keys, versions, clock })
      : sqliteInnkeeperSource({
          database,
          derived: isDerivedCollection,
          waitingAt,
          versions,
          clock,
        });
  const exported = await source.export(copies[name], { signal: never() });
  await database.close();
  keys.close();
  return exported.manifest;
};

/** An erasure writes it where it took what others need. */
const TOLD_AGAIN = /\["[^"]*",\{"event":"innkeeper\.told_again"\}\],?/g;

/** What providers said, and what is in the records. What an erasure after the copy wrote is in no delivery. */
const contentOf = (folder: DataFolder) =>
  folder.inspect(async (parts) => ({
    facts: (await allFacts(parts))
      .filter(({ type, data }) => type.startsWith('intake.') && !data.includes('told_again'))
      .map(({ id }) => id),
    records: [...(await liveRecords(parts))]
      .map(([name, body]) => [name, body.replaceAll(TOLD_AGAIN, '')])
      .sort(),
    opened: await parts.journal.open(await allFacts(parts)),
  }));

const pidsOn = (folder: string): readonly string[] =>
  readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/environ`, 'utf8').includes(folder);
    } catch {
      return false;
    }
  });

beforeAll(async () => {
  program = await start(lived);
  token = lived.secret('aircall-token');
  await program.end();
  await during(lived, () => send(bodies(60)));
  const calls = await lived.inspect(async (parts) => [
    ...new Set(
      (await allFacts(parts))
        .filter(({ stream, personal }) => stream.startsWith('call/') && personal)
        .map(({ stream }) => stream),
    ),
  ]);
  erased = calls.slice(0, 2);
  expect(erased).toHaveLength(2);
  await during(lived, () => erase(erased[0] ?? ''));
  manifest = await exportOf('innkeeper');
  late = bodies(15);
  await during(lived, async () => {
    await erase(erased[1] ?? '');
    await send(late);
  });
  await exportOf('keys');
}, 300_000);

afterAll(async () => {
  await program?.end('SIGKILL');
  for (const folder of [lived, again]) folder.remove();
  rmSync(work, { recursive: true, force: true });
});

describe('a copy of an embedded platform', () => {
  it('has no record, no message and no key, and its sum is that of its file', () => {
    expect(Object.keys(manifest.counts).filter((name) => isDerivedCollection(name))).toEqual([]);
    expect(manifest.counts).toMatchObject({ deliveries: expect.any(Number) as unknown as number });
    expect(Object.keys(manifest.counts)).not.toContain('bus_messages');
    expect(manifest.waiting).toBe(0);
    const check = () =>
      execFileSync('sha256sum', ['--check', '--status', 'files.sha256'], { cwd: copies.innkeeper });
    expect(check).not.toThrow();
  });

  it('runs apart from all that lives, and opens what is sealed', async () => {
    const scratch = join(work, 'scratch');
    mkdirSync(scratch);
    const before = lived.files().map((file) => `${file} ${statSync(file).mtimeMs}`);
    const prove = proveRestored({
      stand: standEmbedded,
      opens: opensWith(masterKey()),
      program: [main, 'start'],
    });
    const proof = await prove({ ...copies, scratch }, { signal: never() });
    const head = manifest.position?.at === 'log' ? manifest.position : undefined;
    expect(proof).toEqual({
      started: true,
      chain: 'whole',
      position: head?.position,
      hash: head?.hash,
      opened: 'yes',
    });
    expect(lived.files().map((file) => `${file} ${statSync(file).mtimeMs}`)).toEqual(before);
    expect(existsSync(join(scratch, 'data/secrets/master-key'))).toBe(true);
    expect(readFileSync(join(scratch, 'data/secrets/master-key'), 'utf8').trim()).not.toBe(
      lived.secret('master-key'),
    );
    expect(pidsOn(scratch)).toEqual([]);
  }, 120_000);

  it('has everything again elsewhere, and what was erased stays erased', async () => {
    again.remove();
    const secrets = {
      'master-key': new Secret(lived.secret('master-key')),
      'aircall-token': new Secret(token),
    };
    await assembleDataDirectory({ ...copies, to: again.path, secrets });
    await expect(
      assembleDataDirectory({ ...copies, to: again.path, secrets }),
    ).rejects.toMatchObject({ code: 'BACKUP_TARGET_NOT_EMPTY' });
    program = await start(again);
    const { status, json } = await operator(again).post('/api/log/restored');
    expect(status).toBeLessThan(300);
    expect(json).toMatchObject({ erased: expect.any(Number) as unknown as number });
    await program.end();
    await during(again, () => send(late));
    const [before, after] = [await contentOf(lived), await contentOf(again)];
    expect(new Set(after.facts)).toEqual(new Set(before.facts));
    expect(after.records).toEqual(before.records);
    const open = after.opened.filter(({ stream, personal }) => erased.includes(stream) && personal);
    expect(open).toEqual([]);
  }, 180_000);
});
