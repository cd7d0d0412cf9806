import { nonEmpty, objectOf, objectsOf, text, type Foreign } from '#libs/foreign';
import { withoutQuotes } from '#libs/ports/chat';

/** The server’s note in place of a file that it deleted, in the language of the server. */
const REMOVED_TYPE = 'removed-file';
const REMOVED_COLOR = '#FD745E';
const REMOVED_TEXT = /^_[^_]*_$/u;

const said = (value: unknown): string | undefined => text(value)?.trim() || undefined;

const isQuote = ({ message_link: link }: Foreign): boolean =>
  typeof link === 'string' && link !== '';
const isFile = ({ type }: Foreign): boolean => type === 'file';
const isRemoved = ({ color, text: words, title, type }: Foreign): boolean =>
  type === REMOVED_TYPE ||
  (color === REMOVED_COLOR && title === undefined && REMOVED_TEXT.test(said(words) ?? ''));

/**
 * All that was said: the text, the caption of a file, what an integration hung on it, the question of an app. Quotes are
 * copies of other messages, and stay there.
 */
export const messageText = ({ attachments, blocks, msg }: Foreign): string | undefined => {
  const own = said(withoutQuotes(said(msg) ?? ''));
  const hung = objectsOf(attachments).flatMap((one) => {
    if (isQuote(one) || isRemoved(one)) return [];
    return isFile(one)
      ? [said(one.description)]
      : [said(one.title), said(one.text), ...fieldsIn(one)];
  });
  const asked = objectsOf(blocks).map(({ text: words }) => said(objectOf(words)?.text));
  const parts = [own, ...hung, ...asked].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : [...new Set(parts)].join('\n');
};

/** `House: Quay House`. */
const fieldsIn = ({ fields }: Foreign): readonly (string | undefined)[] =>
  objectsOf(fields).map(({ title, value }) => {
    const [name, words] = [said(title), valueIn(value)];
    return name === undefined || words === undefined ? (words ?? name) : `${name}: ${words}`;
  });

const valueIn = (value: unknown): string | undefined =>
  typeof value === 'number' || typeof value === 'boolean' ? String(value) : said(value);

const THUMBNAIL = 'thumb-';

/** Each file once: of a picture the server keeps a small one beside it. */
export const fileNames = ({ attachments, file, files }: Foreign): readonly string[] | undefined => {
  if (objectsOf(attachments).some(isRemoved)) return undefined;
  const listed = objectsOf(files);
  const names = (listed.length > 0 ? listed : objectsOf([file])).map(({ name }) => said(name));
  const known = new Set(names);
  return nonEmpty(
    names.flatMap((name) => {
      const isSmall = name?.startsWith(THUMBNAIL) && known.has(name.slice(THUMBNAIL.length));
      return name === undefined || isSmall ? [] : [name];
    }),
  );
};
