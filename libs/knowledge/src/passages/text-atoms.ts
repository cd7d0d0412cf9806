import { sentencesIn } from './sentences.js';
import { sizeOf, trimmed, type TextSpan } from './text-size.js';

/** How strongly a text is divided before an atom: by a heading most, between two sentences least. */
export type AtomBreak = 'sentence' | 'line' | 'paragraph' | 'heading';

/** What is never cut. In order, they hold every character of the text that is not blank. */
export interface TextAtom extends TextSpan {
  readonly size: number;
  readonly before: AtomBreak;
  /** 1 to 6 where it is a heading. */
  readonly level?: number;
  /** It says what comes next, `You need:`, so that it should not be left alone. */
  readonly isLeadIn: boolean;
}

interface TextLine extends TextSpan {
  readonly text: string;
}

const HEADING = /^ {0,3}(#{1,6})[ \t]+\S/u;
/** As wikis write it. */
const WIKI_HEADING = /^ {0,3}(={1,6})[ \t]*[^=\s](?:.*\S)?[ \t]*\1\s*$/u;
/** The line under a heading. */
const UNDERLINE = /^ {0,3}(={3,}|-{3,})\s*$/u;
/** A line of its own, all in bold: what many write for a heading. */
const BOLD_LINE = /^ {0,3}\*\*[^*\n]{1,80}\*\*:?\s*$/u;
/** An item of a list, a row of a table, a quotation. */
const ITEM = /^\s*(?:[-*+•–·]\s+\S|\(?\d{1,3}[.)]\s+\S|\|.*\||>)/u;
/** A turn of a talk: a short name with a capital or a figure, a colon, words. */
const TURN = /^\s{0,3}[\p{Lu}\p{N}+@][^:\n]{0,60}:\s+\S/u;
const FENCE = /^\s{0,3}(?:```|~~~)/u;

export const atomsOf = (text: string, most: number): readonly TextAtom[] => {
  const atoms: TextAtom[] = [];
  const add = (span: TextSpan, before: AtomBreak, level?: number): void => {
    for (const [i, part] of partsOf(text, span, most).entries())
      atoms.push({
        ...part,
        before: i === 0 ? before : 'sentence',
        isLeadIn: text.charAt(part.end - 1) === ':',
        size: sizeOf(text.slice(part.start, part.end)),
        ...(level !== undefined && { level }),
      });
  };
  for (const { before, isWhole, level, span } of blocksOf(text))
    if (level !== undefined || isWhole) add(span, before, level);
    else
      for (const [i, sentence] of sentencesIn(text, span).entries())
        add(sentence, i === 0 ? before : 'sentence');
  return atoms;
};

interface TextBlock {
  readonly span: TextSpan;
  readonly before: AtomBreak;
  readonly level?: number;
  /** A line of code: no sentences are looked for in it. */
  readonly isWhole?: boolean;
}

/** Headings, list items, rows, turns, lines of code; all other lines together are paragraphs. */
const blocksOf = (text: string): readonly TextBlock[] => {
  const reader = new BlockReader();
  for (const line of linesOf(text)) reader.take(line);
  return reader.end();
};

class BlockReader {
  private readonly blocks: TextBlock[] = [];
  private open: (TextSpan & { readonly before: AtomBreak; readonly lines: number }) | undefined;
  private isCode = false;
  private isFresh = true;

  take(line: TextLine): void {
    const isFence = FENCE.test(line.text);
    if (isFence || this.isCode) this.code(line, isFence);
    else if (line.text.trim() === '') {
      this.close();
      this.isFresh = true;
    } else this.words(line);
  }

  end(): readonly TextBlock[] {
    this.close();
    return this.blocks;
  }

  private code(line: TextLine, isFence: boolean): void {
    this.close();
    if (isFence) this.isCode = !this.isCode;
    if (line.text.trim() !== '')
      this.blocks.push({ span: line, before: this.before(), isWhole: true });
    this.isFresh = false;
  }

  private words(line: TextLine): void {
    const level = headingLevelOf(line.text);
    const underlined = this.open?.lines === 1 ? UNDERLINE.exec(line.text)?.[1] : undefined;
    if (underlined !== undefined && this.open) {
      const span = { start: this.open.start, end: line.end };
      this.open = undefined;
      this.blocks.push({ span, before: 'heading', level: underlined.startsWith('=') ? 1 : 2 });
    } else if (level !== undefined) {
      this.close();
      this.blocks.push({ span: line, before: 'heading', level });
    } else this.text(line);
    this.isFresh = level !== undefined || underlined !== undefined;
  }

  private text(line: TextLine): void {
    if (ITEM.test(line.text) || TURN.test(line.text)) this.close();
    const { before = this.before(), lines = 0, start = line.start } = this.open ?? {};
    this.open = { start, end: line.end, before, lines: lines + 1 };
  }

  private before(): AtomBreak {
    return this.isFresh ? 'paragraph' : 'line';
  }

  private close(): void {
    if (this.open) {
      const { before, end, start } = this.open;
      this.blocks.push({ span: { start, end }, before });
    }
    this.open = undefined;
  }
}

const headingLevelOf = (line: string): number | undefined =>
  HEADING.exec(line)?.[1]?.length ??
  WIKI_HEADING.exec(line)?.[1]?.length ??
  (BOLD_LINE.test(line) ? 6 : undefined);

const linesOf = function* (text: string): Generator<TextLine> {
  let start = 0;
  while (start < text.length) {
    const at = text.indexOf('\n', start);
    const end = at < 0 ? text.length : at;
    yield { start, end, text: text.slice(start, end) };
    start = end + 1;
  }
};

/** A span that is not too long; an enormous one is cut after a clause, else at a blank, else anywhere. */
const partsOf = (text: string, span: TextSpan, most: number): readonly TextSpan[] => {
  const parts: TextSpan[] = [];
  let rest = trimmed(text, span);
  while (rest && sizeOf(text.slice(rest.start, rest.end)) > most) {
    const end = endOfPart(text, rest, most);
    const part = trimmed(text, { start: rest.start, end });
    if (part) parts.push(part);
    rest = trimmed(text, { start: end, end: rest.end });
  }
  if (rest) parts.push(rest);
  return parts;
};

const endOfPart = (text: string, { start, end }: TextSpan, most: number): number => {
  let furthest = start + 1;
  let blank = start;
  let clause = start;
  // The size only grows with the length: the furthest end that is not too long is looked for by halves.
  for (let step = end - start; step >= 1; step = Math.floor(step / 2))
    while (furthest + step <= end && sizeOf(text.slice(start, furthest + step)) <= most)
      furthest += step;
  for (const { index } of text.slice(start, furthest).matchAll(/\s/gu)) {
    blank = start + index;
    if (/[,;:)\]\n–—-]/u.test(text.charAt(blank - 1)) || text.charAt(blank) === '\n')
      clause = blank;
  }
  const least = start + (furthest - start) / 2;
  if (clause > least) return clause;
  if (blank > start) return blank;
  return isInsideOneCharacter(text, furthest) ? furthest - 1 : furthest;
};

/** Between the two halves of a surrogate pair. */
const isInsideOneCharacter = (text: string, at: number): boolean =>
  at > 1 &&
  /[\uDC00-\uDFFF]/u.test(text.charAt(at)) &&
  /[\uD800-\uDBFF]/u.test(text.charAt(at - 1));
