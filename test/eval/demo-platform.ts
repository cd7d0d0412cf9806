import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { issueToken, readSecret } from '#libs/platform/local';

/** From the root, where npm runs everything. */
const program = resolve('dist/apps/innkeeper/src/main.js');

const READY = /^Innkeeper is ready: (\S+)$/m;

/** The platform with the demo company in a directory of its own, from the build, as a newcomer starts it. */
export class DemoPlatform {
  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    readonly url: string,
    readonly token: string,
  ) {}

  /** `settings` beside those of a newcomer, who has none. */
  static async start(
    said: (text: string) => void,
    settings: Readonly<Record<string, string>> = {},
  ): Promise<DemoPlatform> {
    const folder = mkdtempSync(join(tmpdir(), 'innkeeper-eval-'));
    const data = join(folder, 'data');
    const child = spawn(process.execPath, [program, 'start', '--demo'], {
      env: {
        PATH: process.env['PATH'] ?? '',
        INNKEEPER_DATA_DIR: data,
        INNKEEPER_HTTP_PORT: '0',
        INNKEEPER_LOG_LEVEL: 'error',
        INNKEEPER_CANARY_SECONDS: '0',
        INNKEEPER_BACKUP_SCHEDULE: 'off',
        ...settings,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let printed = '';
    child.stderr.on('data', (chunk: Buffer) => said(chunk.toString()));
    const url = await new Promise<string>((ready, reject) => {
      child.stdout.on('data', (chunk: Buffer) => {
        printed += chunk.toString();
        const [, address] = READY.exec(printed) ?? [];
        if (address !== undefined) ready(address);
      });
      child.once('close', (code) => reject(new Error(`the demo ended with ${String(code)}`)));
    });
    await whenFilled(data);
    const key = readSecret(data, 'issuer');
    if (!key) throw new Error('the demo has no key to sign a token with');
    const token = await issueToken(key, { name: 'eval', role: 'admin' });
    const platform = new DemoPlatform(child, folder, url, token);
    await platform.#whenIndexed();
    return platform;
  }

  /** Nothing waits to be folded or indexed any more: the same questions find the same, however slow the machine is. */
  async #whenIndexed(): Promise<void> {
    for (let quiet = 0; quiet < QUIET_LOOKS;) {
      await new Promise((again) => setTimeout(again, QUIET_MS));
      const { consumers } = await this.ask<DoctorLook>('/api/doctor');
      quiet = consumers.every(({ behind = 0 }) => behind === 0) ? quiet + 1 : 0;
    }
  }

  async ask<Answer>(path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(this.url + path, {
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' },
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Answer;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null) {
      this.child.kill('SIGTERM');
      await once(this.child, 'close');
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}

interface DoctorLook {
  readonly consumers: readonly { readonly behind?: number }[];
}

/** What waited too long is indexed in the background, a second after everything else has come. */
const QUIET_LOOKS = 5;
const QUIET_MS = 1_000;
const LOOK_MS = 250;
const whenFilled = async (data: string): Promise<void> => {
  while (!readFileSync(join(data, 'demo.json'), 'utf8').includes('"filled":true'))
    await new Promise((again) => setTimeout(again, LOOK_MS));
};
