import { fault } from '#libs/kernel';

/** One line of restic's output, if it was an object. Unknown kinds and fields are left alone: they come with any version. */
export type ResticMessage = Readonly<Record<string, unknown>>;

export const messageIn = (line: string): ResticMessage | undefined => {
  if (!line.startsWith('{')) return undefined;
  const value = parsed(line);
  return isObject(value) ? value : undefined;
};

/** The first JSON value of an output that may go on as text, as `forget --json` does. */
export const firstList = (output: string): readonly ResticMessage[] => {
  for (const line of output.split('\n')) {
    if (line.startsWith('null')) return [];
    if (!line.startsWith('[')) continue;
    const value = parsed(line);
    if (Array.isArray(value)) return value.filter(isObject);
  }
  throw fault('BACKUP_REPOSITORY_UNREACHABLE', { details: { said: 'no list' } });
};

export const textAt = (message: ResticMessage, name: string): string | undefined => {
  const value = message[name];
  return typeof value === 'string' ? value : undefined;
};

export const countAt = (message: ResticMessage, name: string): number | undefined => {
  const value = message[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
};

export const textsAt = (message: ResticMessage, name: string): readonly string[] => {
  const value = message[name];
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
};

export const objectAt = (message: ResticMessage, name: string): ResticMessage | undefined => {
  const value = message[name];
  return isObject(value) ? value : undefined;
};

/** What a line says, in words: newer versions wrap it, older ones print it. */
export const wordsOf = (line: string): string => {
  const message = messageIn(line);
  if (!message) return line;
  const error = objectAt(message, 'error');
  const words = [textAt(message, 'message'), error && textAt(error, 'message')];
  return words.filter((one) => one !== undefined).join(' ') || line;
};

const isObject = (value: unknown): value is ResticMessage =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
