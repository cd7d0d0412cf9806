import { hasEnded, type BackupRun, type RunServer } from '#libs/backups';
import type { ServerFleet } from '#libs/ports/server-fleet';
import type { MemoryFleet, MemoryMachine } from '#libs/testing';

import type { BackupStore } from './backup-store.js';
import { actorNames, type ActorName } from './server-troubles.js';
import type { VirtualTime } from './virtual-time.js';

/** From when a server is of no use until nobody pays for it any more. */
const GONE_WITHIN_MS = 15 * 60_000;
/** No clock is wrong for longer, and who believes one that is wrong lets a server go after that. */
const CLOCKS_WRONG_MS = 2 * 3600_000 + 3 * 3600_000;

const strangers: readonly { readonly name: string; readonly labels: Record<string, string> }[] = [
  { name: 'somebody-else', labels: {} },
  {
    name: 'innkeeper-prod-backup-00000000-0000-8000-8000-000000000001',
    labels: {
      'innkeeper-environment': 'prod',
      'innkeeper-run': '00000000-0000-8000-8000-000000000001',
      'innkeeper-expires': '1800000001',
    },
  },
  { name: 'built-by-hand', labels: { 'innkeeper-environment': 'test' } },
  {
    name: 'a-copy-of-it',
    labels: {
      'innkeeper-environment': 'test',
      'innkeeper-run': '00000000-0000-8000-8000-000000000002',
      'innkeeper-expires': '1800000001',
    },
  },
];

interface ServerWatchOptions {
  readonly time: VirtualTime;
  readonly store: BackupStore;
  readonly fleet: MemoryFleet;
  readonly serversPerDay: number;
}

const DAY_MS = 24 * 3600_000;

/** Sees what becomes of servers, and how long they stand. */
export class ServerWatch {
  hasWrongClocks = false;
  readonly #strangers: MemoryMachine[] = [];
  #keptUntil = 0;
  readonly #awayUntil = new Map<ActorName, number>();
  /** When each server of each run was first ordered. */
  readonly #ordered = new Map<string, number>();

  constructor(private readonly options: ServerWatchOptions) {
    options.store.onRun = (before, after) => this.#seeGone(before, after);
  }

  /** Nobody can destroy a server for so long. */
  isKept(ms: number): void {
    this.#keptUntil = Math.max(this.#keptUntil, this.options.time.now() + ms);
  }

  /** One of those who would destroy it is away, and one of them is enough. */
  isAway(who: ActorName, ms: number): void {
    const now = this.options.time.now();
    this.#awayUntil.set(who, Math.max(this.#awayUntil.get(who) ?? 0, now + ms));
    const back = Math.min(...actorNames.map((name) => this.#awayUntil.get(name) ?? 0));
    this.#keptUntil = Math.max(this.#keptUntil, back);
  }

  addStrangers(): void {
    for (const { name, labels } of strangers) this.addStranger(name, labels);
  }

  addStranger(name: string, labels: Readonly<Record<string, string>>): void {
    const { fleet } = this.options;
    if (!fleet.machine(name)) this.#strangers.push(fleet.addStranger(name, labels));
  }

  /** Ours that are in the fleet now. */
  own(): readonly MemoryMachine[] {
    return this.options.fleet.machines.filter((machine) => !this.#strangers.includes(machine));
  }

  /** Strangers that are not there any more. */
  missing(): readonly MemoryMachine[] {
    const { machines } = this.options.fleet;
    return this.#strangers.filter((machine) => !machines.includes(machine));
  }

  gone(machine: MemoryMachine): void {
    const { store, time } = this.options;
    if (this.#strangers.includes(machine)) {
      store.violations.push('a server of somebody else was destroyed');
      return;
    }
    const run = this.#runOf(machine);
    const ended = run && hasEnded(run) ? (run.endedAt ?? Infinity) : Infinity;
    const needed = Math.min(expiryOf(machine.labels), ended);
    const allowed = GONE_WITHIN_MS + (this.hasWrongClocks ? CLOCKS_WRONG_MS : 0);
    const late = time.now() - Math.max(needed, this.#keptUntil);
    if (late > allowed)
      store.violations.push(`a server stood ${Math.round(late / 60_000)} minutes too long`);
  }

  /** Sees at each order that documents know of it already. */
  watched(fleet: MemoryFleet): ServerFleet {
    return new Proxy(fleet, {
      get: (target, method) => {
        const value: unknown = Reflect.get(target, method);
        if (typeof value !== 'function') return value;
        if (method !== 'create') return value.bind(target) as unknown;
        return async (...args: Parameters<ServerFleet['create']>) => {
          const { made } = target;
          const server = await target.create(...args);
          if (target.made > made) this.#seeKnown(server.labels);
          return server;
        };
      },
    });
  }

  #seeKnown(labels: Readonly<Record<string, string>>): void {
    const { store } = this.options;
    const run = store.newest.get(labels['innkeeper-run'] ?? '');
    if (run?.server) this.#seeAllowed(run.id, run.server);
    else store.violations.push('a server was ordered of which no document knows');
  }

  #seeAllowed(run: string, { number }: RunServer): void {
    const { serversPerDay, store, time } = this.options;
    const [of, now] = [`${run}/${number}`, time.now()];
    if (!this.#ordered.has(of)) this.#ordered.set(of, now);
    const today = [...this.#ordered.values()].filter((at) => at > now - DAY_MS);
    if (today.length > serversPerDay) store.violations.push('more servers than a day may have');
  }

  #seeGone(before: BackupRun | undefined, { id, server }: BackupRun): void {
    if (server?.state !== 'gone' || before?.server?.state === 'gone') return;
    const stands = this.own().some(
      ({ labels }) => labels['innkeeper-run'] === id && expiryOf(labels) === server.expiresAt,
    );
    const { violations } = this.options.store;
    if (stands) violations.push('a run says of a server that it is gone, and it stands');
  }

  #runOf(machine: MemoryMachine): BackupRun | undefined {
    return this.options.store.newest.get(machine.labels['innkeeper-run'] ?? '');
  }
}

const expiryOf = (labels: Readonly<Record<string, string>>): number =>
  Number(labels['innkeeper-expires']) * 1000;
