import type { AnswerCitation, GivenAnswer } from '#libs/answering';

import { answerWords } from './answer-words.js';
import { namedLink, questionAddress, recordAddress } from './links.js';
import { literalLine } from './literal.js';
import { shortName } from './short-name.js';

/** A source with the numbers that the answer has for it. */
interface CitedSource {
  readonly record: string;
  readonly name: string;
  readonly numbers: readonly number[];
}

/** Names are shortened before one is left out. */
const NAME_LENGTHS = [80, 32, 12] as const;
/** So much of a message is for sources. */
const LONGEST = 2_400;

/** Each source once, with what people call it, as a link if we have an address. */
export const sourceLines = (
  given: Pick<GivenAnswer, 'id' | 'citations' | 'language'>,
  publicUrl: string | undefined,
): readonly string[] => {
  const sources = sourcesOf(given.citations);
  if (sources.length === 0) return [];
  const heading = `${answerWords(given.language).sources}:`;
  for (const length of NAME_LENGTHS) {
    const lines = [heading, ...sources.map((source) => sourceLine(source, publicUrl, length))];
    if (lines.join('\n').length <= LONGEST) return lines;
  }
  return [heading, ...thoseThatFit(given, sources, publicUrl)];
};

const sourcesOf = (citations: readonly AnswerCitation[]): readonly CitedSource[] => {
  const sources = new Map<string, CitedSource>();
  for (const [i, { record, name }] of citations.entries()) {
    const known = sources.get(record);
    sources.set(record, {
      record,
      name: known?.name ?? name ?? record,
      numbers: [...(known?.numbers ?? []), i + 1],
    });
  }
  return [...sources.values()];
};

const sourceLine = (
  { record, name, numbers }: CitedSource,
  publicUrl: string | undefined,
  length: number,
): string => {
  const mark = `(${numbers.join(', ')})`;
  const short = shortName(name, length) || shortName(record, length);
  const shown = literalLine(short);
  const address = recordAddress(publicUrl, record);
  if (address === undefined) return `${mark} ${shown}`;
  // In a label the chat knows neither code nor escapes: what needs them stands beside the link.
  return shown === short
    ? `${mark} ${namedLink(short, address)}`
    : `${namedLink(numbers.join(', '), address)} ${shown}`;
};

const thoseThatFit = (
  { id, language }: Pick<GivenAnswer, 'id' | 'language'>,
  sources: readonly CitedSource[],
  publicUrl: string | undefined,
): readonly string[] => {
  const address = questionAddress(publicUrl, id);
  const { more } = answerWords(language);
  const lines: string[] = [];
  let sum = 0;
  for (const source of sources) {
    const line = sourceLine(source, publicUrl, NAME_LENGTHS[2]);
    sum += line.length + 1;
    if (sum > LONGEST - 200) break;
    lines.push(line);
  }
  const rest = `+ ${sources.length - lines.length}`;
  return [...lines, address === undefined ? rest : `${rest} ${namedLink(more, address)}`];
};
