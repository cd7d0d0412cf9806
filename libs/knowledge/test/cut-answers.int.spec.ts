import { readdirSync, readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';

import { passageSizes } from '../src/passages/cut-passages.js';
import { cutText } from '../src/passages/cut-text.js';
import { sentencesIn } from '../src/passages/sentences.js';
import type { TextSpan } from '../src/passages/text-size.js';
import { measureCut, plainWordsIn, type CutDocument, type SpanQuestion } from './answer-spans.js';

const folder = new URL('../../../docs/', import.meta.url);
const documents = ['explanation', 'how-to', 'runbooks', 'adr'].flatMap((part) =>
  readdirSync(new URL(part, folder))
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => readFileSync(new URL(`${part}/${name}`, folder), 'utf8')),
);

/** The same questions in every run. */
let seed = 7;
const chance = (): number =>
  (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;

/** A few words of one or two sentences of a page: who finds the page must find these sentences whole. */
const questions: readonly SpanQuestion[] = documents.flatMap((text, document) => {
  const sentences = sentencesIn(text, { start: 0, end: text.length }).filter(({ end, start }) => {
    const sentence = text.slice(start, end);
    return sentence.split(/\s+/u).length >= 8 && sentence.length < 400 && !/[|`]/u.test(sentence);
  });
  return Array.from({ length: Math.min(12, sentences.length) }, () => {
    const first = sentences[Math.floor(chance() * (sentences.length - 1))];
    const next = sentences.find(({ start }) => start > (first?.end ?? 0));
    const isNext = next !== undefined && first !== undefined && next.start - first.end < 4;
    const second = isNext && chance() < 0.6 ? next : first;
    const answer = { start: first?.start ?? 0, end: second?.end ?? 0 };
    const words = [...new Set(plainWordsIn(text.slice(answer.start, answer.end)))];
    return {
      words: words.filter((word) => word.length > 3 && chance() < 0.4).slice(0, 6),
      document,
      answer,
    };
  }).filter(({ answer, words }) => words.length >= 3 && answer.end - answer.start < 700);
});

/** What needs no thought: so many words each. */
const everyWords =
  (size: number) =>
  (text: string): readonly TextSpan[] => {
    const words = [...text.matchAll(/\S+/gu)];
    return Array.from({ length: Math.ceil(words.length / size) }, (_, i) => {
      const last = words[Math.min(words.length, (i + 1) * size) - 1];
      return {
        start: words[i * size]?.index ?? 0,
        end: (last?.index ?? 0) + (last?.[0].length ?? 0),
      };
    });
  };

describe('passages of the pages of this repository', () => {
  it('hold more of an answer than pieces of 60 words, and less beside it than pieces of 80', () => {
    expect(questions.length).toBeGreaterThan(200);
    const figuresOf = (cut: CutDocument) => measureCut(documents, questions, cut);
    const cut = figuresOf((text) => cutText(text, passageSizes));
    expect(cut.recall).toBeGreaterThan(figuresOf(everyWords(60)).recall);
    expect(cut.overUnion).toBeGreaterThan(figuresOf(everyWords(80)).overUnion * 1.1);
  });
});
