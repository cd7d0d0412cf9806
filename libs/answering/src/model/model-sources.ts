import type { TextSpan } from '#libs/knowledge';

import type { AnswerCitation } from '../answers/answer.js';
import { isWithin, sentencePieces, type PlacedPiece } from './check/clauses.js';
import type { ComparedSource } from './check/stated.js';
import type { SupportingSentences } from './check/supported.js';
import { asData } from './prompt/as-data.js';
import { fenced } from './prompt/messages.js';
import { isOrderText, ordersAmong } from './prompt/orders.js';
import type { StandIns } from './prompt/stand-ins.js';

/** What an answer may rest on, before a model sees it. */
export interface SourceToShow {
  /** `kind/id`. */
  readonly record: string;
  readonly path?: string;
  /** Empty: it has none. */
  readonly title: string;
  readonly text: string;
  /** Where its text says who speaks: the model reads it, and no statement rests on it. */
  readonly bylines?: readonly TextSpan[];
  readonly language: string;
  /** Records that it stands for beside the first: those that were counted. */
  readonly beside?: readonly string[];
  /** Whose words stand where, if they are not all of the first. */
  readonly recordAt?: (at: number) => string;
  /** What people call the place, where that is not its title. */
  readonly nameAt?: (at: number) => string;
}

interface NumberedSource extends ComparedSource {
  readonly given: SourceToShow;
  readonly pieces: readonly PlacedPiece[];
}

/** The sources of one answer by the numbers that the model knows them by. */
export class ModelSources {
  readonly #sources: NumberedSource[] = [];
  readonly #mark: string;
  readonly #standIns: StandIns;
  /** Signs that may still be shown. */
  #left: number;

  constructor(mark: string, standIns: StandIns, textLength: number) {
    this.#mark = mark;
    this.#standIns = standIns;
    this.#left = textLength;
  }

  get length(): number {
    return this.#sources.length;
  }

  /** Keeps sources and gives them as the model gets them; those that it has keep their numbers. */
  show(sources: readonly SourceToShow[]): string {
    return sources
      .flatMap((source) => {
        const known = this.#sources.findIndex(
          ({ given }) =>
            given.record === source.record &&
            given.path === source.path &&
            given.text === source.text,
        );
        if (known >= 0) return [`Source ${known + 1} says this, too.`];
        const numbered = this.#numbered(source);
        if (numbered.text.length + numbered.title.length > this.#left) return [];
        this.#left -= numbered.text.length + numbered.title.length;
        const number = this.#sources.push(numbered);
        return [
          fenced(
            this.#mark,
            `source ${number} ${asData(source.record)}`,
            numbered.title === '' ? numbered.text : `${numbered.title}\n\n${numbered.text}`,
          ),
        ];
      })
      .join('\n');
  }

  /** Sources by numbers that a model wrote: `undefined` if one of them was never given to it. */
  cited(numbers: readonly number[]): readonly NumberedSource[] | undefined {
    const cited = numbers.map((number) => this.#sources[number - 1]);
    return cited.every((source) => source !== undefined) ? cited : undefined;
  }

  /** Sentence by sentence, so that a sentence of the shown text is one of the record. */
  #numbered(given: SourceToShow): NumberedSource {
    const all = sentencePieces(given.text);
    const pieces: PlacedPiece[] = [];
    const sentences: PlacedPiece[] = [];
    const orders = ordersAmong(given.text, all);
    let text = '';
    for (const [i, piece] of all.entries()) {
      const { start, end } = piece;
      const written = orders[i] === true ? '' : given.text.slice(start, end);
      const [gap = ''] = /\s*$/u.exec(written) ?? [];
      const from = text.length;
      text += asData(this.#standIns.hide(written)) + (gap.includes('\n') ? '\n' : ' ');
      if (isByline(given, piece)) continue;
      pieces.push(piece);
      sentences.push({ start: from, end: text.length });
    }
    const named = isOrderText(given.title) ? given.record.replace(/\/.*$/u, '') : given.title;
    const title = asData(this.#standIns.hide(named)).replaceAll('\n', ' ');
    return { given, pieces, title, text, sentences, language: given.language };
  }
}

const isByline = ({ text, bylines = [] }: SourceToShow, { start, end }: PlacedPiece): boolean => {
  const line = { start, end: start + text.slice(start, end).trimEnd().length };
  return bylines.some((byline) => isWithin(line, byline));
};

const QUOTE_LENGTH = 400;

/** The citations of an answer in the order in which it names them, with the sentences that it rests on. */
export class AnswerCitations {
  readonly #cited: {
    readonly citation: AnswerCitation;
    readonly source?: NumberedSource;
    readonly sentences: Set<number>;
  }[] = [];

  /** The numbers that the answer shows for sources that a statement rests on. */
  add(sources: readonly NumberedSource[], rests: SupportingSentences): readonly number[] {
    return sources.flatMap((source, i) => {
      const sentences = rests[i] ?? [];
      if (sentences.length === 0) return [];
      const { record, path, title, beside = [] } = source.given;
      const { recordAt = () => record, nameAt = () => title } = source.given;
      const numbers = sentences.map((sentence) => {
        const at = source.pieces[sentence]?.start ?? 0;
        const cited = { record: recordAt(at), name: nameAt(at), quote: '' };
        const number = this.#numberOf({ ...cited, ...(path !== undefined && { path }) }, source);
        this.#cited[number - 1]?.sentences.add(sentence);
        return number;
      });
      const others = beside.map((other) =>
        this.#numberOf({ record: other, name: other, quote: '' }),
      );
      return [...new Set(numbers), ...others];
    });
  }

  all(): readonly AnswerCitation[] {
    return this.#cited.map(({ citation, source, sentences }) => ({
      ...citation,
      quote: source ? quoteOf(source, sentences) : '',
    }));
  }

  #numberOf(citation: AnswerCitation, source?: NumberedSource): number {
    const known = this.#cited.findIndex(
      (one) => one.citation.record === citation.record && one.citation.path === citation.path,
    );
    if (known >= 0) return known + 1;
    return this.#cited.push({ citation, ...(source && { source }), sentences: new Set() });
  }
}

const quoteOf = ({ given, pieces }: NumberedSource, sentences: ReadonlySet<number>): string => {
  const chosen = pieces
    .filter((_, i) => sentences.has(i))
    .map(({ start, end }) => given.text.slice(start, end).trim());
  const quote = chosen.join(' … ').replaceAll(/\s+/gu, ' ');
  if (quote.length <= QUOTE_LENGTH) return quote;
  const end = quote.lastIndexOf(' ', QUOTE_LENGTH);
  return `${quote.slice(0, end > 0 ? end : QUOTE_LENGTH)} …`;
};
