import type { AnswerCitation, GivenAnswer } from '#libs/answering';
import { LONGEST_CHAT_TEXT } from '#libs/ports/chat';

import { answerWords } from './answer-words.js';
import { namedLink, questionAddress } from './links.js';
import { literalLine } from './literal.js';
import { shortName } from './short-name.js';
import { bareMark, cutPieces, linkedMark, piecesText, shownPieces } from './shown-pieces.js';
import { sourceLines } from './source-lines.js';

/** What stands there until the first sentence is checked; nobody knows the language yet. */
export const placeholderText = (): string => '⏳ …';

export interface GrowingAnswer {
  /** Whole and checked. */
  readonly sentences: readonly string[];
  /** The sources as far as they are known; the marks in the sentences count them from one. */
  readonly citations: readonly AnswerCitation[];
  readonly publicUrl: string | undefined;
}

const GOES_ON = ' ⏳';

/** An answer while it is made. */
export const growingText = ({ sentences, citations, publicUrl }: GrowingAnswer): string => {
  const text = sentences.join(' ');
  const pieces = shownPieces(text, citations, linkedMark(publicUrl));
  const shown = piecesText(cutPieces(pieces, LONGEST_CHAT_TEXT - GOES_ON.length));
  return shown === '' ? placeholderText() : `${shown}${GOES_ON}`;
};

/** An answer with its sources, as it stands in the chat for good. */
export const answerText = (given: GivenAnswer, publicUrl: string | undefined): string => {
  const words = answerWords(given.language);
  switch (given.outcome) {
    case 'open':
      return placeholderText();
    case 'withdrawn':
      return words.sourceGone;
    case 'asked_back':
      return withBody(given, publicUrl, choiceLines(given));
    case 'answered':
    case 'abstained':
      return withBody(given, publicUrl, [...sourceLines(given, publicUrl), '', words.helpful]);
    default:
      return given.outcome satisfies never;
  }
};

const BETWEEN = '\n\n';

/** What stands below is shown whole; what the answer says is cut where both do not fit. */
const withBody = (
  given: GivenAnswer,
  publicUrl: string | undefined,
  below: readonly string[],
): string => {
  const foot = below.join('\n').trim();
  const left = LONGEST_CHAT_TEXT - foot.length - BETWEEN.length;
  return [bodyThatFits(given, publicUrl, left), foot].filter(Boolean).join(BETWEEN);
};

const bodyThatFits = (
  { id, answer, citations, language }: GivenAnswer,
  publicUrl: string | undefined,
  left: number,
): string => {
  const linked = shownPieces(answer, citations, linkedMark(publicUrl));
  const whole = piecesText(linked);
  if (whole.length <= left) return whole;
  // The sources below are links too: better all of the answer with marks that are none.
  const bare = piecesText(shownPieces(answer, citations, bareMark));
  if (bare.length <= left) return bare;
  const address = questionAddress(publicUrl, id);
  const more =
    address === undefined ? ' …' : ` … ${namedLink(answerWords(language).more, address)}`;
  return `${piecesText(cutPieces(linked, left - more.length))}${more}`;
};

const MOST_CHOICES = 20;
const LONGEST_CHOICE = 120;

const choiceLines = ({ choices, language }: GivenAnswer): readonly string[] => [
  ...choices
    .slice(0, MOST_CHOICES)
    .map(({ name }, i) => `${i + 1}. ${literalLine(shortName(name, LONGEST_CHOICE))}`),
  '',
  answerWords(language).choose,
];
