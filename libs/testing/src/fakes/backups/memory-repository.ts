import { fault, type Clock, type Code, type Fault } from '#libs/kernel';
import type {
  CheckDepth,
  RepositoryDamage,
  RepositoryWatch,
  RestoredFolders,
  RestoreOrder,
  SavedFolders,
  SavedSnapshot,
  Snapshot,
  SnapshotRepository,
} from '#libs/ports/snapshot-repository';

import { isAtOrUnder, type MemoryDisk } from './memory-disk.js';
import { MemoryVault, type MemoryLock } from './memory-vault.js';

export type RepositoryCall = keyof SnapshotRepository;

export interface MemoryRepositoryOptions {
  readonly disk: MemoryDisk;
  readonly clock: Clock;
  /** Shared by all handles on one repository; without it there is a new one, not made yet. */
  readonly vault?: MemoryVault;
  readonly password?: string;
  /** Credentials of a writer: what was saved cannot be removed. */
  readonly mayRemove?: boolean;
  /** Credentials of a reader: nothing can be written, no lock either. */
  readonly mayWrite?: boolean;
}

/** A call that is held where it would begin to change something. */
export interface HeldCall {
  /** Resolves once a call waits there. */
  readonly reached: Promise<void>;
  release(): void;
  /** As if its process was killed there: it never answers, and its lock stays. */
  kill(): void;
}

interface Hold {
  readonly reach: () => void;
  readonly released: Promise<void>;
}

/** Trouble in the order in which it was asked for. */
type Trouble = { readonly before: Fault } | { readonly after: Fault };

/** A repository without a disk: each promise of the port, and trouble on demand. */
export class MemoryRepository implements SnapshotRepository {
  readonly vault: MemoryVault;
  readonly calls: RepositoryCall[] = [];
  readonly #options: MemoryRepositoryOptions;
  readonly #trouble = new Map<RepositoryCall, Trouble[]>();
  readonly #holds = new Map<RepositoryCall, Hold[]>();

  constructor(options: MemoryRepositoryOptions) {
    this.#options = options;
    this.vault = options.vault ?? new MemoryVault();
  }

  get disk(): MemoryDisk {
    return this.#options.disk;
  }

  /** Locks that lie in the repository now; none is left when nobody works and nobody was killed. */
  get locks(): number {
    return this.vault.locks.size;
  }

  /** Another handle on the same repository, as another process has it. */
  beside(options: Partial<MemoryRepositoryOptions> = {}): MemoryRepository {
    return new MemoryRepository({ ...this.#options, vault: this.vault, ...options });
  }

  /** The next call of this name fails, and changes nothing. */
  failNext(call: RepositoryCall, code: Code): void {
    this.#addTrouble(call, { before: fault(code) });
  }

  /** The next call of this name does its work, and its answer is lost. */
  loseNextAnswer(call: RepositoryCall): void {
    this.#addTrouble(call, { after: fault('BACKUP_REPOSITORY_UNREACHABLE') });
  }

  /** The next call of this name stops, with its lock taken and nothing changed. */
  holdNext(call: RepositoryCall): HeldCall {
    let reach = (): void => undefined;
    let release = (): void => undefined;
    const reached = new Promise<void>((resolve) => (reach = resolve));
    const released = new Promise<void>((resolve) => (release = resolve));
    this.#holds.set(call, [...(this.#holds.get(call) ?? []), { reach, released }]);
    const kill = (): void => {
      for (const lock of this.vault.locks) lock.isStale = true;
    };
    return { reached, release, kill };
  }

  prepare(watch: RepositoryWatch): Promise<{ readonly made: boolean }> {
    return this.#do('prepare', watch, undefined, () => {
      const made = this.vault.password === undefined;
      if (made && this.#options.mayWrite === false) throw fault('BACKUP_ACCESS_DENIED');
      this.vault.password ??= this.#password;
      this.#open();
      return { made };
    });
  }

  save({ paths, tags, host }: SavedFolders, watch: RepositoryWatch): Promise<SavedSnapshot> {
    return this.#do('save', watch, 'shared', () => {
      const { disk, clock } = this.#options;
      this.#open();
      if (paths.length === 0 || !paths.every((path) => disk.has(path)))
        throw fault('BACKUP_SOURCE_MISSING');
      const found = paths.flatMap((path) => disk.under(path));
      const files = new Map(
        found
          .filter((path) => !disk.unreadable.has(path))
          .map((path) => [path, disk.read(path) ?? '']),
      );
      const added = [...new Set(files.values())].filter((text) => !this.vault.stored.has(text));
      for (const text of added) this.vault.stored.add(text);
      const content = { files: files.size, bytes: bytesOf([...files.values()]) };
      const time = new Date(clock.now()).toISOString();
      const id = this.vault.nextId();
      this.vault.snapshots.push({ snapshot: { id, time, host, paths, tags, content }, files });
      watch.onProgress?.({ ...progressOf(content), ...content });
      const unreadable = found.length - files.size;
      return { id, ...content, addedBytes: bytesOf(added), unreadable };
    });
  }

  list(watch: RepositoryWatch): Promise<readonly Snapshot[]> {
    return this.#do('list', watch, undefined, () => {
      this.#open();
      return this.vault.snapshots
        .map(({ snapshot }) => snapshot)
        .sort((a, b) => Date.parse(a.time) - Date.parse(b.time));
    });
  }

  check(depth: CheckDepth, watch: RepositoryWatch): Promise<readonly RepositoryDamage[]> {
    return this.#do('check', watch, undefined, () => {
      this.#open();
      return this.vault.damage.filter((damage) => isSeen(damage, depth));
    });
  }

  restore({ snapshot, to, path }: RestoreOrder, watch: RepositoryWatch): Promise<RestoredFolders> {
    return this.#do('restore', watch, undefined, () => {
      this.#open();
      const { disk } = this;
      if (disk.under(to).length > 0) throw fault('BACKUP_TARGET_NOT_EMPTY');
      const kept = this.vault.snapshots.find((one) => one.snapshot.id === snapshot);
      if (!kept) throw fault('BACKUP_NOT_FOUND', { details: { snapshot } });
      if (this.vault.damage.length > 0) throw fault('BACKUP_REPOSITORY_DAMAGED');
      const chosen = [...kept.files].filter(([file]) => !path || isAtOrUnder(file, path));
      if (path && chosen.length === 0) throw fault('BACKUP_NOT_FOUND', { details: { snapshot } });
      for (const [file, text] of chosen) disk.write(`${to}${file}`, text);
      for (const saved of kept.snapshot.paths) if (!path) disk.makeFolder(`${to}${saved}`);
      const content = { files: chosen.length, bytes: bytesOf(chosen.map(([, text]) => text)) };
      watch.onProgress?.({ ...progressOf(content), ...content });
      const places = path ? [path] : kept.snapshot.paths;
      return { ...content, places: Object.fromEntries(places.map((at) => [at, `${to}${at}`])) };
    });
  }

  remove(ids: readonly string[], watch: RepositoryWatch): Promise<void> {
    return this.#do('remove', watch, 'exclusive', () => {
      this.#open();
      this.#mayRemove();
      this.vault.snapshots = this.vault.snapshots.filter(
        ({ snapshot }) => !ids.includes(snapshot.id),
      );
    });
  }

  prune(watch: RepositoryWatch): Promise<void> {
    return this.#do('prune', watch, 'exclusive', () => {
      this.#open();
      this.#mayRemove();
      const needed = new Set(this.vault.snapshots.flatMap(({ files }) => [...files.values()]));
      for (const text of this.vault.stored) if (!needed.has(text)) this.vault.stored.delete(text);
    });
  }

  async #do<T>(
    call: RepositoryCall,
    { signal }: RepositoryWatch,
    locked: MemoryLock['kind'] | undefined,
    work: () => T,
  ): Promise<T> {
    signal.throwIfAborted();
    this.calls.push(call);
    const trouble = this.#trouble.get(call)?.shift();
    if (trouble && 'before' in trouble) throw trouble.before;
    const lock = locked && this.#lock(locked);
    await this.#held(call, signal, lock);
    try {
      signal.throwIfAborted();
      const answer = work();
      if (trouble && 'after' in trouble) throw trouble.after;
      return answer;
    } finally {
      if (lock) this.vault.locks.delete(lock);
    }
  }

  /** Waits where the call is held. Killed there, it never goes on. */
  async #held(call: RepositoryCall, signal: AbortSignal, lock?: MemoryLock): Promise<void> {
    const hold = this.#holds.get(call)?.shift();
    if (!hold) return;
    hold.reach();
    await Promise.race([hold.released, aborted(signal)]);
    if (lock?.isStale) await new Promise<never>(() => undefined);
  }

  /** Breaks what was left behind, and respects what is alive. */
  #lock(kind: MemoryLock['kind']): MemoryLock {
    const { locks } = this.vault;
    for (const other of locks) if (other.isStale) locks.delete(other);
    if (this.#options.mayWrite === false) throw fault('BACKUP_ACCESS_DENIED');
    const isFree = [...locks].every((other) => kind === 'shared' && other.kind === 'shared');
    if (!isFree) throw fault('BACKUP_REPOSITORY_LOCKED');
    const lock: MemoryLock = { kind, isStale: false };
    locks.add(lock);
    return lock;
  }

  get #password(): string {
    return this.#options.password ?? 'the password of the tests';
  }

  #open(): void {
    if (this.vault.password === undefined) throw fault('BACKUP_REPOSITORY_MISSING');
    if (this.vault.password !== this.#password) throw fault('BACKUP_PASSWORD_WRONG');
  }

  #mayRemove(): void {
    if (this.#options.mayRemove === false) throw fault('BACKUP_ACCESS_DENIED');
  }

  #addTrouble(call: RepositoryCall, trouble: Trouble): void {
    this.#trouble.set(call, [...(this.#trouble.get(call) ?? []), trouble]);
  }
}

/** Content is looked at only as deep as the check goes; everything else is seen by any. */
const isSeen = ({ code, detail }: RepositoryDamage, depth: CheckDepth): boolean => {
  if (code !== 'PACK_DAMAGED' || depth.depth === 'everything') return true;
  if (depth.depth === 'structure') return false;
  return Number.parseInt(detail.slice(-4), 16) % depth.of === depth.part - 1;
};

const bytesOf = (texts: readonly string[]): number =>
  texts.reduce((sum, text) => sum + new TextEncoder().encode(text).length, 0);

const progressOf = ({ files, bytes }: { files: number; bytes: number }) => ({
  filesDone: files,
  bytesDone: bytes,
});

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
