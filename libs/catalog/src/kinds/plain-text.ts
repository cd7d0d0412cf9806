/** Signs that a text is HTML: mail clients and editors of booking systems write it. */
const HTML =
  /<\/?(?:a|b|blockquote|body|br|div|em|font|h[1-6]|html|i|li|ol|p|span|strong|table|td|tr|ul)\b[^<>]*>/iu;
const UNREAD = /<(style|script|head|title)\b|<!--/giu;
const ENDS_LINE = /<(?:br|hr)\b[^<>]*>|<\/(?:tr|li|h[1-6]|blockquote)\s*>/giu;
const ENDS_PARAGRAPH = /<\/?(?:p|div|table|ul|ol)\b[^<>]*>/giu;
const BEGINS_ITEM = /<li\b[^<>]*>/giu;

const entities: Readonly<Record<string, string>> = {
  ...{ amp: '&', apos: "'", gt: '>', hellip: '…', lt: '<', nbsp: ' ', ndash: '–', quot: '"' },
};

/** Text as people read it: of HTML, the words and the ends of lines. Any other text stays as it is. */
export const plainText = (text: string): string => {
  if (!HTML.test(text)) return text;
  return withoutUnread(text)
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(BEGINS_ITEM, '\n- ')
    .replaceAll(ENDS_LINE, '\n')
    .replaceAll(ENDS_PARAGRAPH, '\n\n')
    .replaceAll(/<\/?\w[^<>]*>/gu, '')
    .replaceAll(/&(#x?[\da-f]+|\w+);/giu, (written, name: string) => entityOf(name) ?? written)
    .replaceAll(/[^\S\n]*\n[^\S\n]*/gu, '\n')
    .replaceAll(/\n{3,}/gu, '\n\n')
    .trim();
};

const UNREAD_ENDS: Readonly<Record<string, RegExp>> = {
  '': /-->/gu,
  head: /<\/head[^<>]*>/giu,
  script: /<\/script[^<>]*>/giu,
  style: /<\/style[^<>]*>/giu,
  title: /<\/title[^<>]*>/giu,
};

/** Without what no mail client shows. What never ends is text: it is looked for once, so that this takes no time. */
const withoutUnread = (text: string): string => {
  const endless = new Set<RegExp>();
  let kept = '';
  let at = 0;
  for (const { index, 1: name = '' } of text.matchAll(UNREAD)) {
    const ending = UNREAD_ENDS[name.toLowerCase()];
    if (index < at || !ending || endless.has(ending)) continue;
    ending.lastIndex = index;
    if (ending.test(text)) {
      kept += text.slice(at, index);
      at = ending.lastIndex;
    } else endless.add(ending);
  }
  return kept + text.slice(at);
};

const entityOf = (name: string): string | undefined => {
  if (!name.startsWith('#')) return entities[name.toLowerCase()];
  const code = /^#x/iu.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code > 0x1f && code <= 0x10ffff ? String.fromCodePoint(code).toWellFormed() : ' ';
};
