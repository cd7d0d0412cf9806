/** Of what sort a file of a repository is, by where it lies. */
export type RepositoryFileKind =
  'config' | 'index' | 'key' | 'lock' | 'other' | 'pack' | 'snapshot';

export interface RepositoryFile {
  readonly kind: RepositoryFileKind;
  /** For a pack, an index, a snapshot and a key: the SHA-256 of its content, as hex. */
  readonly name: string;
  readonly bytes: number;
  readonly writtenAt: number;
}

/** A repository that lies in a folder, looked at without the program that made it. */
export interface RepositoryFiles {
  /** `undefined`: there is no folder. */
  list(): Promise<readonly RepositoryFile[] | undefined>;
  /** SHA-256 of its content as hex; `undefined`: it cannot be read. */
  digest(file: RepositoryFile, signal: AbortSignal): Promise<string | undefined>;
}
