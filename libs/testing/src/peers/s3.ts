import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { programPath, type Source } from './find-program.js';
import { s3Request, type S3Account } from './s3-request.js';
import {
  killServer,
  startServer,
  stopServer,
  type LaunchAt,
  type Lifetime,
  type Server,
} from './server.js';

const owner: S3Account = { accessKey: 'innkeeper', accessSecret: 'innkeeper-of-the-tests' };

const launchOf =
  (command: string): LaunchAt =>
  ({ port, folder }) => {
    const [data, iam] = [join(folder, 'data'), join(folder, 'iam')];
    for (const each of [data, iam]) mkdirSync(each, { recursive: true });
    return {
      command,
      args: [
        ...['--port', `127.0.0.1:${port}`, '--region', 'us-east-1', '--quiet', '--keep-alive'],
        ...['--iam-dir', iam, 'posix', data],
      ],
      env: { ROOT_ACCESS_KEY: owner.accessKey, ROOT_SECRET_KEY: owner.accessSecret },
    };
  };

export const s3Sources: readonly Source[] = [
  () => {
    const command = programPath('versitygw');
    return command === undefined ? undefined : { where: command, launchAt: launchOf(command) };
  },
];

/** What an account may do with a bucket: actions by the names of S3, on the bucket and on keys that begin so. */
export interface S3Grant {
  readonly account: string;
  readonly actions: readonly string[];
  readonly keys: readonly string[];
  readonly effect?: 'Allow' | 'Deny';
}

/** S3 over a folder. Shared, every spec has buckets of its own. */
export class S3Server {
  constructor(
    private readonly launchAt: LaunchAt,
    private server: Server,
  ) {}

  get url(): string {
    return `http://127.0.0.1:${this.server.port}`;
  }

  get port(): number {
    return this.server.port;
  }

  get owner(): S3Account {
    return owner;
  }

  /** Where the objects of a bucket lie as files. */
  folderOf(bucket: string): string {
    return join(this.server.folder, 'data', bucket);
  }

  get description(): Server {
    return this.server;
  }

  async makeBucket(bucket: string): Promise<void> {
    await s3Request(this.url, owner, { method: 'PUT', path: `/${bucket}` });
  }

  /** Another account, which may do nothing until a bucket lets it. */
  makeAccount(name: string): S3Account {
    const account = { accessKey: name, accessSecret: `${name}-of-the-tests` };
    const { status, stderr } = spawnSync(
      this.server.launch.command,
      [
        ...['admin', '--endpoint-url', this.url, 'create-user', '--role', 'user'],
        ...['--access', account.accessKey, '--secret', account.accessSecret],
      ],
      {
        encoding: 'utf8',
        env: {
          ADMIN_ACCESS_KEY_ID: owner.accessKey,
          ADMIN_SECRET_ACCESS_KEY: owner.accessSecret,
        },
      },
    );
    if (status !== 0) throw new Error(`no account ${name}: ${stderr}`);
    return account;
  }

  async grant(bucket: string, grants: readonly S3Grant[]): Promise<void> {
    const statement = grants.map(({ account, actions, keys, effect = 'Allow' }) => ({
      Effect: effect,
      Principal: { AWS: [account] },
      Action: actions,
      Resource: [
        ...(actions.some((action) => /Bucket|^s3:\*$/.test(action))
          ? [`arn:aws:s3:::${bucket}`]
          : []),
        ...keys.map((key) => `arn:aws:s3:::${bucket}/${key}`),
      ],
    }));
    const body = JSON.stringify({ Version: '2012-10-17', Statement: statement });
    await s3Request(this.url, owner, { method: 'PUT', path: `/${bucket}`, query: 'policy', body });
  }

  /** On the same port and folder. */
  async restart(): Promise<void> {
    const { port, folder } = this.server;
    await killServer(this.server);
    this.server = await startServer('s3', this.launchAt, { lifetime: 'process', port, folder });
  }

  stop(): Promise<void> {
    return stopServer(this.server);
  }
}

export const startS3 = async (launchAt: LaunchAt, lifetime: Lifetime): Promise<S3Server> =>
  new S3Server(launchAt, await startServer('s3', launchAt, { lifetime }));
