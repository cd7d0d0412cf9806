import {
  composeBackups,
  hasEnded,
  type BackupRun,
  type Backups,
  type BackupsParts,
  type RunStep,
} from '#libs/backups';
import { randomId } from '#libs/kernel';
import type { BackupSource } from '#libs/ports/backup-source';
import type { Scratch, ScratchOfRun } from '#libs/ports/scratch';
import { MemoryScratch } from '#libs/testing';

import type { EndedBackups } from './backup-promises.js';
import { BackupStore, LOCKS_GO_AFTER_MS, UNNAMED_KEYS_GO_AFTER_MS } from './backup-store.js';
import { TroubledPorts } from './troubled-ports.js';
import { TroubledActor, TroubledSteps, turns } from './troubled-steps.js';

export const troubledPorts = ['documents', 'data', 'keys', 'scratch', 'source', 'log'] as const;
export type TroubledPort = (typeof troubledPorts)[number];

/** What befalls backups and those who make them, some steps of theirs later, or while a run is at a step. */
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

const LOOKS_EVERY_MS = 10_000;
const KEY = 'one key for each request';

/** Real documents, repositories in memory, and processes, of which each call of a port is two steps. */
export class TroubledBackups implements EndedBackups {
  readonly #steps: TroubledSteps<BackupTrouble>;
  readonly #ports: TroubledPorts<TroubledPort>;
  readonly store: BackupStore;
  /** The run that was asked for last. */
  newest: string | undefined;
  readonly #scratch: MemoryScratch;
  readonly #sources: ReturnType<BackupStore['sourcesOn']>;
  readonly #workers: TroubledActor[] = [];
  #requests = 0;
  #writes = 0;

  private constructor(
    troubles: readonly BackupTrouble[],
    order: readonly number[],
    private readonly plants: BackupPlants,
  ) {
    this.#steps = new TroubledSteps({
      ...{ troubles, order },
      befall: (trouble) => this.#befall(trouble),
      isSo: (step) =>
        [...this.store.newest.values()].some((run) => !hasEnded(run) && run.step === step),
    });
    this.store = new BackupStore(this.#steps.time);
    this.#scratch = new MemoryScratch({ disk: this.store.disk });
    this.#sources = this.store.sourcesOn(this.store.disk);
    this.#ports = new TroubledPorts({
      steps: this.#steps,
      faultOf: {
        documents: 'DOCUMENTS_UNAVAILABLE',
        data: 'BACKUP_REPOSITORY_UNREACHABLE',
        keys: 'BACKUP_REPOSITORY_UNREACHABLE',
        scratch: 'BACKUP_SCRATCH_FULL',
        source: 'BACKUP_REPOSITORY_UNREACHABLE',
        log: 'LOG_UNAVAILABLE',
      },
      onCall: (port, { actor, method, args }) => {
        // What ended runs left in scratch is removed by anybody.
        const isTidying = port === 'scratch' && method === 'remove' && this.store.isOver(args[0]);
        if (!isTidying) this.store.seeHeld(actor, method);
      },
    });
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
      for (const worker of world.#workers) worker.kill();
      await turns();
      await world.store.close();
    }
  }

  async runs(): Promise<readonly BackupRun[]> {
    const page = await this.#undisturbed().list({ limit: 200 });
    return page.items;
  }

  leftInScratch(): readonly string[] {
    return this.store.disk.under('/scratch');
  }

  #undisturbed(): Backups {
    return composeBackups(this.#partsOf(undefined));
  }

  /** After all trouble, and when locks of the dead are stale, another one is made by those who live then. */
  async #nextRun(): Promise<void> {
    this.#steps.rest(LOCKS_GO_AFTER_MS);
    await this.#live();
    this.#steps.add({ after: 0, is: 'request', kind: 'manual' });
    await this.#live();
  }

  #start(): TroubledActor {
    const worker = new TroubledActor();
    this.#workers.push(worker);
    void this.#look(worker, composeBackups(this.#partsOf(worker)));
    return worker;
  }

  async #look(worker: TroubledActor, backups: Backups): Promise<void> {
    while (!worker.stopping.signal.aborted) {
      const due = await backups.due().catch(() => []);
      for (const id of due) void backups.advance(id, worker.stopping.signal).catch(() => undefined);
      await this.#steps.sleep(worker, LOOKS_EVERY_MS, worker.stopping.signal);
    }
  }

  #partsOf(worker: TroubledActor | undefined): BackupsParts {
    const { store } = this;
    const { time } = this.#steps;
    const holder = randomId(time.now());
    if (worker) worker.holder = holder;
    const port = <T extends object>(name: TroubledPort, of: T): T =>
      worker ? this.#ports.stepwise(worker, name, of) : of;
    const repositoryOf = (name: 'data' | 'keys') => {
      const kept = store.repositories[name];
      const locking = (of: TroubledActor) => store.lockingFor(of, kept, () => this.#steps.step(of));
      const repository = port(name, worker ? locking(worker) : kept);
      const common = { writer: repository, remover: repository, policy: { last: 3 } };
      return name === 'keys' ? { ...common, unnamedGoAfterMs: UNNAMED_KEYS_GO_AFTER_MS } : common;
    };
    const common = store.parts();
    const parts: BackupsParts = {
      ...{ ...common, holder },
      documents: port('documents', worker ? store.watchedBy(worker) : store.documents),
      repositories: { data: repositoryOf('data'), keys: repositoryOf('keys') },
      sources: this.#sources.map((source) => port<BackupSource>('source', source)),
      scratch: port('scratch', this.#scratchOf(worker)),
      proveRestored: store.proveOn(store.disk),
      handIn: port('log', { handIn: common.handIn }).handIn,
      clock: { now: () => time.now() + (worker?.skewMs ?? 0) },
      sleep: (ms, signal) =>
        worker ? this.#steps.sleep(worker, ms, signal) : time.sleep(ms, signal),
    };
    return this.plants.parts && worker ? this.plants.parts(parts) : parts;
  }

  #scratchOf(worker: TroubledActor | undefined): Scratch {
    const scratch = this.#scratch;
    if (!worker) return scratch;
    return {
      take: async (run, term): Promise<ScratchOfRun> =>
        this.#ports.stepwise(worker, 'scratch', await scratch.take(run, term)),
      remove: (run) => scratch.remove(run),
      leftovers: () => scratch.leftovers(),
      room: () => scratch.room(),
    };
  }

  #live(): Promise<void> {
    return this.#steps.live(
      async () => (await this.store.isAtRest()) && this.leftInScratch().length === 0,
      async () => {
        const open = (await this.runs()).filter((run) => !hasEnded(run));
        return JSON.stringify({ open, scratch: this.leftInScratch() });
      },
    );
  }

  #befall(trouble: BackupTrouble): void {
    const now = this.#steps.time.now();
    switch (trouble.is) {
      case 'request':
        return void this.#request(trouble.kind);
      case 'write':
        return this.#write();
      case 'full':
        this.#scratch.trouble = 'BACKUP_SCRATCH_FULL';
        return this.#steps.in(45_000, () => (this.#scratch.trouble = undefined));
      case 'crash':
        this.#workerAt(trouble.worker).kill();
        return void this.#start();
      case 'stop':
        this.#workerAt(trouble.worker).stopping.abort();
        return void this.#start();
      case 'pause':
        this.#workerAt(trouble.worker).pausedUntil = now + trouble.ms;
        return this.#steps.in(trouble.ms, () => undefined);
      case 'clock':
        this.#workerAt(trouble.worker).skewMs += trouble.ms;
        return;
      case 'lost':
      case 'refused':
        return this.#ports.befallNext(trouble.port, trouble.is);
      case 'away':
        this.#ports.away(trouble.port, now + trouble.ms);
        return this.#steps.in(trouble.ms, () => undefined);
      default:
        return trouble satisfies never;
    }
  }

  /** Both at once: what the log says from now on opens with keys from now on. */
  #write(): void {
    this.#writes += 1;
    for (const source of this.#sources) source.content = `${this.#writes}`;
  }

  async #request(kind: 'manual' | 'daily' | 'monthly' | 'drill'): Promise<void> {
    const key = `${KEY} ${this.#requests}`;
    this.#requests += 1;
    const asked = await this.#steps.counted(() =>
      this.#undisturbed()
        .request({ kind, key, by: 'operator' })
        .catch(() => undefined),
    );
    this.newest = asked?.run.id ?? this.newest;
  }

  /** Only of those that live now. */
  #workerAt(n: number): TroubledActor {
    const living = this.#workers.filter(
      ({ isDead, stopping }) => !isDead && !stopping.signal.aborted,
    );
    return living[n % living.length] ?? this.#start();
  }
}
