/** Control signs, what has no width, what turns the direction of writing, tags that nobody sees. */
const UNSEEN = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{DI}]/gu;

/** Without what a person does not see and a machine reads. */
export const withoutUnseen = (text: string): string => text.replaceAll(UNSEEN, '');

const IMAGE = /!\[[^\]\n]*\](?:\([^)\n]*\)|\[[^\]\n]*\])?/gu;
const NAMED_LINK = /\[([^\]\n]*)\](?:\([^)\n]*\)|\[[^\]\n]*\])/gu;
const DEFINED_LINK = /^\s*\[[^\]\n]+\]:\s*\S+.*$/gmu;
const TAG = /<\/?[a-z!?][^<>\n]*>/giu;
const ADDRESS =
  /(?:[a-z][a-z0-9+.-]{1,20}:(?:\/\/|\\\\)|www\.|(?:mailto|javascript|data|tel|sms|file):)[^\s<>"')\]]*/giu;
/** A host without its scheme: chat programs make links of these too. */
const HOST =
  /(?<![\p{L}\p{N}@._%+-])(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+\p{L}{2,24}(?=[/:?#]\S|(?![\p{L}\p{N}@-]))(?:[/:?#][^\s<>"')\]]*)?/giu;
const ABBREVIATION = /^(?:[\p{L}]{1,3}\.)+\p{L}{1,3}$/u;

const isHost = (written: string): boolean =>
  !ABBREVIATION.test(written) && !/\.\p{Lu}\p{Ll}/u.test(written);

/** Whether a text holds something that somewhere becomes a link. */
export const hasLink = (text: string): boolean => {
  const seen = withoutUnseen(text).normalize('NFKC');
  return (
    [...seen.matchAll(ADDRESS)].length > 0 ||
    /\]\s?\(|<\s*(?:a|img|script|iframe|svg)\b/iu.test(seen) ||
    [...seen.matchAll(HOST)].some(({ 0: host }) => isHost(host))
  );
};

const pointsBroken = (address: string): string =>
  address.replace(/^[a-z][a-z0-9+.-]*:(?:\/\/|\\\\)?/iu, '').replaceAll('.', '[.]');

/** So that nothing makes a link of it, while a person still reads where it led. */
export const withoutLinks = (text: string): string =>
  text
    .replaceAll(IMAGE, '')
    .replaceAll(NAMED_LINK, '$1')
    .replaceAll(TAG, '')
    .replaceAll(ADDRESS, pointsBroken)
    .replaceAll(HOST, (host) => (isHost(host) ? pointsBroken(host) : host));

const MAIL_OR_CALL =
  /([\p{L}\p{N}](?:[\p{L}\p{N}._%+-]*[\p{L}\p{N}_+-])?@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+)|(?<=[\p{L}\p{N}])(@)(?=[\p{L}\p{N}])(?!(?:all|channel|everyone|here)\b)|[@＠]+/gu;

/** `@all` calls nobody: the sign goes, the word stays. A mail address calls nobody, and neither does a sign in a password. */
export const withoutMentions = (text: string): string =>
  text.replaceAll(
    MAIL_OR_CALL,
    (_, mail: string | undefined, inWord: string | undefined) => mail ?? inWord ?? '',
  );

/** A model's words as plain text: no markup, no tags, no links, nobody called. */
export const plainText = (text: string): string =>
  withoutMentions(
    withoutUnseen(text)
      .replaceAll(IMAGE, '')
      .replaceAll(DEFINED_LINK, '')
      .replaceAll(NAMED_LINK, '$1')
      .replaceAll(TAG, '')
      .replaceAll(/[<>]/gu, '')
      .replaceAll(/`+|~~|\||\*{2,}/gu, '')
      .replaceAll(/\*(?=\S)([^*\n]*[^*\s])\*/gu, '$1')
      .replaceAll(/(?<![\p{L}\p{N}])(_{1,3})(?=\S)([^_\n]*[^_\s])\1(?![\p{L}\p{N}])/gu, '$2')
      .replace(/^\s*(?:#{1,6}\s+|>+\s*|[-*+•–]\s+|\d{1,2}[.)]\s+(?=\p{L}))+/u, ''),
  )
    .replaceAll(/\s+/gu, ' ')
    .trim();
