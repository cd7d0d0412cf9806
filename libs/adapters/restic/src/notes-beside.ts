import { bucketAddress } from './bucket-address.js';
import { BucketNotes } from './notes-in-bucket.js';
import { FolderNotes } from './notes-in-folder.js';
import type { NotesBeside } from './notes.js';
import type { BucketCredentials } from './options.js';

export interface NotesBesideOptions {
  /** An absolute folder, or a bucket by restic's own writing. */
  readonly repository: string;
  readonly credentials?: BucketCredentials;
}

export const notesBeside = ({ repository, credentials }: NotesBesideOptions): NotesBeside => {
  const address = bucketAddress(repository);
  return address ? new BucketNotes(address, credentials) : new FolderNotes(repository);
};
