import { tellingOf } from '../names/generic-words.js';
import type { NameSpan } from '../names/mentions-in.js';
import { nameWordsIn, type NameWord } from '../names/name-words.js';
import { likeness } from '../names/word-likeness.js';
import { articles, courtesies, particles } from './person-words.js';

/** Somebody whom a record names. */
export interface NamedPerson {
  /** `kind/id`. */
  readonly id: string;
  readonly name: string;
}

export interface PersonMention<Person extends NamedPerson> {
  readonly person: Person;
  /** How many words of the name stand there. */
  readonly words: number;
  readonly likeness: number;
  /** `whole`: two words of it or more. `titled`: after a courtesy. `bare`: one word that may mean something else. */
  readonly sort: 'bare' | 'titled' | 'whole';
  readonly spans: readonly NameSpan[];
}

/** A word of a longer name may be misspelt more than a name that stands alone. */
const [LEAST_WITHIN, LEAST_ALONE] = [0.66, 0.75];
/** A name this short is never taken for a misspelt one. */
const SHORTEST_MISSPELT = 5;
/** So far the next word of a name may stand. */
const REACH = 3;
/** What is said of homes everywhere names nobody. */
const TELLS = 0.5;

interface FoundWord {
  readonly word: NameWord;
  readonly like: number;
}

/** Who of these is named in a text, by what words, the surest first. Pure. */
export const personMentions = <Person extends NamedPerson>(
  text: string,
  people: readonly Person[],
  isWord: (word: NameWord) => boolean,
): readonly PersonMention<Person>[] => {
  const said = nameWordsIn(text);
  return people
    .flatMap((person) => mentionOf(person, said, isWord) ?? [])
    .sort((a, b) => rankOf(b) - rankOf(a));
};

const sorts = { bare: 0, titled: 1, whole: 2 } as const;

const rankOf = ({ likeness: like, sort, words }: PersonMention<NamedPerson>): number =>
  sorts[sort] * 100 + words * 10 + like;

const mentionOf = <Person extends NamedPerson>(
  person: Person,
  said: readonly NameWord[],
  isWord: (word: NameWord) => boolean,
): PersonMention<Person> | undefined => {
  const names = nameWordsIn(person.name)
    .map(({ text }) => text)
    .filter((word) => word.length > 1 && !particles.has(word));
  const runs = runsOf(names, said);
  const best = runs.sort((a, b) => b.length - a.length || likeOf(b) - likeOf(a))[0];
  const [first] = best ?? [];
  if (!best || !first) return undefined;
  const mention = {
    person,
    words: best.length,
    likeness: likeOf(best) / best.length,
    spans: best.map(({ word: { start, end } }) => ({ start, end })),
  };
  if (best.length > 1) return { ...mention, sort: 'whole' };
  const before = said[first.word.at - 1]?.text ?? '';
  if (first.like < LEAST_ALONE) return undefined;
  if (courtesies.has(before)) return { ...mention, sort: 'titled' };
  const mayBeName = !articles.has(before) && tellingOf(first.word.text) >= TELLS;
  return mayBeName && isWord(first.word) ? { ...mention, sort: 'bare' } : undefined;
};

const likeOf = (run: readonly FoundWord[]): number => run.reduce((sum, { like }) => sum + like, 0);

/** Words of the name that stand near each other, from each place where one stands. */
const runsOf = (names: readonly string[], said: readonly NameWord[]): FoundWord[][] =>
  said.flatMap((_, at) => {
    const run: FoundWord[] = [];
    const left = new Set(names);
    for (let i = at; i < said.length && i - (run.at(-1)?.word.at ?? at) < REACH; i++) {
      const word = said[i];
      const found = word && nearest(word.text, left);
      if (!word || !found) {
        if (run.length === 0) break;
        continue;
      }
      left.delete(found.name);
      run.push({ word, like: found.like });
    }
    return run.length > 0 ? [run] : [];
  });

const nearest = (
  word: string,
  names: ReadonlySet<string>,
): { readonly name: string; readonly like: number } | undefined => {
  let best: { readonly name: string; readonly like: number } | undefined;
  for (const name of names) {
    const like = likeness(word, name);
    if (like < 1 && Math.min(word.length, name.length) < SHORTEST_MISSPELT) continue;
    if (like >= LEAST_WITHIN && like > (best?.like ?? 0)) best = { name, like };
  }
  return best;
};
