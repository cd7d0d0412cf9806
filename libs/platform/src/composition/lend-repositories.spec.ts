import { describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';

import { lastingRepositories, lastingWarnings } from '#libs/backups';
import { Secret } from '#libs/kernel';

import type { BackupPlace } from './backup-places.js';
import { lendRepositories, placeOfLent } from './lend-repositories.js';

const NOW = Date.UTC(2026, 11, 1, 3);
const UNTIL = NOW + 6 * 3_600_000;
const clock = { now: () => NOW };
const run = { id: 'run-1', kind: 'daily' } as const;

const saving = { accessKey: 'who-saves', accessSecret: new Secret('secret of who saves') };
const removing = { accessKey: 'who-removes', accessSecret: new Secret('secret of who removes') };
const place = (repository: string, password: string): BackupPlace => ({
  repository,
  password: new Secret(password),
  ...(repository.startsWith('s3:') && { credentials: saving, removing }),
});

const lend = (data: string, keys: string) =>
  lendRepositories({ data: place(data, 'data-pass'), keys: place(keys, 'keys-pass') }, { clock })(
    run,
    UNTIL,
  );
const R2 = 's3:https://0a1b.eu.r2.cloudflarestorage.com';

describe('a repository that is lent to a server', () => {
  it('on R2 goes with credentials of its own: for its prefix, until the server ends', async () => {
    const { data, keys } = await lend(`${R2}/backups/prod/data`, `${R2}/backup-keys`);
    expect(data).toMatchObject({ repository: `${R2}/backups/prod/data`, password: 'data-pass' });
    const claims = [data, keys].map(({ credentials }) => {
      const token = atob(credentials?.sessionToken ?? '');
      expect(token).toMatch(/^jwt\//);
      expect(credentials?.accessKey).toBe('who-saves');
      return decodeJwt(token.slice('jwt/'.length));
    });
    expect(claims[0]).toMatchObject({
      ...{ bucket: 'backups', scope: 'object-read-write', sub: '0a1b', iss: 'who-saves' },
      ...{ aud: '0a1b.eu.r2.cloudflarestorage.com', exp: UNTIL / 1000 },
      paths: { prefixPaths: ['prod/data/'], objectPaths: [] },
      actions: expect.arrayContaining(['GetObject', 'PutObject', 'DeleteObject', 'ListObjectsV2']),
    });
    expect(claims[0]?.['actions']).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/Bucket(?!Location)|Copy|DeleteObjects/)]),
    );
    expect(claims[1]).toMatchObject({ bucket: 'backup-keys', exp: UNTIL / 1000 });
    expect(claims[1]).not.toHaveProperty('paths');
    expect(lastingRepositories({ data, keys })).toEqual([]);
    expect(lastingWarnings(lastingRepositories({ data, keys }))).toEqual([]);
  });

  it('in a folder needs no credentials', async () => {
    const lent = await lend('/mnt/backups/data', '/mnt/backups/keys');
    expect(lent.data).toEqual({ repository: '/mnt/backups/data', password: 'data-pass' });
    expect(lastingWarnings(lastingRepositories(lent))).toEqual([]);
  });

  it('elsewhere goes with the account that saves, and the run is told so', async () => {
    const lent = await lend('s3:https://s3.example.com/data', `${R2}/keys`);
    expect(lent.data.credentials).toEqual({
      accessKey: 'who-saves',
      accessSecret: 'secret of who saves',
    });
    expect(lastingWarnings(lastingRepositories(lent))).toEqual([
      { code: 'BACKUP_CREDENTIALS_LASTING', step: 'boot', detail: 'repositories=data' },
    ]);
  });

  it.each([
    's3:https://r2.cloudflarestorage.com/data',
    's3:https://0a1b.r2.cloudflarestorage.com.example.com/data',
    's3:https://x0a1b-r2.cloudflarestorage.com/data',
  ])('is not taken for one of R2 by a name that looks like it: %s', async (repository) => {
    expect(lastingRepositories(await lend(repository, '/keys'))).toEqual(['data']);
  });

  it('never shows who removes, nor the secret of which it was signed', async () => {
    const all = [
      await lend(`${R2}/data`, `${R2}/keys`),
      await lend('s3:https://s3.example.com/data', '/keys'),
    ];
    expect(JSON.stringify(all)).not.toMatch(/who-removes|secret of who removes/);
    expect(JSON.stringify(all[0])).not.toContain('secret of who saves');
  });

  it('is opened by who got it as by who lent it', async () => {
    const { data } = await lend(`${R2}/backups/prod/data`, '/keys');
    const opened = placeOfLent(data);
    expect(opened.password.reveal()).toBe('data-pass');
    expect(opened.credentials?.sessionToken?.reveal()).toBe(data.credentials?.sessionToken);
    expect(opened).not.toHaveProperty('removing');
    expect(JSON.stringify(opened)).not.toMatch(/data-pass|jwt|[0-9a-f]{64}/);
  });
});
