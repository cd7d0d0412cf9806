import { nodeHash } from '#libs/adapters/node-crypto';
import { SqliteDatabase, sqliteDocuments } from '#libs/adapters/sqlite';
import {
  composeBackups,
  hasEnded,
  isGood,
  type BackupRun,
  type Backups,
  type BackupsParts,
  type RunRepository,
  type RunStep,
} from '#libs/backups';
import { fault, randomId, type Code } from '#libs/kernel';
import type { BackupManifest, BackupSource } from '#libs/ports/backup-source';
import type { Documents } from '#libs/ports/documents';
import { NOBODYS_SCRATCH, type Scratch, type ScratchOfRun } from '#libs/ports/scratch';
import type { SnapshotRepository } from '#libs/ports/snapshot-repository';
import {
  MemoryDisk,
  MemoryRepository,
  MemoryScratch,
  MemorySource,
  type MemoryLock,
} from '#libs/testing';

import { VirtualTime } from './virtual-time.js';

export const troubledPorts = ['documents', 'data', 'keys', 'scratch', 'source', 'log'] as const;
export type TroubledPort = (typeof troubledPorts)[number];

/**
 * What befalls backups and those who make them. `after`: so many steps of theirs later. `when`: counted from the moment
 * when a run is at that step; where none comes there, it befalls all the same.
 */
export type BackupTrouble = { readonly after: number; readonly when?: RunStep } & (
  | { readonly is: 'request'; readonly kind: 'manual' | 'daily' | 'monthly' | 'drill' }
  | { readonly is: 'write' | 'full' }
  | { readonly is: 'crash'; readonly worker: number }
  | { readonly is: 'stop'; readonly worker: number }
  | { readonly is: 'pause'; readonly worker: number; readonly ms: number }
  | { readonly is: 'clock'; readonly worker: number; readonly ms: number }
  /** The next call of the port is done and its answer lost, or it does not arrive. */
  | { readonly is: 'lost' | 'refused'; readonly port: TroubledPort }
  | { readonly is: 'away'; readonly port: TroubledPort; readonly ms: number }
);

/** What somebody would write by mistake, put in the place of a part. */
export interface BackupPlants {
  readonly parts?: (parts: BackupsParts) => BackupsParts;
}

/** What changes or reads much, and is not done by two at once. */
const effects = new Set([
  'prepare',
  'save',
  'check',
  'remove',
  'prune',
  'restore',
  'export',
  'prove',
]);
const LOOKS_EVERY_MS = 10_000;
const STALE_AFTER_MS = 30 * 60_000;
/** After that a run has not come to an end: all waits of all steps, and each outage, fit in. */
const ENDS_WITHIN_MS = 24 * 3600_000;
/** So many steps a trouble waits for a run that comes to its step. */
const WAITS_FOR_STEP = 400;
/** Shorter than the waits of one run, so that it also meets what a run has saved and not noted yet. */
const UNNAMED_KEYS_GO_AFTER_MS = 60_000;
const KEY = 'one key for each request';

const faultOf: Readonly<Record<TroubledPort, Code>> = {
  documents: 'DOCUMENTS_UNAVAILABLE',
  data: 'BACKUP_REPOSITORY_UNREACHABLE',
  keys: 'BACKUP_REPOSITORY_UNREACHABLE',
  scratch: 'BACKUP_SCRATCH_FULL',
  source: 'BACKUP_REPOSITORY_UNREACHABLE',
  log: 'LOG_UNAVAILABLE',
};

/** A process: from each of its calls on, it can be dead or stand still. */
class TroubledWorker {
  isDead = false;
  pausedUntil = 0;
  skewMs = 0;
  holder = '';
  /** The run that it works at, for all it knows. */
  run: string | undefined;
  readonly stopping = new AbortController();
  readonly lives = new AbortController();
}

interface WaitingStep {
  readonly worker: TroubledWorker;
  readonly go: () => void;
}

/** Real documents, repositories in memory, and processes, of which each call of a port is two steps. */
export class TroubledBackups {
  readonly time = new VirtualTime();
  readonly disk = new MemoryDisk();
  readonly scratch = new MemoryScratch({ disk: this.disk });
  readonly repositories: Readonly<Record<RunRepository, MemoryRepository>>;
  readonly sources: readonly MemorySource[];
  /** States by run, in the order in which they first arrived. */
  readonly told = new Map<string, BackupRun[]>();
  readonly violations: string[] = [];
  readonly requested: string[] = [];
  /** The run that was asked for last. */
  newest: string | undefined;
  readonly #database = new SqliteDatabase(':memory:');
  readonly documents: Documents;
  readonly #workers: TroubledWorker[] = [];
  readonly #waiting: WaitingStep[] = [];
  readonly #left: BackupTrouble[];
  readonly #next = new Map<TroubledPort, 'lost' | 'refused'>();
  readonly #awayUntil = new Map<TroubledPort, number>();
  readonly #working = new Map<string, boolean>();
  readonly #newest = new Map<string, BackupRun>();
  readonly #late = new Set<string>();
  #restsUntil = 0;
  #busy = 0;
  #steps = 0;
  #waited = 0;
  #waitedThere = 0;
  #writes = 0;

  private constructor(
    troubles: readonly BackupTrouble[],
    private readonly order: readonly number[],
    private readonly plants: BackupPlants,
  ) {
    this.#left = [...troubles];
    const { time: clock, disk } = this;
    this.documents = sqliteDocuments({ database: this.#database, clock });
    this.repositories = {
      data: new MemoryRepository({ disk, clock }),
      keys: new MemoryRepository({ disk, clock, password: 'the password of the keys' }),
    };
    this.sources = (['innkeeper', 'keys'] as const).map(
      (kind) => new MemorySource({ name: kind, kind, disk, clock }),
    );
    this.#write();
  }

  static async run(
    troubles: readonly BackupTrouble[],
    order: readonly number[],
    check: (world: TroubledBackups) => Promise<void>,
    plants: BackupPlants = {},
  ): Promise<void> {
    const world = new TroubledBackups(troubles, order, plants);
    try {
      for (let n = 0; n < 2; n++) world.#start();
      await world.#live();
      await world.#nextRun();
      await check(world);
    } finally {
      for (const worker of world.#workers) world.#kill(worker);
      await turns();
      await world.#database.close();
    }
  }

  async runs(): Promise<readonly BackupRun[]> {
    const page = await this.#undisturbed().list({ limit: 200 });
    return page.items;
  }

  #undisturbed(): Backups {
    return composeBackups(this.#partsOf(undefined));
  }

  /** After all trouble, and when locks of the dead are stale, another one is made by those who live then. */
  async #nextRun(): Promise<void> {
    this.#restsUntil = this.time.now() + 2 * STALE_AFTER_MS;
    await this.#live();
    this.#left.push({ after: 0, is: 'request', kind: 'manual' });
    this.#befallNext();
    await this.#live();
  }

  #start(): TroubledWorker {
    const worker = new TroubledWorker();
    this.#workers.push(worker);
    void this.#look(worker, composeBackups(this.#partsOf(worker)));
    return worker;
  }

  async #look(worker: TroubledWorker, backups: Backups): Promise<void> {
    while (!worker.stopping.signal.aborted) {
      const due = await backups.due().catch(() => []);
      for (const id of due) void backups.advance(id, worker.stopping.signal).catch(() => undefined);
      await this.#sleep(worker, LOOKS_EVERY_MS, worker.stopping.signal);
    }
  }

  async #sleep(worker: TroubledWorker, ms: number, signal: AbortSignal): Promise<void> {
    await this.time.sleep(ms, AbortSignal.any([signal, worker.lives.signal]));
    await this.#step(worker);
  }

  #partsOf(worker: TroubledWorker | undefined): BackupsParts {
    const holder = randomId(this.time.now());
    if (worker) worker.holder = holder;
    const port = <T extends object>(name: TroubledPort, of: T): T =>
      worker ? this.#stepwise(worker, name, of) : of;
    const repositoryOf = (name: 'data' | 'keys') => {
      const repository = port(name, this.#locking(worker, this.repositories[name]));
      const common = { writer: repository, remover: repository, policy: { last: 3 } };
      return name === 'keys' ? { ...common, unnamedGoAfterMs: UNNAMED_KEYS_GO_AFTER_MS } : common;
    };
    const parts: BackupsParts = {
      documents: port('documents', worker ? this.#watched(worker) : this.documents),
      repositories: { data: repositoryOf('data'), keys: repositoryOf('keys') },
      sources: this.sources.map((source) => port<BackupSource>('source', source)),
      scratch: port('scratch', this.#scratchOf(worker)),
      proveRestored: async ({ innkeeper, keys }) => ({
        ...{ started: true, chain: 'whole', position: 1, hash: '' },
        opened: this.#opens(innkeeper, keys) ? 'yes' : 'no',
      }),
      ...{ host: 'innkeeper-test', schedule: undefined, runsPerDay: 1000 },
      lookAround: () => Promise.resolve({ kit: 'current', onOwnDisk: [] }),
      since: () => Promise.resolve(0),
      handIn: (run) => port('log', { handIn: async () => this.#tell(run) }).handIn(),
      told: (id) => Promise.resolve(this.told.get(id) ?? []),
      restored: () => Promise.resolve(undefined),
      clock: { now: () => this.time.now() + (worker?.skewMs ?? 0) },
      hash: nodeHash,
      holder,
      sleep: (ms, signal) =>
        worker ? this.#sleep(worker, ms, signal) : this.time.sleep(ms, signal),
      notice: () => undefined,
    };
    return this.plants.parts && worker ? this.plants.parts(parts) : parts;
  }

  /** What the log sealed opens with keys that are as new as it. */
  #opens(innkeeper: string, keys: string): boolean {
    const [log, key] = [innkeeper, keys].map((folder) => this.disk.read(`${folder}/content`));
    return log !== undefined && key !== undefined && Number(log) <= Number(key);
  }

  #tell(run: BackupRun): void {
    const known = this.told.get(run.id) ?? [];
    if (known.some(({ revision }) => revision === run.revision)) return;
    this.told.set(run.id, [...known, run]);
  }

  /** Sees whether two runs work at once, whenever one changes. */
  #watched(worker: TroubledWorker): Documents {
    return new Proxy(this.documents, {
      get: (target, method) => {
        const value: unknown = Reflect.get(target, method);
        if (typeof value !== 'function') return value;
        if (method !== 'swap') return value.bind(target) as unknown;
        return async (...args: Parameters<Documents['swap']>) => {
          const swapped = await target.swap(...args);
          const [{ name }, { id, body }] = args;
          if (name === 'backup_runs' && swapped.swapped) this.#seeAlone(worker, id, body);
          return swapped;
        };
      },
    });
  }

  #seeAlone(worker: TroubledWorker, id: string, body: unknown): void {
    const { run } = body as { readonly run: BackupRun };
    if (run.status === 'running' && run.claim?.holder === worker.holder) worker.run = id;
    this.#newest.set(id, run);
    this.#working.set(id, run.status === 'running' && run.step !== 'close');
    const working = [...this.#working].filter(([, works]) => works);
    if (working.length > 1) this.violations.push('two runs work at one target');
  }

  /** A call that was on its way may arrive when the run is another's already, and no second one. */
  #seeHeld({ holder, run: id }: TroubledWorker): void {
    const run = id === undefined ? undefined : this.#newest.get(id);
    if (run?.claim?.holder === holder) return;
    const isOver = run !== undefined && hasEnded(run);
    if (!isOver && run?.claim === undefined) return;
    const late = `${holder} ${id} ${run?.claims}`;
    if (this.#late.has(late)) this.violations.push('somebody goes on who was overtaken');
    this.#late.add(late);
  }

  /** What an ended run or nobody has left is removed by any who look next, as often as it takes. */
  #isOver(id: unknown): boolean {
    if (id === NOBODYS_SCRATCH) return true;
    const run = this.#newest.get(String(id));
    return run !== undefined && hasEnded(run);
  }

  /** While a call is under way its lock lies there; a process that dies leaves it. */
  #locking(worker: TroubledWorker | undefined, repository: MemoryRepository): SnapshotRepository {
    if (!worker) return repository;
    return new Proxy(repository, {
      get: (target, method) => {
        const value: unknown = Reflect.get(target, method);
        if (typeof value !== 'function') return value;
        const call = (...args: unknown[]): unknown =>
          (value as (...all: unknown[]) => unknown).apply(target, args);
        if (method !== 'save') return call;
        return async (...args: unknown[]): Promise<unknown> => {
          const lock: MemoryLock = { kind: 'shared', isStale: false };
          target.vault.locks.add(lock);
          const stale = new AbortController();
          void this.#stale(worker, lock, stale.signal);
          await this.#step(worker);
          target.vault.locks.delete(lock);
          stale.abort();
          return call(...args);
        };
      },
    });
  }

  async #stale(worker: TroubledWorker, lock: MemoryLock, taken: AbortSignal): Promise<void> {
    while (!worker.isDead && !taken.aborted) await this.time.sleep(STALE_AFTER_MS / 2, taken);
    await this.time.sleep(STALE_AFTER_MS / 2, taken);
    if (!taken.aborted) lock.isStale = true;
  }

  #scratchOf(worker: TroubledWorker | undefined): Scratch {
    const { scratch } = this;
    if (!worker) return scratch;
    return {
      take: async (run, term): Promise<ScratchOfRun> =>
        this.#stepwise(worker, 'scratch', await scratch.take(run, term)),
      remove: (run) => scratch.remove(run),
      leftovers: () => scratch.leftovers(),
      room: () => scratch.room(),
    };
  }

  #stepwise<T extends object>(worker: TroubledWorker, name: TroubledPort, port: T): T {
    return new Proxy(port, {
      get: (target, method) => {
        const value: unknown = Reflect.get(target, method);
        if (typeof value !== 'function') return value;
        return async (...args: unknown[]): Promise<unknown> => {
          await this.#step(worker);
          // What ended runs left in scratch is removed by anybody.
          const isTidying = name === 'scratch' && method === 'remove' && this.#isOver(args[0]);
          if (effects.has(String(method)) && !isTidying) this.#seeHeld(worker);
          const befalls = this.#befalls(name);
          if (befalls === 'refused') throw fault(faultOf[name]);
          // A call may wait for steps of its own.
          const isCounted = name === 'documents';
          const call = async (): Promise<unknown> =>
            (value as (...all: unknown[]) => unknown).apply(target, args);
          const answer = isCounted ? await this.#counted(call) : await call();
          await this.#step(worker);
          if (befalls === 'lost') throw fault(faultOf[name]);
          return answer;
        };
      },
    });
  }

  #befalls(name: TroubledPort): 'lost' | 'refused' | undefined {
    if ((this.#awayUntil.get(name) ?? 0) > this.time.now()) return 'refused';
    const next = this.#next.get(name);
    this.#next.delete(name);
    return next;
  }

  async #counted<T>(call: () => Promise<T>): Promise<T> {
    this.#busy += 1;
    try {
      return await call();
    } finally {
      this.#busy -= 1;
    }
  }

  #step(worker: TroubledWorker): Promise<void> {
    return new Promise((resolve) => this.#waiting.push({ worker, go: resolve }));
  }

  /** One step after another, in the given order; time goes by when nobody has anything to do. */
  async #live(): Promise<void> {
    let quietBefore = this.time.now() + ENDS_WITHIN_MS;
    let looksAt = 0;
    for (;;) {
      do await turns();
      while (this.#busy > 0);
      const next = this.#takeStep();
      if (next) {
        next.go();
        this.#steps += 1;
        this.#befallNext();
        continue;
      }
      const now = this.time.now();
      if (this.#left.length > 0) quietBefore = now + ENDS_WITHIN_MS;
      if (now >= looksAt) {
        looksAt = now + LOOKS_EVERY_MS;
        if (await this.#isQuiet()) return;
        if (now > quietBefore) throw new Error(`It never ends: ${await this.#unrest()}`);
      }
      this.time.jump();
    }
  }

  #takeStep(): WaitingStep | undefined {
    const now = this.time.now();
    const ready = this.#waiting.filter(({ worker }) => !worker.isDead && worker.pausedUntil <= now);
    const choice = this.order[this.#steps % this.order.length] ?? 0;
    const taken = ready[choice % Math.max(1, ready.length)];
    if (taken) this.#waiting.splice(this.#waiting.indexOf(taken), 1);
    return taken;
  }

  #befallNext(): void {
    const [next] = this.#left;
    if (!next) return;
    this.#waited += 1;
    if (this.#isAt(next.when)) this.#waitedThere += 1;
    const isDue = this.#waitedThere > 0 && this.#waitedThere >= next.after;
    if (!isDue && this.#waited < WAITS_FOR_STEP) return;
    this.#left.shift();
    this.#waited = 0;
    this.#waitedThere = 0;
    this.#befall(next);
  }

  #isAt(step: RunStep | undefined): boolean {
    if (step === undefined) return true;
    return [...this.#newest.values()].some((run) => !hasEnded(run) && run.step === step);
  }

  #befall(trouble: BackupTrouble): void {
    switch (trouble.is) {
      case 'request':
        return void this.#request(trouble.kind);
      case 'write':
        return this.#write();
      case 'full':
        this.scratch.trouble = 'BACKUP_SCRATCH_FULL';
        return this.#in(45_000, () => (this.scratch.trouble = undefined));
      case 'crash': {
        const worker = this.#workerAt(trouble.worker);
        this.#kill(worker);
        return void this.#start();
      }
      case 'stop':
        this.#workerAt(trouble.worker).stopping.abort();
        return void this.#start();
      case 'pause':
        this.#workerAt(trouble.worker).pausedUntil = this.time.now() + trouble.ms;
        return this.#in(trouble.ms, () => undefined);
      case 'clock':
        this.#workerAt(trouble.worker).skewMs += trouble.ms;
        return;
      case 'lost':
      case 'refused':
        this.#next.set(trouble.port, trouble.is);
        return;
      case 'away':
        this.#awayUntil.set(trouble.port, this.time.now() + trouble.ms);
        return this.#in(trouble.ms, () => undefined);
      default:
        return trouble satisfies never;
    }
  }

  #kill(worker: TroubledWorker): void {
    worker.isDead = true;
    worker.stopping.abort();
  }

  /** Both at once: what the log says from now on opens with keys from now on. */
  #write(): void {
    this.#writes += 1;
    for (const source of this.sources) source.content = `${this.#writes}`;
  }

  async #request(kind: 'manual' | 'daily' | 'monthly' | 'drill'): Promise<void> {
    const key = `${KEY} ${this.requested.length}`;
    this.requested.push(key);
    const asked = await this.#counted(() =>
      this.#undisturbed()
        .request({ kind, key, by: 'operator' })
        .catch(() => undefined),
    );
    this.newest = asked?.run.id ?? this.newest;
  }

  /** Only of those that live now. */
  #workerAt(n: number): TroubledWorker {
    const living = this.#workers.filter(
      ({ isDead, stopping }) => !isDead && !stopping.signal.aborted,
    );
    return living[n % living.length] ?? this.#start();
  }

  #in(ms: number, act: () => unknown): void {
    void this.time.sleep(ms, new AbortController().signal).then(act);
  }

  /** Nothing is on its way, and nobody has anything to do. */
  async #isQuiet(): Promise<boolean> {
    if (this.time.now() < this.#restsUntil) return false;
    if (this.#left.length > 0 || this.#waiting.some(({ worker }) => !worker.isDead)) return false;
    const { items } = await this.documents.query(backupRunsByOpen, {
      ...{ where: { open: 1 }, limit: 1 },
    });
    const owing = await this.documents.query(backupRunsByOpen, { where: { owes: 1 }, limit: 1 });
    return (
      items.length === 0 && owing.items.length === 0 && this.disk.under('/scratch').length === 0
    );
  }

  /** Snapshots that were there and are not named by any good run, nor were planned to go. */
  async namedSnapshots(): Promise<ReadonlyMap<string, { run: BackupRun; source: string }>> {
    const named = new Map<string, { run: BackupRun; source: string }>();
    for (const run of (await this.runs()).filter(isGood))
      for (const { name, snapshot } of run.sources)
        if (snapshot !== undefined) named.set(`${name}/${snapshot}`, { run, source: name });
    return named;
  }

  async #unrest(): Promise<string> {
    const open = (await this.runs()).filter((run) => !hasEnded(run));
    const waits = this.#waiting.filter(({ worker }) => !worker.isDead).length;
    return JSON.stringify({ open, left: this.#left, waits, scratch: this.disk.under('/scratch') });
  }

  /** What a snapshot holds, as its source would read it. */
  contentOf(
    source: string,
    snapshot: string,
  ): { content: string; manifest: BackupManifest } | undefined {
    const vault = this.repositories[source === 'keys' ? 'keys' : 'data'].vault;
    const files = vault.snapshots.find((kept) => kept.snapshot.id === snapshot)?.files;
    const content = files?.get(`/scratch/exports/${source}/content`);
    const manifest = files?.get(`/scratch/exports/${source}/manifest.json`);
    if (content === undefined || manifest === undefined) return undefined;
    return { content, manifest: JSON.parse(manifest) as BackupManifest };
  }
}

const backupRunsByOpen = {
  name: 'backup_runs',
  fields: ['good', 'holds', 'open', 'owes', 'proved', 'requestedAt'],
  orderedBy: 'requestedAt',
};

const turns = async (): Promise<void> => {
  await new Promise((resolve) => setImmediate(resolve));
};

/** What must be so in the end, as sentences; none of them is broken. */
export const brokenPromises = async (world: TroubledBackups): Promise<readonly string[]> => {
  const runs = await world.runs();
  const broken = [...world.violations];
  const say = (is: boolean, what: string): void => void (is || broken.push(what));
  for (const run of runs) {
    say(hasEnded(run) && run.endedAt !== undefined, `a run has not ended: ${run.step}`);
    say(run.claim === undefined, 'somebody still claims a run');
    const told = world.told.get(run.id) ?? [];
    const revisions = told.map(({ revision }) => revision);
    say(
      revisions.every((revision, at) => revision === at + 1) && revisions.length === run.revision,
      `history was told as ${revisions.join()} of ${run.revision}`,
    );
    say(told.filter(hasEnded).length >= 1, 'nobody was told the end');
  }
  const removed = new Set(runs.flatMap(({ retention }) => retention?.removed ?? []));
  const planned = new Set(
    runs.flatMap(({ retention }) => Object.values(retention?.planned ?? {}).flat()),
  );
  for (const [name, { run, source }] of await world.namedSnapshots()) {
    const id = name.slice(source.length + 1);
    const kept = world.contentOf(source, id);
    say(kept !== undefined || planned.has(id) || removed.has(id), `a named snapshot is missing`);
    const noted = run.sources.find((one) => one.name === source)?.manifest;
    if (kept)
      say(kept.content === kept.manifest.checksums['content'], 'a snapshot is half of two copies');
    if (kept) say(kept.content === noted?.checksums['content'], 'a snapshot is not what was noted');
  }
  for (const run of runs.filter(isGood)) {
    const [log, keys] = ['innkeeper', 'keys'].map(
      (name) => run.sources.find((one) => one.name === name)?.manifest?.checksums['content'],
    );
    say(Number(log) <= Number(keys), 'keys are older than the log that they open');
  }
  const next = runs.find(({ id }) => id === world.newest);
  say(next !== undefined && isGood(next), `the next run was ${next?.status} ${next?.error?.code}`);
  say(world.disk.under('/scratch').length === 0, 'something is left in scratch');
  for (const { locks } of Object.values(world.repositories)) say(locks === 0, 'a lock is left');
  return broken;
};
