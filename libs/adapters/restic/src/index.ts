export { lookAtRestic, type ResticProgram } from './version.js';
export type { BucketCredentials, ResticOptions } from './options.js';
export { resticRepository } from './repository.js';
export { resticBytes } from './restored-bytes.js';
export { bucketAddress, type BucketAddress } from './bucket-address.js';
export { notesBeside } from './notes-beside.js';
export type { NotesBeside, NotesWatch } from './notes.js';
