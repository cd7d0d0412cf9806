import { createHash, randomBytes } from 'node:crypto';
import { createServer, type AddressInfo } from 'node:net';
import { globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { describePeers } from '#libs/testing';

import { DataFolder } from './harness/data-folder.js';
import { distributedSettings } from './harness/distributed-settings.js';
import { Program } from './harness/program.js';

const lines = (text: string): string[] => text.trim().split('\n');

describe('a start that cannot work', () => {
  let folder: DataFolder;
  beforeAll(async () => {
    folder = new DataFolder();
    // What a first start makes: secrets, keys, an empty log.
    const { code } = await (await Program.start('innkeeper', folder.settings)).end();
    expect(code).toBe(0);
  }, 30_000);
  afterAll(() => folder.remove());

  it('names a role that is not there, and those that are', async () => {
    const { code, stderr, stdout } = await Program.run('innkeeper', {
      ...folder.settings,
      INNKEEPER_ROLES: 'catalog,concierge',
    });
    expect(code).toBe(2);
    expect(lines(stderr)).toEqual([
      'INNKEEPER_ROLES: expected names out of webhook-ingest, catalog, api, provider-sync, change-stream-listener, vectorizer, llm-responder, backup-orchestrator, separated by commas',
    ]);
    expect(stdout).toBe('');
  }, 30_000);

  it('names a role that this program does not have', async () => {
    const asked = { ...folder.settings, INNKEEPER_ROLES: 'api' };
    const { code, stderr, stdout } = await Program.run('catalog', asked);
    expect([code, stdout]).toEqual([2, '']);
    expect(lines(stderr)[0]).toContain('ROLE_UNKNOWN');
  }, 30_000);

  it('has one line for each wrong setting, and no value in any', async () => {
    const wrong = {
      INNKEEPER_HTTP_PORT: 'seventy-seven',
      INNKEEPER_AIRCALL_TOKENS: 'hunter2',
      INNKEEPER_MASTER_KEY: 'opensesame',
      INNKEEPER_BUS_KIND: 'carrierpigeon',
      INNKEEPER_CANARY_SECOND: 'misspelt',
      INNKEEPER_LOG_LEVEL: 'verbosely',
      INNKEEPER_API_SIGNING_KEY_FILE: '/nowhere/at/all',
    };
    const { code, stderr, stdout } = await Program.run('innkeeper', {
      INNKEEPER_DATA_DIR: folder.path,
      ...wrong,
    });
    expect(code).toBe(2);
    const named = lines(stderr).map((line) => line.slice(0, line.indexOf(':')));
    expect(named.sort()).toEqual(Object.keys(wrong).sort());
    for (const value of Object.values(wrong)) expect(`${stderr}${stdout}`).not.toContain(value);
  }, 30_000);

  it('refuses a setting that is given twice', async () => {
    const { code, stderr } = await Program.run('innkeeper', {
      ...folder.settings,
      INNKEEPER_MASTER_KEY: randomBytes(32).toString('hex'),
      INNKEEPER_MASTER_KEY_FILE: folder.file('secrets/master-key'),
    });
    expect(code).toBe(2);
    expect(lines(stderr)).toEqual([
      'INNKEEPER_MASTER_KEY: expected either it or INNKEEPER_MASTER_KEY_FILE, not both',
    ]);
  }, 30_000);

  it('says who holds the data directory', async () => {
    const holder = await Program.start('innkeeper', folder.settings);
    try {
      const second = await Program.run('innkeeper', folder.settings);
      expect(second.code).toBe(2);
      expect(second.stderr).toMatch(/^DATA_IN_USE: /);
      expect(second.stderr).toContain(`pid=${holder.pid}`);
      expect(second.stderr).toContain(`url=${holder.url}`);
    } finally {
      await holder.end();
    }
  }, 30_000);

  it('takes the directory over from a holder that was killed', async () => {
    const holder = await Program.start('innkeeper', folder.settings);
    await holder.end('SIGKILL');
    const next = await Program.start('innkeeper', folder.settings);
    expect((await next.end()).code).toBe(0);
  }, 30_000);

  it('says that the port is taken, and lets the directory go', async () => {
    const other = createServer();
    await once(other.listen(0, '127.0.0.1'), 'listening');
    const { port } = other.address() as AddressInfo;
    const { code, stderr } = await Program.run('innkeeper', {
      ...folder.settings,
      INNKEEPER_HTTP_PORT: String(port),
    });
    other.close();
    expect(code).toBe(2);
    expect(stderr).toMatch(/^PORT_TAKEN: /m);
    const next = await Program.start('innkeeper', folder.settings);
    expect((await next.end()).code).toBe(0);
  }, 30_000);

  it('leaves data of a newer version untouched', async () => {
    const newer = new DataFolder();
    await (await Program.start('innkeeper', newer.settings)).end();
    writeFileSync(newer.file('FORMAT'), '2\n');
    const before = fingerprint(newer.path);
    const { code, stderr } = await Program.run('innkeeper', newer.settings);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^DATA_FORMAT_NEWER: /);
    expect(fingerprint(newer.path)).toEqual(before);
    newer.remove();
  }, 30_000);

  it('refuses a master key that does not open the data, and does not print it', async () => {
    const other = randomBytes(32).toString('hex');
    const { code, stderr } = await Program.run('innkeeper', {
      ...folder.settings,
      INNKEEPER_MASTER_KEY: other,
    });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^MASTER_KEY_WRONG: /);
    expect(stderr).not.toContain(other);
    const next = await Program.start('innkeeper', folder.settings);
    expect((await next.end()).code).toBe(0);
  }, 30_000);
});

/** Every file with its bytes and its time of change. */
const fingerprint = (folder: string): Record<string, string> =>
  Object.fromEntries(
    globSync('**/*', { cwd: folder }).map((name) => {
      const path = `${folder}/${name}`;
      const stat = statSync(path);
      if (!stat.isFile()) return [name, 'folder'];
      const digest = createHash('sha256').update(readFileSync(path)).digest('hex');
      return [name, `${stat.mtimeMs} ${digest}`];
    }),
  );

describePeers(
  ['mongodb', 'pubsub-fake'],
  'a start that cannot work, distributed',
  (mongodb, pubsub) => {
    it('refuses a master key that does not open the keys there', async () => {
      const [{ url }, { host }] = await Promise.all([mongodb.shared(), pubsub.shared()]);
      const settings = {
        ...distributedSettings({ mongodbUrl: url, pubsubHost: host }),
        INNKEEPER_ROLES: 'api',
      };
      expect((await (await Program.start('api', settings)).end()).code).toBe(0);
      const { code, stderr } = await Program.run('api', {
        ...settings,
        INNKEEPER_MASTER_KEY: randomBytes(32).toString('hex'),
      });
      expect(code).toBe(2);
      expect(stderr).toMatch(/^MASTER_KEY_WRONG: /);
    }, 60_000);
  },
);
