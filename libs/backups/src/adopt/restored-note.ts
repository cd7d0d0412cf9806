import type { RunSource } from '../run/backup-run.js';

/** What a restore brought back and found to be what was saved: the only run whose end its own log cannot know. */
export interface RestoredNote {
  readonly run: string;
  readonly sources: readonly RestoredNoteSource[];
}

export type RestoredNoteSource = Required<Pick<RunSource, 'name' | 'snapshot' | 'files' | 'bytes'>>;

/** Below the data directory. */
export const RESTORED_NOTE_FILE = 'backups/restored.json';

export const restoredNoteText = ({ run, sources }: RestoredNote): string =>
  `${JSON.stringify({
    run,
    sources: sources.map(({ name, snapshot, files, bytes }) => ({ name, snapshot, files, bytes })),
  })}\n`;

/** None where it is not one: then that run stays unknown, and nothing is lost. */
export const readRestoredNote = (text: string): RestoredNote | undefined => {
  try {
    const { run, sources } = JSON.parse(text) as Partial<Record<keyof RestoredNote, unknown>>;
    if (typeof run !== 'string' || !Array.isArray(sources) || !sources.every(isSource))
      return undefined;
    return { run, sources };
  } catch {
    return undefined;
  }
};

const isSource = (value: unknown): value is RestoredNoteSource => {
  const { name, snapshot, files, bytes } = value as Record<string, unknown>;
  return (
    [name, snapshot].every((one) => typeof one === 'string') &&
    [files, bytes].every((one) => Number.isSafeInteger(one))
  );
};
