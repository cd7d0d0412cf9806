import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { exportJWK, generateKeyPair, SignJWT } from 'jose';

import type { OutsideReport } from '#libs/backups';
import { freePort, startFakeServer, type FakeServer } from '#libs/testing';

import { until } from './outside.js';
import type { Environment } from './platform-process.js';

const AUDIENCE = 'https://backup.example.com';
const CALLER = 'scheduler@project.iam.gserviceaccount.com';
/** Cloud Scheduler calls every five minutes. Nobody here has so much time. */
const CALLED_EVERY_MS = 1_000;

const framework = createRequire(import.meta.url).resolve('@google-cloud/functions-framework');
const runner = framework.replace(/index\.js$/, 'main.js');
const source = fileURLToPath(
  new URL('../../../dist/deploy/gcp/backup/src/function.js', import.meta.url),
);

/** Its clock is ahead, as that of the platform under test. */
const aheadBy = (ms: number): string =>
  'data:text/javascript,' +
  `const now = Date.now.bind(Date); Date.now = () => now() + ${ms};` +
  'globalThis.Date = new Proxy(Date, { construct: (date, args, made) =>' +
  ' Reflect.construct(date, args.length > 0 ? args : [Date.now()], made) });';

/** The function as a process of its own under Google's framework, and Cloud Scheduler with its key. */
export class BackupFunction {
  readonly answers: OutsideReport[] = [];
  readonly #environment: Environment;
  readonly #keys: FakeServer;
  readonly #sign: (now: number) => Promise<string>;
  #child: ChildProcess | undefined;
  #url = '';
  #aheadMs = 0;
  #said = '';
  #calling: { over: boolean; done: Promise<void> } | undefined;

  private constructor(
    environment: Environment,
    keys: FakeServer,
    sign: (now: number) => Promise<string>,
  ) {
    [this.#environment, this.#keys, this.#sign] = [environment, keys, sign];
  }

  static async prepare(environment: Environment): Promise<BackupFunction> {
    const { publicKey, privateKey } = await generateKeyPair('RS256');
    const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256' };
    const keys = await startFakeServer(() => ({ status: 200, body: { keys: [jwk] } }));
    const sign = (now: number) => {
      const iat = Math.floor(now / 1000);
      return new SignJWT({
        ...{ iss: 'https://accounts.google.com', aud: AUDIENCE, email: CALLER },
        ...{ email_verified: true, iat, exp: iat + 3600 },
      })
        .setProtectedHeader({ alg: 'RS256', kid: 'one' })
        .sign(privateKey);
    };
    return new BackupFunction(environment, keys, sign);
  }

  /** What it wrote, as Google's log has it. */
  get log(): string {
    return this.#said;
  }

  async start(aheadMs = 0): Promise<void> {
    this.#aheadMs = aheadMs;
    const port = await freePort();
    const child = spawn(
      process.execPath,
      [
        ...['--import', aheadBy(aheadMs), runner],
        ...[`--source=${source}`, '--target=backup', `--port=${port}`],
      ],
      {
        env: {
          ...{ PATH: process.env['PATH'] ?? '', METADATA_SERVER_DETECTION: 'none' },
          ...this.#environment,
          INNKEEPER_FUNCTION_AUDIENCE: AUDIENCE,
          INNKEEPER_FUNCTION_CALLER: CALLER,
          INNKEEPER_FUNCTION_JWKS_URL: this.#keys.url,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    const hears = (chunk: Buffer): void => void (this.#said += chunk.toString());
    child.stdout.on('data', hears);
    child.stderr.on('data', hears);
    this.#child = child;
    this.#url = `http://127.0.0.1:${port}`;
    await until('the function answers', async () => {
      if (child.exitCode !== null) throw new Error(`the function ended: ${this.#said}`);
      return fetch(this.#url).then(
        () => true,
        () => false,
      );
    });
  }

  /** As Cloud Scheduler does it; nothing where it answered that it could do nothing. */
  async call(): Promise<OutsideReport | undefined> {
    const token = await this.#sign(Date.now() + this.#aheadMs);
    const headers = { authorization: `Bearer ${token}` };
    const answer = await fetch(this.#url, { method: 'POST', headers });
    if (answer.status !== 200) return undefined;
    const report = (await answer.json()) as OutsideReport;
    this.answers.push(report);
    return report;
  }

  /** From now on, again and again. */
  schedule(): void {
    const calling = { over: false, done: Promise.resolve() };
    calling.done = (async () => {
      while (!calling.over) {
        await this.call();
        await delay(CALLED_EVERY_MS);
      }
    })();
    this.#calling = calling;
  }

  async unschedule(): Promise<void> {
    if (!this.#calling) return;
    this.#calling.over = true;
    await this.#calling.done;
    this.#calling = undefined;
  }

  async stop(): Promise<void> {
    await this.unschedule();
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  async close(): Promise<void> {
    await this.stop();
    await this.#keys.close();
  }
}
