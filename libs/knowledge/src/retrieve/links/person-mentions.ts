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
  /**
   * `whole`: two words of it or more. `titled`: after a courtesy. `bare`: one word that may mean something else.
   * `other`: one word of it beside another one, which makes it another person’s name.
   */
  readonly sort: 'bare' | 'other' | 'titled' | 'whole';
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

interface MatchedNameWord {
  readonly word: NameWord;
  readonly like: number;
}

/** Who of these is named in a text, by what words, the surest first. Pure. */
export const personMentions = <Person extends NamedPerson>(
  text: string,
  people: readonly Person[],
  rules: NameRules,
): readonly PersonMention<Person>[] => {
  const said = nameWordsIn(text);
  return people
    .flatMap((person) => mentionOf(person, said, rules) ?? [])
    .sort((a, b) => rankOf(b) - rankOf(a) || placeOf(a) - placeOf(b) || idOrder(a, b));
};

/** What else is known of the words of a text. */
export interface NameRules {
  /** One word alone may be a name here. */
  readonly mayBeName: (word: NameWord) => boolean;
  /** Beside one word of a name it may be the rest of another person’s name. */
  readonly mayGoOn: (word: NameWord) => boolean;
}

/** Of equals the one that is named first; the order in which they were found tells what nobody may know. */
const placeOf = ({ spans }: PersonMention<NamedPerson>): number => spans[0]?.start ?? 0;

const idOrder = (a: PersonMention<NamedPerson>, b: PersonMention<NamedPerson>): number =>
  a.person.id < b.person.id ? -1 : 1;

const sorts = { other: -1, bare: 0, titled: 1, whole: 2 } as const;

const rankOf = ({ likeness: like, sort, words }: PersonMention<NamedPerson>): number =>
  sorts[sort] * 100 + words * 10 + like;

const mentionOf = <Person extends NamedPerson>(
  person: Person,
  said: readonly NameWord[],
  { mayBeName, mayGoOn }: NameRules,
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
  if (first.like < LEAST_ALONE) return undefined;
  const beside = restOfName(first.word, said, mayGoOn);
  if (beside) {
    const spans = [...mention.spans, { start: beside.start, end: beside.end }];
    return first.like < 1 ? undefined : { ...mention, spans, sort: 'other' };
  }
  const before = said[first.word.at - 1]?.text ?? '';
  if (courtesies.has(before)) return { ...mention, sort: 'titled' };
  const isOrdinary = articles.has(before) || tellingOf(first.word.text) < TELLS;
  return !isOrdinary && mayBeName(first.word) ? { ...mention, sort: 'bare' } : undefined;
};

/** `Hannah Weber` is not Hannah Müller: what stands beside the one word may be the rest of another name. */
const restOfName = (
  { at }: NameWord,
  said: readonly NameWord[],
  mayGoOn: NameRules['mayGoOn'],
): NameWord | undefined =>
  [-1, 1]
    .map((step) => {
      let next = at + step;
      while (particles.has(said[next]?.text ?? '')) next += step;
      return said[next];
    })
    .find((word) => word !== undefined && !courtesies.has(word.text) && mayGoOn(word));

const likeOf = (run: readonly MatchedNameWord[]): number =>
  run.reduce((sum, { like }) => sum + like, 0);

/** Words of the name that stand near each other, from each place where one stands. */
const runsOf = (names: readonly string[], said: readonly NameWord[]): MatchedNameWord[][] =>
  said.flatMap((_, at) => {
    const run: MatchedNameWord[] = [];
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
