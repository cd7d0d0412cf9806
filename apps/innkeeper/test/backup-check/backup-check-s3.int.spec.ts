import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { describePeer, describeRestic, type S3Account, type S3Server } from '#libs/testing';

import { processOutside } from '../../src/process-outside.js';
import { runWith } from '../fake-outside.js';
import { damages, PASSWORD, Repository } from './damaged-repositories.js';

const here = mkdtempSync(join(tmpdir(), 'innkeeper-judged-'));
afterAll(() => rmSync(here, { recursive: true, force: true }));
const passwordFile = join(here, 'password');
writeFileSync(passwordFile, PASSWORD);

/** What only a reader of files can tell apart, as a reader of a bucket says it. */
const saidOtherwise: Readonly<Record<string, string>> = {
  CONFIG_DAMAGED: 'REPOSITORY_DAMAGED',
  CONFIG_MISSING: 'REPOSITORY_MISSING',
  INDEX_MISSING: 'TREE_DAMAGED',
  KEY_MISSING: 'PASSWORD_WRONG',
  REPOSITORY_FOREIGN: 'REPOSITORY_MISSING',
};

describePeer('s3', 'backup check of a bucket', (peer) => {
  let server: S3Server;
  let reader: S3Account;
  beforeAll(async () => {
    server = await peer.start();
    await server.makeBucket('backups');
    reader = server.makeAccount('judge');
    // Who may write nothing proves that nothing is written.
    const actions = ['s3:GetObject', 's3:ListBucket', 's3:GetBucketLocation'];
    await server.grant('backups', [{ account: reader.accessKey, actions, keys: ['*'] }]);
  });
  afterAll(() => server.stop());

  describeRestic('restic', 'with an account that may only read', ({ path: program }) => {
    let copies = 0;
    const place = (prefix: string) => `s3:${server.url}/backups/${prefix}`;
    const environmentOf = ({ accessKey, accessSecret }: S3Account) => ({
      ...{ PATH: process.env['PATH'], INNKEEPER_BACKUP_RESTIC: program },
      ...{ AWS_ACCESS_KEY_ID: accessKey, AWS_SECRET_ACCESS_KEY: accessSecret },
    });
    const check = (prefix: string, account = reader, more = '') =>
      runWith(
        [
          ...['backup', 'check', '--json', '--repository', place(prefix)],
          ...['--password-file', passwordFile, ...more.split(' ').filter(Boolean)],
        ],
        (io) => processOutside(environmentOf(account), io),
      );
    const restic = (...args: readonly string[]) =>
      execFileSync(program, ['--repo', place('whole'), '--no-cache', ...args], {
        env: { ...environmentOf(server.owner), HOME: here, RESTIC_PASSWORD: PASSWORD },
        stdio: 'ignore',
      });

    beforeAll(() => {
      restic('init');
      for (const name of ['calls', 'stays']) {
        writeFileSync(join(here, name), readFileSync(process.execPath).subarray(0, 300_000));
        restic('backup', '--host', 'laptop', join(here, name));
      }
    });

    it('calls a whole one good, at every depth', async () => {
      for (const depth of ['', '--depth structure', '--depth restore']) {
        const { documents, code } = await check('whole', reader, depth);
        expect(documents).toMatchObject([{ verdict: 'good', findings: [], snapshots: 2 }]);
        expect(code).toBe(0);
      }
    });

    // The others need a hand that writes with restic itself; what restic says is the same from a bucket.
    it.each(damages.filter(({ harm }) => harm.length < 2))(
      'recognises $title',
      async ({ code, verdict, harm }) => {
        const prefix = `copy-${++copies}`;
        const folder = join(server.folderOf('backups'), prefix);
        cpSync(join(server.folderOf('backups'), 'whole'), folder, { recursive: true });
        harm(new Repository(program, folder), here);
        const answer = await check(prefix);
        expect(answer.code).toBe(1);
        const [{ verdict: said, findings }] = answer.documents as [
          { verdict: string; findings: { code: string }[] },
        ];
        expect({ said, codes: findings.map((one) => one.code) }).toEqual({
          said: verdict,
          codes: expect.arrayContaining([saidOtherwise[code] ?? code]),
        });
      },
    );

    it('says that credentials are refused, and prints none', async () => {
      const wrong = { ...reader, accessSecret: 'not-the-secret-at-all' };
      const answer = await check('whole', wrong);
      expect(answer.documents).toMatchObject([
        { verdict: 'unreadable', findings: [{ code: 'ACCESS_DENIED' }] },
      ]);
      expect(answer.out + answer.err).not.toMatch(/not-the-secret-at-all/);
    });

    it('says that nobody answers', async () => {
      const words = ['--repository', 's3:http://127.0.0.1:9/x', '--password-file', passwordFile];
      const answer = await runWith(['backup', 'check', '--json', ...words], (io) =>
        processOutside(environmentOf(reader), io),
      );
      expect(answer.documents).toMatchObject([
        { verdict: 'unreadable', findings: [{ code: 'REPOSITORY_UNREACHABLE' }] },
      ]);
    });
  });
});
