import { fault } from '#libs/kernel';

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

export const NOTES_FOLDER = 'runs';

/** One that is longer is not ours. */
export const LONGEST_NOTE_BYTES = 1 << 20;

const NAME = /^[a-z0-9][a-z0-9-]{0,127}$/;

/** No name leads elsewhere, and none is longer than a server may make us read. */
export const noteFile = (name: string): string => {
  if (!NAME.test(name)) throw fault('DEFECT_UNKNOWN', { details: { reason: 'note_name' } });
  return `${name}.json`;
};

export const nameOfNote = (file: string): string | undefined => {
  const [, name] = /^([^.]+)\.json$/.exec(file) ?? [];
  return name !== undefined && NAME.test(name) ? name : undefined;
};

export const refuseLong = (text: string): void => {
  if (Buffer.byteLength(text) > LONGEST_NOTE_BYTES)
    throw fault('DEFECT_UNKNOWN', { details: { reason: 'note_too_long' } });
};
