/** Where text is written without blanks, this many characters weigh as much as one word. */
const LETTERS_OF_A_WORD = 8;

/** How long a text is, in words or what weighs as much. Joining two texts never gives more than both and one. */
export const sizeOf = (text: string): number => {
  let runs = 0;
  let letters = 0;
  let isInside = false;
  for (let i = 0; i < text.length; i++) {
    const isBlank = isBlankAt(text, i);
    if (!isBlank) letters++;
    if (!isBlank && !isInside) runs++;
    isInside = !isBlank;
  }
  return Math.max(runs, Math.ceil(letters / LETTERS_OF_A_WORD));
};

/** Of JavaScript's own blanks: what `trim` takes away. */
export const isBlankAt = (text: string, i: number): boolean => {
  const code = text.charCodeAt(i);
  return code <= 0x20 ? isControlBlank(code) : code >= 0x80 && /\s/u.test(text.charAt(i));
};

const isControlBlank = (code: number): boolean => code === 0x20 || (code >= 0x09 && code <= 0x0d);

export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

/** Without the blanks at both ends; nothing where nothing else is there. */
export const trimmed = (text: string, { start, end }: TextSpan): TextSpan | undefined => {
  let first = start;
  let last = end;
  while (first < last && isBlankAt(text, first)) first++;
  while (last > first && isBlankAt(text, last - 1)) last--;
  return first < last ? { start: first, end: last } : undefined;
};

/** The same spans in a text that has so many more signs before them. */
export const moved = (spans: readonly TextSpan[], by: number): readonly TextSpan[] =>
  spans.map(({ start, end }) => ({ start: start + by, end: end + by }));

export const isWithinAny = ({ start, end }: TextSpan, spans: readonly TextSpan[]): boolean =>
  spans.some((span) => span.start <= start && end <= span.end);

/** What of these spans stands in a part of the text, by its place there. */
export const clipped = (spans: readonly TextSpan[], part: TextSpan): readonly TextSpan[] =>
  spans.flatMap(({ start, end }) => {
    const [from, to] = [Math.max(start, part.start), Math.min(end, part.end)];
    return from < to ? [{ start: from - part.start, end: to - part.start }] : [];
  });
