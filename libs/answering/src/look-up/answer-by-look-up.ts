import type { KindName } from '#libs/catalog';
import type { QuestionLinks, LinkQuestion, TimeSpan } from '#libs/knowledge';

import type { AnswerCitation, AnswerDraft, AnswerQuestion } from '../answers/answer.js';
import { asOf, type AsOfParts } from '../count/as-of.js';
import { textIn } from '../count/counted.js';
import { dayAt } from '../count/local-days.js';
import type { RecordsFor } from '../dialogues/readable-answers.js';
import { textsIn, type AnswerLanguage } from '../texts/answer-texts.js';
import type { LookUpFound, LookUpScope } from './links-asked.js';
import { lookUpCalls, type LookUpCallsParts } from './look-up-calls.js';
import { lookUpPeople } from './look-up-people.js';
import { lookUpStays } from './look-up-stays.js';
import { lookUpTexts } from './look-up-texts.js';
import { recogniseLookUp } from './recognise-look-up.js';

export interface AnswerByLookUpParts extends AsOfParts, LookUpCallsParts {
  readonly recordsFor: RecordsFor;
  readonly findLinks: (question: LinkQuestion) => Promise<QuestionLinks>;
  /** What time a text says. Pure. */
  readonly timeIn: (text: string, now: number, timeZone: string) => TimeSpan | undefined;
}

/** One thing that records say of one guest or one stay; nothing where nobody is meant. */
export const answerByLookUp =
  (parts: AnswerByLookUpParts): AnswerQuestion =>
  async (question) => {
    const asked = recogniseLookUp(question.text);
    if (!asked) return undefined;
    const { about, at, principals, text, timeZone, turns } = question;
    const links = await parts.findLinks({
      ...{ text, turns, principals, timeZone },
      ...(about.length > 0 && { about }),
    });
    const { language, topic } = asked;
    const { choices } = links;
    if (links.state === 'ambiguous')
      return choices.length > 1
        ? { outcome: 'asked_back', language, answer: textsIn(language).which, choices }
        : undefined;
    if (links.state === 'none' && !isAskedInVain(links)) return undefined;
    const said = parts.timeIn(text, at, timeZone);
    const scope: LookUpScope = {
      ...{ language, topic, links, question, timeZone, said },
      records: parts.recordsFor(principals),
      now: at,
      today: dayAt(at, timeZone),
    };
    return links.by === 'home' && links.state === 'none'
      ? nobodyThere(parts, scope)
      : drafted(parts, scope, await lookedUp(parts, scope));
  };

/** Somebody is asked for, and nobody is known: an honest answer, and nothing to search for. */
const isAskedInVain = ({ by, homes }: QuestionLinks): boolean =>
  by === 'phone' || by === 'name' || (by === 'home' && homes.length > 0);

/** Nobody stays in the home that is named. */
const nobodyThere = async (
  parts: AnswerByLookUpParts,
  scope: LookUpScope,
): Promise<AnswerDraft> => {
  const { language, links, records } = scope;
  const [[record, home] = []] = [...(await records.showMany(links.homes))];
  const name = home && (textIn(home, 'nickname') ?? textIn(home, 'displayName'));
  const foot = await asOf(parts, scope, 'reservation');
  return {
    outcome: 'abstained',
    language,
    answer: [`${lookUpTexts[language].nobody} ${name ?? ''}.`, '', foot].join('\n'),
    citations: record === undefined ? [] : [{ record, quote: name ?? '' }],
  };
};

const lookedUp = (parts: AnswerByLookUpParts, scope: LookUpScope): Promise<LookUpFound> => {
  const { topic } = scope;
  switch (topic) {
    case 'calls':
      return lookUpCalls(parts, scope);
    case 'mail':
    case 'phone':
      return lookUpPeople({ ...scope, topic });
    default:
      return lookUpStays({ ...scope, topic });
  }
};

const drafted = async (
  parts: AnswerByLookUpParts,
  scope: LookUpScope,
  found: LookUpFound,
): Promise<AnswerDraft | undefined> => {
  const { language, links } = scope;
  const { count, label, lines, who } = found;
  const foot = await asOf(parts, scope, kindOf(scope));
  const of = who === '' ? (links.said ?? '') : who;
  const head = [label, of].filter(Boolean).join(', ');
  if (lines.length === 0) return nothingKnown(language, { head, of, foot });
  const citations = lines.map(({ record, text }): AnswerCitation => ({ record, quote: text }));
  return {
    outcome: 'answered',
    way: 'records',
    language,
    answer: [
      count === undefined ? `${head}:` : `${head}: ${count}`,
      ...lines.map(({ text }, i) => `• ${text} [${i + 1}]`),
      '',
      foot,
    ].join('\n'),
    citations,
    ...(count !== undefined && { count }),
  };
};

/** That nothing is known is told as of when, too: more may come in. */
const nothingKnown = (
  language: AnswerLanguage,
  { foot, head, of }: { readonly head: string; readonly of: string; readonly foot: string },
): AnswerDraft => ({
  outcome: 'abstained',
  language,
  answer: [`${head}: –`, `${lookUpTexts[language].nothing} ${of}.`, '', foot].join('\n'),
  citations: [],
});

const kindOf = ({ topic }: LookUpScope): KindName => {
  if (topic === 'calls') return 'call';
  return topic === 'mail' || topic === 'phone' ? 'guest' : 'reservation';
};
