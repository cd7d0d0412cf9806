import { allSubscriptions, allTopics } from '#libs/contracts';
import { openParts, readSettings, type Parts } from '#libs/platform';

import { hasArrived } from './compare.js';
import { distributedSettings, type Addresses } from './distributed-settings.js';
import { until } from './outside.js';
import { patientParts } from './patient.js';
import { PlatformProcess } from './platform-process.js';
import type { Answered } from './senders.js';
import type { Fate, Topology } from './topology.js';

/** Two doors and one catalog, each a process of its own, on MongoDB and Pub/Sub. */
const processes = ['webhook-ingest', 'webhook-ingest', 'catalog'] as const;

export class DistributedTopology implements Topology {
  readonly name = 'distributed';
  readonly #settings: Record<string, string>;
  readonly #running: (PlatformProcess | undefined)[] = processes.map(() => undefined);

  constructor(
    peers: Addresses,
    private readonly random: () => number,
  ) {
    this.#settings = distributedSettings(peers);
  }

  get token(): string {
    return this.#settings['INNKEEPER_AIRCALL_TOKENS'] ?? '';
  }

  get door(): string | undefined {
    const doors = this.#running.filter((one, i) => one?.alive && processes[i] === 'webhook-ingest');
    return doors[Math.floor(this.random() * doors.length)]?.url;
  }

  /** Topics and subscriptions come from the registry, as Terraform makes them elsewhere. */
  async prepare(): Promise<void> {
    await this.inspect(({ bus }) => bus.create(allTopics, allSubscriptions));
  }

  /** Starts every process that is not running. */
  async start(fate?: Fate): Promise<void> {
    await Promise.all(
      processes.map(async (role, i) => {
        if (this.#running[i]?.alive) return;
        this.#running[i] = await PlatformProcess.start(
          { ...this.#settings, INNKEEPER_ROLES: role },
          fate,
        );
      }),
    );
  }

  async kill(): Promise<void> {
    const victims = this.#running.filter((one) => one?.alive);
    await victims[Math.floor(this.random() * victims.length)]?.end('SIGKILL');
  }

  async died(): Promise<void> {
    await Promise.race(this.#processes().map((one) => one.died()));
  }

  async stop(): Promise<number> {
    const codes = await Promise.all(this.#processes().map((one) => one.end('SIGTERM')));
    return Math.max(...codes.map((code) => code ?? 0));
  }

  async drained(answered: readonly Answered[]): Promise<void> {
    // A killed consumer's messages come again when their deadline has passed.
    await this.inspect((parts) => until('all has arrived', () => hasArrived(parts, answered)));
  }

  async inspect<T>(look: (parts: Parts) => Promise<T>): Promise<T> {
    const parts = await openParts(
      readSettings({ ...this.#settings, INNKEEPER_ROLES: 'catalog' }, () => ''),
      undefined,
    );
    try {
      return await look(patientParts(parts));
    } finally {
      await parts.close();
    }
  }

  async dispose(): Promise<void> {
    await Promise.all(this.#processes().map((one) => one.end('SIGKILL')));
  }

  #processes(): readonly PlatformProcess[] {
    return this.#running.filter((one) => one !== undefined);
  }
}
