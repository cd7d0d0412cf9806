import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import {
  resticRepository,
  type BucketCredentials,
  type ResticOptions,
} from '#libs/adapters/restic';
import { Secret } from '#libs/kernel';
import type { SnapshotRepository } from '#libs/ports/snapshot-repository';
import { FakeR2, type S3Account, type S3Server } from '#libs/testing';

import { temporaryCredentials, type R2CredentialsOrder } from '../src/index.js';

export const watch = { signal: new AbortController().signal };
export const parent: S3Account = { accessKey: 'token-of-backups', accessSecret: 'e1'.repeat(32) };
export const remover: S3Account = { accessKey: 'token-of-prune', accessSecret: '7c'.repeat(32) };
export const ACCOUNT = '0123456789abcdef0123456789abcdef';
export const PREFIX = 'prod/data/';

const PASSWORD = 'the password of the tests';
const HOUR_MS = 3_600_000;

/** One bucket behind a stand-in of R2, and files to save there. */
export class R2Place {
  readonly root = mkdtempSync(join(tmpdir(), 'innkeeper-r2-'));
  readonly files = join(this.root, 'files');
  /** How far the clock of R2 is ahead. */
  aheadMs = 0;
  readonly r2: FakeR2;

  constructor(
    private readonly server: S3Server,
    private readonly program: string,
    readonly bucket: string,
  ) {
    this.r2 = new FakeR2({
      upstream: { url: server.url, owner: server.owner },
      parents: [parent, remover],
      account: ACCOUNT,
      now: () => Date.now() + this.aheadMs,
    });
  }

  async start(): Promise<void> {
    mkdirSync(this.files);
    writeFileSync(join(this.files, 'note.txt'), 'The key is in the box.');
    await this.server.makeBucket(this.bucket);
    await this.r2.start();
  }

  async stop(): Promise<void> {
    await this.r2.stop();
    rmSync(this.root, { recursive: true, force: true });
  }

  /** Keys of the bucket that begin so, below the prefix of the repository. */
  folder(name: string): string {
    return join(this.server.folderOf(this.bucket), PREFIX, name);
  }

  lend(change: Partial<R2CredentialsOrder> = {}): Promise<BucketCredentials> {
    return temporaryCredentials({
      ...{ bucket: this.bucket, prefix: PREFIX, accountId: ACCOUNT },
      ...{ parentKey: parent.accessKey, parentSecret: new Secret(parent.accessSecret) },
      endpointHost: this.r2.host,
      ...{ now: Date.now(), until: Date.now() + HOUR_MS },
      ...change,
    });
  }

  open(credentials: BucketCredentials, change: Partial<ResticOptions> = {}): SnapshotRepository {
    return resticRepository({
      program: this.program,
      repository: `s3:${this.r2.url}/${this.bucket}/${PREFIX}`,
      password: new Secret(PASSWORD),
      ...{ credentials, environment: process.env, graceMs: 1000 },
      ...change,
    });
  }

  /** The bare program, as a person at a shell has it. */
  restic(args: readonly string[]): Promise<unknown> {
    const env = {
      ...{ PATH: process.env['PATH'], RESTIC_PASSWORD: PASSWORD },
      RESTIC_REPOSITORY: `s3:${this.r2.url}/${this.bucket}/${PREFIX}`,
      ...{ AWS_ACCESS_KEY_ID: parent.accessKey, AWS_SECRET_ACCESS_KEY: parent.accessSecret },
    };
    return promisify(execFile)(this.program, ['--no-cache', ...args], { env });
  }

  save(repository: SnapshotRepository) {
    return repository.save({ paths: [this.files], host: 'innkeeper-test', tags: ['test'] }, watch);
  }
}

export const lasting = ({ accessKey, accessSecret }: S3Account): BucketCredentials => ({
  accessKey,
  accessSecret: new Secret(accessSecret),
});
