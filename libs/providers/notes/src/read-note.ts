import { flag, objectOf, present, text as textOf, type Foreign } from '#libs/foreign';
import { parse } from 'yaml';

/** In UTF-16 units. A house manual of forty printed pages fits; a fact has its limit, too. */
export const NOTE_LENGTH = 65_536;

/** A note as its author wrote it: what the front matter says, and the Markdown below. */
export interface ReadNote {
  /** A listing by its id or its nickname. */
  readonly listing?: string;
  readonly title?: string;
  readonly tags?: readonly string[];
  readonly language?: string;
  /** Its author takes it away. */
  readonly deleted?: true;
  readonly text: string;
}

const FRONT = /^\uFEFF?---[ \t]*\r?\n(?:([\s\S]*?)\r?\n)??(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/;

/** `undefined`: the front matter is no YAML, or says something in another form than a note does. */
export const readNote = (markdown: string): ReadNote | undefined => {
  const whole = markdown.toWellFormed();
  const [fence = '', yaml = ''] = FRONT.exec(whole) ?? [];
  const front = fieldsIn(yaml);
  if (!front) return undefined;
  const text = whole
    .slice(fence.length)
    .replace(/^\uFEFF/, '')
    .trim();
  const said = {
    deleted: flag(front['deleted']) === true ? (true as const) : undefined,
    language: languageOf(front['language'] ?? front['lang']),
    listing: lineOf(front['listing']),
    tags: tagsOf(front['tags']),
    text,
    title: lineOf(front['title']) ?? headlineOf(text),
  };
  for (const name of ['listing', 'title', 'tags'] as const)
    if (isSaid(front[name]) && said[name] === undefined) return undefined;
  return present(said);
};

/** Everything in it is text, so a door code `0042` keeps its noughts. */
const fieldsIn = (yaml: string): Foreign | undefined => {
  if (yaml.trim() === '') return {};
  try {
    // Aliases can make a small text large; a note needs none.
    const parsed: unknown = parse(yaml, {
      schema: 'failsafe',
      maxAliasCount: 0,
      logLevel: 'error',
    });
    const fields = objectOf(parsed);
    return fields && { ...fields, deleted: fields['deleted'] === 'true' };
  } catch {
    // Its message quotes the note.
    return undefined;
  }
};

const isSaid = (value: unknown): boolean => value !== undefined && value !== '' && value !== null;

const LINE_LENGTH = 300;
export const lineOf = (value: unknown): string | undefined => {
  const line = textOf(value)?.replaceAll(/\s+/g, ' ').trim();
  return line === undefined || line === '' || line.length > LINE_LENGTH ? undefined : line;
};

const headlineOf = (text: string): string | undefined =>
  lineOf(/^ {0,3}#{1,2}[ \t]+(.+?)(?:[ \t]+#+)?[ \t]*$/m.exec(text)?.[1]);

const LANGUAGE = /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/;
export const languageOf = (value: unknown): string | undefined =>
  typeof value === 'string' && LANGUAGE.test(value) ? value : undefined;

const MOST_TAGS = 30;
const TAG_LENGTH = 60;
/** `[wifi, router]`, a list, or words with commas. */
export const tagsOf = (value: unknown): readonly string[] | undefined => {
  const all: readonly unknown[] =
    typeof value === 'string' ? value.split(',') : Array.isArray(value) ? value : [];
  const tags = all.flatMap((tag) => lineOf(tag) ?? []).filter((tag) => tag.length <= TAG_LENGTH);
  return tags.length === 0 || tags.length > MOST_TAGS ? undefined : [...new Set(tags)];
};
