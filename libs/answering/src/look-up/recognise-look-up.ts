import { folded } from '../texts/folded.js';
import type { AnswerLanguage } from '../texts/answer-texts.js';
import { de, en, es, fr, type LookUpTopic, type LookUpWords } from './look-up-words.js';
import { it, nl, pl, pt } from './more-look-up-words.js';

/** One thing that is asked about somebody. Whether anybody is meant, the links tell. */
export interface LookUpQuestion {
  readonly topic: LookUpTopic;
  readonly language: AnswerLanguage;
}

interface LookUpPatterns {
  readonly language: AnswerLanguage;
  readonly hints: RegExp;
  readonly other: RegExp;
  readonly topics: readonly { readonly topic: LookUpTopic; readonly asks: RegExp }[];
}

const words: Readonly<Record<AnswerLanguage, LookUpWords>> = { en, de, fr, es, it, nl, pl, pt };

const pattern = (source: string, flags = 'u'): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${source})(?![\\p{L}\\p{N}])`, flags);

/** So much may stand between: a name, a home, a day. */
const BETWEEN = '(?:[^?!;]{0,70} )?';

let compiled: readonly LookUpPatterns[] | undefined;

/** Compiled with the first question: a process that is asked nothing needs none of it. */
const allPatterns = (): readonly LookUpPatterns[] =>
  (compiled ??= (Object.keys(words) as AnswerLanguage[]).map((language) => {
    const { hints, other, topics } = words[language];
    return {
      language,
      hints: pattern(hints, 'gu'),
      other: pattern(other),
      topics: (Object.keys(topics) as LookUpTopic[]).map((topic) => ({
        topic,
        asks: pattern(
          topics[topic].replaceAll(/ ?…/g, (gap) => (gap === '…' ? BETWEEN : ` ${BETWEEN}`)),
        ),
      })),
    };
  }));

/** These are told apart from each other by what else is asked: "when did the number … call last?" is about calls. */
const order: readonly LookUpTopic[] = [
  ...(['calls', 'balance', 'code', 'mail', 'phone', 'party'] as const),
  ...(['departure', 'arrival', 'home'] as const),
];

/** What is asked about somebody, in which language; nothing for most questions. Pure. */
export const recogniseLookUp = (text: string): LookUpQuestion | undefined => {
  const said = folded(text);
  if (allPatterns().some(({ other }) => other.test(said))) return undefined;
  const found = allPatterns().flatMap(({ hints, language, topics }) =>
    topics.flatMap(({ topic, asks }) => {
      const match = asks.exec(said);
      return match
        ? [{ topic, language, hints: said.match(hints)?.length ?? 0, length: match[0].length }]
        : [];
    }),
  );
  const [first] = order.filter((topic) => found.some((one) => one.topic === topic));
  const [best] = found
    .filter(({ topic }) => topic === first)
    .sort((a, b) => b.hints - a.hints || b.length - a.length);
  return best && { topic: best.topic, language: best.language };
};
