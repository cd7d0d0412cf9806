/**
 * The chat shows a dialect of markdown, and makes links, calls, pictures and signs of what people write. What comes from
 * records must reach its reader letter by letter and do nothing. So each word that is more than letters stands as inline
 * code: of what is in it the chat makes nothing. A backtick, which would end it, stands between two of these, escaped.
 */

/** Control signs, what has no width, what turns the direction of writing, tags that nobody sees. */
const UNSEEN = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{DI}]/gu;
/** Of these the chat makes nothing, at any place in a word. */
const PLAIN =
  /^[\p{L}\p{M}\p{N}\p{So}\p{Extended_Pictographic}.,;:!?'"()%&/–—\-…„“”‚‘’«»‹›·•§+=¿¡{}€£×]*$/u;
/** An address, also one without a scheme, and a telephone number. */
const BECOMES_LINK = /(?:^|[^.])\.\p{L}{2}|\d+\.\d+\.\d+\.\d|\+\d{3}/u;
/** `8)`, `D:`, `=)`: two signs that become a picture, and are gone. */
const BECOMES_PICTURE =
  /(?<![\p{L}\p{M}\p{N}(])(?:[8BX%]-?\)|D:)|:(?=[^\d\s])|(?<!\d):(?=\d)|;(?=\S)|=(?=[^\p{L}\p{N}])|(?<![\p{L}\p{N}])=(?=\S)|-_-/iu;
const RULE = /^[-=]{3,}$/u;

const isPlain = (word: string): boolean =>
  PLAIN.test(word) && !BECOMES_LINK.test(word) && !BECOMES_PICTURE.test(word) && !RULE.test(word);

const SCHEME = /[a-z][a-z0-9+.-]{0,20}:\/\/+/giu;
/** Programs look for an address in code too if it has a scheme; without one a person still reads where it led. */
const withoutScheme = (word: string): string => {
  const bare = word.replaceAll(SCHEME, '');
  return bare === word ? word : withoutScheme(bare.replaceAll('.', '[.]'));
};

const EVERYBODY = new Set(['all', 'here', 'channel', 'everyone', 'user', 'team']);
const WITHIN_WORD = /[\p{L}\p{M}\p{N}._%+*~!$^&=-]$/u;

/** A sign that calls stays only within a word, and not before a name that calls everybody. */
const withoutCalls = (word: string): string => {
  const silent = word.replaceAll(/[@＠﹫]+/gu, (sign, at: number) => {
    const after = word.slice(at + sign.length);
    const name = /^\w*/.exec(after)?.[0].toLowerCase() ?? '';
    const stays =
      /^@+$/.test(sign) &&
      after !== '' &&
      WITHIN_WORD.test(word.slice(0, at)) &&
      !EVERYBODY.has(name);
    return stays ? sign : '';
  });
  return silent === word ? word : withoutCalls(silent);
};

/** What is around a word and no part of it. An exclamation mark may well be part of a password. */
const EDGES = /^(?<before>["'„“”«‹‘(¿¡]*)(?<core>.*?)(?<after>["'”“»›’.,;:?…]*)$/su;

/** So many signs stand together at most: a cut between two pieces is never far. */
const LONGEST_PIECE = 200;

/** One word, or a part of a long one. */
export const literalPieces = (written: string): readonly string[] => {
  const word = withoutCalls(withoutScheme(written));
  return isPlain(word) ? inParts(word, LONGEST_PIECE) : guardedPieces(word);
};

const guardedPieces = (word: string): readonly string[] => {
  const { before = '', core = '', after = '' } = EDGES.exec(word)?.groups ?? {};
  // Nothing but edges, or edges that are more than that to the chat.
  if (core === '' || !isPlain(before) || !isPlain(after)) return inCode(word);
  if (core.endsWith(')') && before.endsWith('(')) {
    const inside = core.slice(0, -1);
    if (inside !== '') return joinedEdges(before, inCode(inside), `)${after}`);
  }
  return joinedEdges(before, inCode(core), after);
};

const joinedEdges = (before: string, pieces: readonly string[], after: string): readonly string[] =>
  pieces.map((piece, i) => {
    const isLast = i === pieces.length - 1;
    return `${i === 0 ? before : ''}${piece}${isLast ? after : ''}`;
  });

/** After `>` a sign for a room counts in code too. */
const inCode = (word: string): readonly string[] =>
  word
    .split(/(`)|(?<=>)(?=#)/u)
    .filter((part) => part !== undefined && part !== '')
    .flatMap((part) =>
      part === '`' ? ['\\`'] : inParts(part, LONGEST_PIECE).map((one) => `\`${one}\``),
    );

/** Never within a sign. */
const inParts = (text: string, length: number): readonly string[] => {
  if (text.length <= length) return [text];
  const end = text.codePointAt(length - 1);
  const at = end !== undefined && end > 0xff_ff ? length - 1 : length;
  return [text.slice(0, at), ...inParts(text.slice(at), length)];
};

/** A text as its lines, without what nobody sees. */
export const seenLines = (text: string): readonly string[] =>
  text
    .normalize('NFC')
    .replaceAll(/\r\n?|[\u0085\u2028\u2029\v\f]/gu, '\n')
    .replaceAll(UNSEEN, '')
    .split('\n')
    .map((line) => line.replaceAll(/\s+/gu, ' ').trim());

/** A text of one line, as the chat shows it letter by letter. */
export const literalLine = (text: string): string =>
  seenLines(text)
    .filter(Boolean)
    .join(' ')
    .split(' ')
    .map((word) => literalPieces(word).join(''))
    .filter(Boolean)
    .join(' ');
