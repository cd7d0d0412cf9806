import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** A fact in one language: what a home writes, and how people ask for it. */
export interface InventedFact {
  /** What it is about: `parking`. Facts of one topic are neighbours. */
  readonly topic: string;
  readonly part: string;
  readonly says: string;
  readonly asks: readonly string[];
}

/** All that the set has in one language. */
export interface InventedTexts {
  readonly language: string;
  readonly facts: readonly InventedFact[];
  /** What nobody wrote about. */
  readonly unheard: readonly string[];
  /** What guests wrote: words of many facts, and none of the facts. */
  readonly reviews: readonly string[];
  readonly about: string;
}

export const inventedLanguages = ['en', 'de', 'fr', 'es', 'it', 'nl'] as const;

export const readInventedTexts = (language: string): InventedTexts => {
  const lines = readFileSync(resolve(`test/fixtures/eval-sure/${language}.txt`), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split(' | '));
  const under = (name: string): readonly string[] =>
    lines.filter(([first]) => first === name).flatMap(([, ...rest]) => rest);
  return {
    language,
    facts: lines.flatMap(([name = '', says = '', ...asks]) => {
      const [topic = '', part] = name.split('.');
      return part === undefined ? [] : [{ topic, part, says, asks }];
    }),
    unheard: under('-'),
    reviews: under('*'),
    about: under('about')[0] ?? '',
  };
};
