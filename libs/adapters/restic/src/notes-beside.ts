import { bucketAddress } from './bucket-address.js';
import { BucketNotes } from './notes-in-bucket.js';
import { FolderNotes } from './notes-in-folder.js';
import type { BucketCredentials } from './options.js';

export interface NotesWatch {
  readonly signal: AbortSignal;
}

/** Short texts that lie beside a repository, in `runs/`, where restic never looks. By name, whole or not at all. */
export interface NotesBeside {
  write(name: string, text: string, watch: NotesWatch): Promise<void>;
  /** `undefined`: there is none. */
  read(name: string, watch: NotesWatch): Promise<string | undefined>;
  /** What was not there is gone. */
  remove(name: string, watch: NotesWatch): Promise<void>;
  /** Names of those that were written before this time. */
  before(time: number, watch: NotesWatch): Promise<readonly string[]>;
}

export interface NotesBesideOptions {
  /** An absolute folder, or a bucket by restic's own writing. */
  readonly repository: string;
  readonly credentials?: BucketCredentials;
}

export const notesBeside = ({ repository, credentials }: NotesBesideOptions): NotesBeside => {
  const address = bucketAddress(repository);
  return address ? new BucketNotes(address, credentials) : new FolderNotes(repository);
};
