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
  /** Its content with its name. `other`: also what the disk cannot read. `gone`: removed since it was listed. */
  compare(file: RepositoryFile, signal: AbortSignal): Promise<'same' | 'other' | 'gone'>;
}
