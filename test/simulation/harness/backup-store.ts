import { nodeHash } from '#libs/adapters/node-crypto';
import { SqliteDatabase, sqliteDocuments } from '#libs/adapters/sqlite';
import {
  hasEnded,
  isGood,
  type BackupRun,
  type BackupsParts,
  type RunRepository,
} from '#libs/backups';
import type { BackupManifest } from '#libs/ports/backup-source';
import type { Documents } from '#libs/ports/documents';
import { NOBODYS_SCRATCH } from '#libs/ports/scratch';
import type { SnapshotRepository } from '#libs/ports/snapshot-repository';
import { MemoryDisk, MemoryRepository, MemorySource, type MemoryLock } from '#libs/testing';

import type { TroubledActor } from './troubled-steps.js';
import type { VirtualTime } from './virtual-time.js';

const STALE_AFTER_MS = 30 * 60_000;
/** Shorter than the waits of one run, so that it also meets what a run has saved and not noted yet. */
export const UNNAMED_KEYS_GO_AFTER_MS = 60_000;

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

/** What is there beside all processes: documents, repositories, the log, and who saw what was wrong. */
export class BackupStore {
  readonly disk = new MemoryDisk();
  readonly repositories: Readonly<Record<RunRepository, MemoryRepository>>;
  /** States by run, in the order in which they first arrived. */
  readonly told = new Map<string, BackupRun[]>();
  readonly violations: string[] = [];
  readonly documents: Documents;
  readonly newest = new Map<string, BackupRun>();
  /** Told each time that a run changes. */
  onRun: (before: BackupRun | undefined, after: BackupRun) => void = () => undefined;
  readonly #database = new SqliteDatabase(':memory:');
  readonly #working = new Map<string, boolean>();
  readonly #late = new Set<string>();

  constructor(private readonly time: VirtualTime) {
    const { disk } = this;
    this.documents = sqliteDocuments({ database: this.#database, clock: time });
    this.repositories = {
      data: new MemoryRepository({ disk, clock: time }),
      keys: new MemoryRepository({ disk, clock: time, password: 'the password of the keys' }),
    };
  }

  close(): Promise<void> {
    return this.#database.close();
  }

  sourcesOn(disk: MemoryDisk): readonly MemorySource[] {
    return (['innkeeper', 'keys'] as const).map(
      (kind) => new MemorySource({ name: kind, kind, disk, clock: this.time }),
    );
  }

  /** What is the same for everybody. */
  parts(): Pick<
    BackupsParts,
    'handIn' | 'hash' | 'host' | 'lookAround' | 'notice' | 'restored' | 'runsPerDay' | 'schedule'
  > &
    Pick<BackupsParts, 'since' | 'told'> {
    return {
      ...{ host: 'innkeeper-test', schedule: undefined, runsPerDay: 1000 },
      lookAround: () => Promise.resolve({ kit: 'current', onOwnDisk: [] }),
      since: () => Promise.resolve(0),
      handIn: async (run) => this.#tell(run),
      told: (id) => Promise.resolve(this.told.get(id) ?? []),
      restored: () => Promise.resolve(undefined),
      hash: nodeHash,
      notice: () => undefined,
    };
  }

  /** What the log sealed opens with keys that are as new as it. */
  proveOn(disk: MemoryDisk): BackupsParts['proveRestored'] {
    const read = (folder: string) => disk.read(`${folder}/content`);
    return async ({ innkeeper, keys }) => {
      const [log, key] = [read(innkeeper), read(keys)];
      const opens = log !== undefined && key !== undefined && Number(log) <= Number(key);
      const platform = { started: true, chain: 'whole', position: 1, hash: '' } as const;
      return { ...platform, opened: opens ? 'yes' : 'no' };
    };
  }

  #tell(run: BackupRun): void {
    const known = this.told.get(run.id) ?? [];
    if (known.some(({ revision }) => revision === run.revision)) return;
    this.told.set(run.id, [...known, run]);
  }

  /** Sees whether two runs work at once, whenever one changes. */
  watchedBy(actor: TroubledActor): Documents {
    return new Proxy(this.documents, {
      get: (target, method) => {
        const value: unknown = Reflect.get(target, method);
        if (typeof value !== 'function') return value;
        if (method !== 'swap') return value.bind(target) as unknown;
        return async (...args: Parameters<Documents['swap']>) => {
          const swapped = await target.swap(...args);
          const [{ name }, { id, body }] = args;
          if (name === 'backup_runs' && swapped.swapped) this.#seeAlone(actor, id, body);
          return swapped;
        };
      },
    });
  }

  #seeAlone(actor: TroubledActor, id: string, body: unknown): void {
    const { run } = body as { readonly run: BackupRun };
    if (run.status === 'running' && run.claim?.holder === actor.holder) actor.run = id;
    this.onRun(this.newest.get(id), run);
    this.newest.set(id, run);
    this.#working.set(id, run.status === 'running' && run.step !== 'close');
    const working = [...this.#working].filter(([, works]) => works);
    if (working.length > 1) this.violations.push('two runs work at one target');
  }

  /** A call that was on its way may arrive when the run is another's already, and no second one. */
  seeHeld({ holder, run: id }: TroubledActor, method: string): void {
    if (!effects.has(method)) return;
    const run = id === undefined ? undefined : this.newest.get(id);
    if (run?.claim?.holder === holder) return;
    const isOver = run !== undefined && hasEnded(run);
    if (!isOver && run?.claim === undefined) return;
    const late = `${holder} ${id} ${run?.claims}`;
    if (this.#late.has(late)) this.violations.push('somebody goes on who was overtaken');
    this.#late.add(late);
  }

  /** What an ended run or nobody has left is removed by any who look next, as often as it takes. */
  isOver(id: unknown): boolean {
    if (id === NOBODYS_SCRATCH) return true;
    const run = this.newest.get(String(id));
    return run !== undefined && hasEnded(run);
  }

  /** While a call is under way its lock lies there; a process that dies leaves it. */
  lockingFor(
    actor: TroubledActor,
    repository: MemoryRepository,
    saving: (signal: AbortSignal) => Promise<void>,
  ): SnapshotRepository {
    return new Proxy(repository, {
      get: (target, method) => {
        const value: unknown = Reflect.get(target, method);
        if (typeof value !== 'function') return value;
        const call = (...args: unknown[]): unknown =>
          (value as (...all: unknown[]) => unknown).apply(target, args);
        if (method !== 'save') return call;
        return async (...args: Parameters<SnapshotRepository['save']>): Promise<unknown> => {
          const lock: MemoryLock = { kind: 'shared', isStale: false };
          target.vault.locks.add(lock);
          const taken = new AbortController();
          void this.#stale(actor, lock, taken.signal);
          await saving(args[1].signal);
          target.vault.locks.delete(lock);
          taken.abort();
          return call(...args);
        };
      },
    });
  }

  async #stale(actor: TroubledActor, lock: MemoryLock, taken: AbortSignal): Promise<void> {
    while (!actor.isDead && !taken.aborted) await this.time.sleep(STALE_AFTER_MS / 2, taken);
    await this.time.sleep(STALE_AFTER_MS / 2, taken);
    if (!taken.aborted) lock.isStale = true;
  }

  /** Nobody has a run to work at, or history to tell. */
  async isAtRest(): Promise<boolean> {
    for (const list of ['open', 'owes']) {
      const { items } = await this.documents.query(backupRuns, { where: { [list]: 1 }, limit: 1 });
      if (items.length > 0) return false;
    }
    return true;
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

/** After that no lock of a dead process keeps anybody. */
export const LOCKS_GO_AFTER_MS = 2 * STALE_AFTER_MS;

/** Snapshots that good runs name. */
export const namedSnapshots = (
  runs: readonly BackupRun[],
): readonly { readonly run: BackupRun; readonly source: string; readonly snapshot: string }[] =>
  runs
    .filter(isGood)
    .flatMap((run) =>
      run.sources.flatMap(({ name, snapshot }) =>
        snapshot === undefined ? [] : [{ run, source: name, snapshot }],
      ),
    );

const backupRuns = {
  name: 'backup_runs',
  fields: ['good', 'holds', 'open', 'owes', 'proved', 'requestedAt'],
  orderedBy: 'requestedAt',
};
