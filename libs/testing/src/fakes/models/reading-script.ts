import type { ChatRequest } from '#libs/ports/chat-model';

import type { ChatStep } from './scripted-chat-model.js';

export interface ReadingOptions {
  /** Steps in which it only looks, before it answers. */
  readonly lookingSteps?: number;
  /** It says sentences until it has said so many tokens (words); without, only those that share a word with the question. */
  readonly tokens?: number;
}

interface ShownSentence {
  readonly source: string;
  readonly text: string;
  readonly score: number;
}

const SOURCE = /<<<source (\d+) [^\n]*\n([\s\S]*?)\n>>>/gu;
const SENTENCE_END = /(?<=[.!?])\s+|\n+/u;
const WORD = /\p{L}{3,}/gu;
const LONGEST = 300;
const USUAL_TOKENS = 45;
/** What ends otherwise asks, greets or is a label. */
const STATED = /[\p{Ll}\p{N})][.!]$/u;

/**
 * What a modest model says: sentences of the sources that stand in the request, those first that share most words with
 * the question, each with the number of its source.
 */
export const readingScript =
  ({ lookingSteps = 0, tokens }: ReadingOptions = {}) =>
  (request: ChatRequest): readonly ChatStep[] => {
    const { messages, tools } = request;
    const question = questionIn(request);
    const looked = messages.filter(({ role }) => role === 'assistant').length;
    if (looked < lookingSteps && tools.length > 0) {
      const query = looked === 0 ? question : `${question} ${looked}`;
      return [{ tool: 'search_passages', args: { query } }];
    }
    const data = messages.map(({ text }) => text).join('\n');
    const said: string[] = [];
    let length = 0;
    for (const { source, text, score } of bestFirst(data, question)) {
      if (length >= (tokens ?? USUAL_TOKENS)) break;
      if (tokens === undefined && score === 0 && length > 0) break;
      said.push(`${text} [${source}]. `);
      length += text.split(/\s+/u).length + 1;
    }
    return said;
  };

/** The last line of the last message of the person. */
export const questionIn = ({ messages }: ChatRequest): string =>
  messages
    .findLast(({ role }) => role === 'user')
    ?.text.split('\n')
    .at(-1) ?? '';

const bestFirst = (data: string, question: string): readonly ShownSentence[] => {
  const words = question.toLowerCase().match(WORD) ?? [];
  const seen = new Set<string>();
  return [...data.matchAll(SOURCE)]
    .flatMap(([, source = '', shown = '']) =>
      // Its first line is a title.
      shown
        .split('\n')
        .slice(1)
        .join('\n')
        .split(SENTENCE_END)
        .map((sentence) => sentence.trim())
        .filter((text) => STATED.test(text) && text.length <= LONGEST)
        .map((text) => text.slice(0, -1))
        .map((text) => ({
          ...{ source, text },
          score: words.filter((word) => text.toLowerCase().includes(word)).length,
        })),
    )
    .filter(({ text }) => !seen.has(text) && seen.add(text))
    .sort((one, other) => other.score - one.score);
};
