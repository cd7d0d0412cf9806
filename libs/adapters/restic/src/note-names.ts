import { fault } from '#libs/kernel';

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
