import type { SettingNote } from './setting.js';

export type Environment = Readonly<Record<string, string | undefined>>;
export type ReadText = (path: string) => string;

export type Origin = 'environment' | 'file' | 'default' | 'unset';

export interface SettingText {
  readonly note: SettingNote;
  readonly origin: Origin;
  /** Missing when nobody set it and it has no default. */
  readonly text?: string;
  /** The file that it came from. */
  readonly path?: string;
}

/** The text of one setting: from its name, else from the file its `_FILE` names, else its default. */
export const textOfSetting = (
  note: SettingNote,
  env: Environment,
  readText: ReadText,
): SettingText | { readonly wrong: string } => {
  // An empty variable is how compose files and shells say "not set".
  const plain = env[note.name] || undefined;
  const file = env[`${note.name}_FILE`] || undefined;
  if (plain !== undefined && file !== undefined)
    return { wrong: `${note.name}: expected either it or ${note.name}_FILE, not both` };
  if (plain !== undefined) return { note, origin: 'environment', text: plain };
  if (file !== undefined) {
    try {
      return { note, origin: 'file', path: file, text: readText(file).replace(/\r?\n$/, '') };
    } catch {
      return { wrong: `${note.name}_FILE: expected the path of a file that can be read` };
    }
  }
  return note.byDefault === undefined
    ? { note, origin: 'unset' }
    : { note, origin: 'default', text: note.byDefault };
};
