/** One state of some folders, as a repository keeps it. */
export interface Snapshot {
  /** 64 hex digits. */
  readonly id: string;
  /** RFC 3339 with the offset of the machine that made it: days and weeks are cut by that offset. */
  readonly time: string;
  readonly host: string;
  readonly paths: readonly string[];
  readonly tags: readonly string[];
  /** What the repository says of its content; old versions say nothing. */
  readonly content?: { readonly files: number; readonly bytes: number };
}

/** What is saved as one snapshot. */
export interface SavedFolders {
  /** Absolute; the same ones each time, so that unchanged files are known again. */
  readonly paths: readonly string[];
  readonly tags: readonly string[];
  readonly host: string;
}

export interface SavedSnapshot {
  readonly id: string;
  readonly files: number;
  readonly bytes: number;
  /** What was new in it, as it was stored. */
  readonly addedBytes: number;
  /** Files that were there and could not be read: the snapshot lacks them. */
  readonly unreadable: number;
}

export interface RepositoryProgress {
  readonly filesDone: number;
  readonly files?: number;
  readonly bytesDone: number;
  readonly bytes?: number;
}

/** How long work is watched, and stopped. */
export interface RepositoryWatch {
  /** Aborted: the work ends soon, leaves no lock behind, and throws the signal's reason. */
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: RepositoryProgress) => void;
}

/**
 * How much of it a check reads. `structure`: indexes, snapshots and trees. `part`: also one part of so many of the
 * content; all parts together are everything.
 */
export type CheckDepth =
  | { readonly depth: 'structure' }
  | { readonly depth: 'part'; readonly part: number; readonly of: number }
  | { readonly depth: 'everything' };

/** Something that a check found wrong. An empty list is a repository in which nothing was wrong. */
export interface RepositoryDamage {
  readonly code: RepositoryDamageCode;
  /** Ids of packs, snapshots and indexes; never a path of a saved file. */
  readonly detail: string;
}

export type RepositoryDamageCode =
  | 'INDEX_DAMAGED'
  | 'KEY_DAMAGED'
  | 'PACK_DAMAGED'
  | 'PACK_MISSING'
  | 'REPOSITORY_DAMAGED'
  | 'SNAPSHOT_DAMAGED'
  | 'TREE_DAMAGED';

export interface RestoreOrder {
  readonly snapshot: string;
  /** A folder that exists and is empty. */
  readonly to: string;
  /** Only what lies at or under this path of the snapshot. */
  readonly path?: string;
}

export interface RestoredFolders {
  readonly files: number;
  readonly bytes: number;
  /** Where each saved path lies now. */
  readonly places: Readonly<Record<string, string>>;
}

/**
 * Snapshots of folders, encrypted under one password, each part stored once.
 *
 * Whole or not at all: a snapshot is listed when everything in it is stored. A `save` that was killed leaves none, and
 * what it stored is used by the next one.
 * Locks: one that its owner left behind is broken once it is stale, and by nobody before. Live ones are respected.
 * Reading changes nothing: `list`, `check` and `restore` work where nothing may be written.
 * Failure: throws a fault `BACKUP_…`, by cause: program missing, repository missing, password wrong, access denied, full,
 * locked, damaged, unreachable. What is none of them is unreachable. No text of it names a password or a credential.
 */
export interface SnapshotRepository {
  /** Makes it where it is missing. Twice is once. `BACKUP_PASSWORD_WRONG` where it is of another password. */
  prepare(watch: RepositoryWatch): Promise<{ readonly made: boolean }>;

  /** A path that is missing is `BACKUP_SOURCE_MISSING`, and there is no snapshot. */
  save(folders: SavedFolders, watch: RepositoryWatch): Promise<SavedSnapshot>;

  /** Oldest first. */
  list(watch: RepositoryWatch): Promise<readonly Snapshot[]>;

  check(depth: CheckDepth, watch: RepositoryWatch): Promise<readonly RepositoryDamage[]>;

  /** What it wrote was read back and compared. */
  restore(order: RestoreOrder, watch: RepositoryWatch): Promise<RestoredFolders>;

  /** Removes these snapshots, and none besides. What is gone already is no failure. */
  remove(ids: readonly string[], watch: RepositoryWatch): Promise<void>;

  /** Gives back the room of what no snapshot needs. */
  prune(watch: RepositoryWatch): Promise<void>;
}
