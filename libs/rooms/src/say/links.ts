/** Longer addresses are left out: a message has room for few of them. */
const LONGEST_LINK = 600;

const encoded = (text: string): string =>
  encodeURIComponent(text.isWellFormed() ? text : text.toWellFormed()).replaceAll(
    /[!'()*~]/gu,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );

const baseOf = (publicUrl: string): string => publicUrl.replace(/\/+$/u, '');

/** Where a reader opens a record; `undefined`: nowhere. */
export const recordAddress = (
  publicUrl: string | undefined,
  record: string,
): string | undefined => {
  if (publicUrl === undefined) return undefined;
  const [kind = '', ...id] = record.split('/');
  const address = `${baseOf(publicUrl)}/r/${encoded(kind)}/${encoded(id.join('/'))}`;
  return address.length <= LONGEST_LINK ? address : undefined;
};

/** Where a reader opens a question with its whole answer. */
export const questionAddress = (
  publicUrl: string | undefined,
  question: string,
): string | undefined =>
  publicUrl === undefined ? undefined : `${baseOf(publicUrl)}/ask?question=${encoded(question)}`;

/** The label is our own, or a name in which the chat sees nothing. */
export const namedLink = (label: string, address: string): string => `[${label}](${address})`;
