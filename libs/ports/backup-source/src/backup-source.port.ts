/**
 * `innkeeper`: the log, raw deliveries and documents that are not made from the log. `keys`: its keys, wrapped, in a
 * repository of their own. `mongodb`: databases of others. `folder`: files where they lie.
 */
export type BackupSourceKind = 'innkeeper' | 'keys' | 'mongodb' | 'folder';

/** Up to where the source was read. */
export type SourcePosition =
  | { readonly at: 'log'; readonly era: number; readonly position: number; readonly hash: string }
  | { readonly at: 'cluster_time'; readonly seconds: number; readonly increment: number };

/** What a copy holds, written beside it as `manifest.json`. A drill counts and compares by it. */
export interface BackupManifest {
  readonly format: 1;
  readonly source: string;
  readonly kind: BackupSourceKind;
  /** When reading began: nothing later than this is missing by right. In ms since 1970. */
  readonly takenAt: number;
  /** Versions of what wrote it and of what it was read from. */
  readonly versions: Readonly<Record<string, string>>;
  readonly position?: SourcePosition;
  /** By collection, table or folder. */
  readonly counts: Readonly<Record<string, number>>;
  /** SHA-256 as hex, of the same names, over content and not over the bytes of a file that may be packed again. */
  readonly checksums: Readonly<Record<string, string>>;
  readonly files: number;
  readonly bytes: number;
  /** Deliveries that waited on the bus and are not in the copy. */
  readonly waiting?: number;
}

export interface SourceProgress {
  /** The collection, table or folder that is read. */
  readonly of: string;
  readonly filesDone: number;
  readonly bytesDone: number;
  readonly bytes?: number;
}

export interface SourceWatch {
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: SourceProgress) => void;
}

export interface ExportedSource {
  readonly manifest: BackupManifest;
  /** What to save: first the folder that was given, with `manifest.json`, then what is saved where it lies. */
  readonly paths: readonly string[];
  /** What a person should know: read later than wanted, a file that went meanwhile. Codes with ids. */
  readonly warnings: readonly { readonly code: string; readonly detail: string }[];
}

/** A copy that came back from a repository. */
export interface RestoredSource {
  /** The folder with `manifest.json`. */
  readonly folder: string;
  /** Where each other saved path lies now. */
  readonly places: Readonly<Record<string, string>>;
  /** An empty folder of the run, for programs that are started from the copy. */
  readonly scratch: string;
}

/** What a drill saw of one source. An empty list of differences is a copy that is as its manifest says. */
export interface SourceProof {
  readonly manifest: BackupManifest;
  readonly differences: readonly { readonly code: SourceDifferenceCode; readonly detail: string }[];
  /** What was started from the copy, with its version; nothing where nothing could be. */
  readonly started?: string;
}

export type SourceDifferenceCode =
  | 'CHECKSUM_DIFFERS'
  | 'COUNT_DIFFERS'
  | 'DATABASE_NOT_STARTED'
  | 'FILE_DIFFERS'
  | 'FILE_MISSING'
  | 'MANIFEST_UNREADABLE';

/**
 * Something that is backed up.
 *
 * One moment: everything in one copy was so at one time, which the manifest names.
 * Live: exporting holds nobody up, and writes nothing to what it reads.
 * Again: into an emptied folder it may be done any number of times. Failure leaves the folder for its owner to remove.
 * Failure: `BACKUP_SOURCE_MISSING`, `BACKUP_SOURCE_EMPTY`, `BACKUP_SOURCE_UNREADABLE`, `BACKUP_SCRATCH_FULL`.
 */
export interface BackupSource {
  /** `[a-z][a-z0-9-]*`. */
  readonly name: string;
  readonly kind: BackupSourceKind;

  /** `into`: an empty folder of the run, the same path each time. */
  export(into: string, watch: SourceWatch): Promise<ExportedSource>;

  /** Compares a copy with its manifest, from a database that is started on it where it was one. Touches nothing that lives. */
  prove(restored: RestoredSource, watch: SourceWatch): Promise<SourceProof>;
}
