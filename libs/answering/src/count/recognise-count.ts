import type { AnswerLanguage } from '../texts/answer-texts.js';
import { de, en, es, fr, type CountTopic, type CountWords } from './count-words.js';
import { folded } from '../texts/folded.js';
import { it, nl, pl, pt } from './more-count-words.js';

/** A question that records answer: what is counted, and in which language it was asked. */
export interface CountQuestion {
  readonly topic: CountTopic;
  readonly language: AnswerLanguage;
  /** Of calls: only those nobody answered. */
  readonly unanswered: boolean;
  /** Of nothing but the topic: "guests" alone may be about anything. It needs a day or a home. */
  readonly weak: boolean;
}

const words: Readonly<Record<AnswerLanguage, CountWords>> = { en, de, fr, es, it, nl, pl, pt };

const START = '(?<![\\p{L}\\p{N}])';
const END = '(?![\\p{L}\\p{N}])';
const pattern = (source: string): RegExp => new RegExp(`${START}(?:${source})${END}`, 'u');

interface TopicPattern {
  readonly topic: CountTopic;
  readonly counted: RegExp | undefined;
  readonly listed: RegExp | undefined;
  readonly done: RegExp | undefined;
  readonly bare: RegExp | undefined;
}

interface LanguagePatterns {
  readonly language: AnswerLanguage;
  readonly other: RegExp;
  readonly limits: RegExp;
  readonly unanswered: RegExp;
  readonly topics: readonly TopicPattern[];
}

/** So many words may stand between. */
const FEW = '(?: ?[^\\s?.!]+){0,3}? ?';
const FEWER = '(?: [^\\s?.!]+){0,2}? ';

const patternsOf = (language: AnswerLanguage): LanguagePatterns => {
  const { howMany, which, who, other, limits, unanswered, topics } = words[language];
  const when = (source: string | undefined, make: (source: string) => string) =>
    source === undefined ? undefined : pattern(make(source));
  return {
    language,
    other: pattern(other),
    limits: pattern(limits),
    unanswered: pattern(unanswered),
    topics: (Object.keys(topics) as CountTopic[]).map((topic) => {
      const { things, does } = topics[topic];
      return {
        topic,
        counted: when(things, (source) => `(?:${howMany})${FEW}(?:${source})`),
        listed: when(things, (source) => `(?:${which})${FEWER}(?:${source})`),
        done: when(does, (source) => `(?:${who})(?:${FEWER}| )(?:${source})`),
        bare: when(things, (source) => `^(?:\\p{L}{1,4}'? )?(?:${source})`),
      };
    }),
  };
};

let compiled: readonly LanguagePatterns[] | undefined;

/** Compiled with the first question: a process that is asked nothing needs none of it. */
const allPatterns = (): readonly LanguagePatterns[] =>
  (compiled ??= (Object.keys(words) as AnswerLanguage[]).map(patternsOf));

/** Asked of these with "can" or "at most", it is about what a home allows. */
const LIMITED: ReadonlySet<CountTopic> = new Set(['in_house', 'nights', 'stays', 'arrivals']);
/** Too common to be asked for by their name alone. */
const NEVER_BARE: ReadonlySet<CountTopic> = new Set(['in_house', 'nights', 'stays', 'calls']);
/** Words that questions about anything have, too. */
const EVERYDAY: ReadonlySet<CountTopic> = new Set([...NEVER_BARE, 'arrivals', 'departures']);
/** What is this long without a question word is a sentence about something else. */
const BARE_WORDS = 6;

interface CountMatch {
  readonly question: CountQuestion;
  readonly length: number;
}

/** What a text asks to be counted or listed; nothing for most questions. Pure. */
export const recogniseCount = (text: string): CountQuestion | undefined => {
  const said = folded(text);
  const matches = allPatterns().flatMap((patterns) => matchesIn(patterns, said));
  const [best] = matches.sort((a, b) => b.length - a.length);
  return best?.question;
};

const matchesIn = (
  { language, other, limits, unanswered, topics }: LanguagePatterns,
  said: string,
): readonly CountMatch[] => {
  const isOther = other.test(said);
  const isLimit = limits.test(said);
  const isShort = said.split(' ').length <= BARE_WORDS;
  return topics.flatMap(({ topic, counted, listed, done, bare }) => {
    if (isLimit && LIMITED.has(topic)) return [];
    const strong = [counted, isOther ? undefined : done];
    const weak = isOther ? [] : [listed, isShort && !NEVER_BARE.has(topic) ? bare : undefined];
    const lengthOf = (patterns: readonly (RegExp | undefined)[]): number =>
      Math.max(0, ...patterns.map((one) => one?.exec(said)?.[0].length ?? 0));
    const [long, short] = [lengthOf(strong), lengthOf(weak)];
    if (long + short === 0) return [];
    const question = {
      topic,
      language,
      unanswered: unanswered.test(said),
      weak: topic === 'in_house' || (long === 0 && EVERYDAY.has(topic)),
    };
    return [{ question, length: Math.max(long, short) }];
  });
};
