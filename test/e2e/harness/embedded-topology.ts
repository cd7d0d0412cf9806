import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { openDataDirectory, openParts, readSettings, type Parts } from '#libs/platform';

import { subscriptions } from '#libs/contracts';

import { isDrained } from './compare.js';
import { PlatformProcess, type Environment } from './platform-process.js';
import { otherProviders } from './providers.js';
import { still } from './still.js';
import type { Fate, Topology } from './topology.js';

/** Every role in one process on embedded parts, as `npm start` runs it. */
export class EmbeddedTopology implements Topology {
  readonly name = 'embedded';
  readonly #folder = mkdtempSync(join(tmpdir(), 'innkeeper-e2e-'));
  #process: PlatformProcess | undefined;

  constructor(private readonly more: Environment = {}) {}

  get door(): string | undefined {
    return this.#process?.alive ? this.#process.url : undefined;
  }

  get token(): string {
    return readFileSync(join(this.#folder, 'secrets/aircall-token'), 'utf8').trim();
  }

  async start(fate?: Fate): Promise<void> {
    this.#process = await PlatformProcess.start(this.#settings, fate);
  }

  async kill(): Promise<void> {
    await this.#process?.end('SIGKILL');
  }

  async died(): Promise<void> {
    await this.#process?.died();
  }

  async stop(): Promise<number | null | undefined> {
    return this.#process?.end('SIGTERM');
  }

  /** The directory has one owner at a time, so the platform must be stopped. */
  async inspect<T>(look: (parts: Parts) => Promise<T>): Promise<T> {
    const data = openDataDirectory(this.#folder);
    const parts = await openParts(
      readSettings(this.#settings, () => ''),
      data,
    );
    try {
      return await look(parts);
    } finally {
      await parts.close();
      data.release();
    }
  }

  async drained(): Promise<void> {
    // A stop finishes the batch in hand only, so it may take a few rounds, longer ones each time.
    for (let round = 0; round < 50; round++) {
      await delay(Math.min(5_000, 300 * 1.2 ** round));
      await this.stop();
      const drained = await this.inspect(async (parts) => {
        const backlogs = await Promise.all(
          Object.values(subscriptions).map((one) => parts.bus.backlog(one)),
        );
        return backlogs.every((one) => one?.waiting === 0) && (await isDrained(parts));
      });
      if (drained) return;
      await this.start();
    }
    throw new Error('the platform does not drain');
  }

  dispose(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get #settings(): Environment {
    return {
      ...otherProviders,
      ...this.more,
      INNKEEPER_DATA_DIR: this.#folder,
      ...still,
    };
  }
}
