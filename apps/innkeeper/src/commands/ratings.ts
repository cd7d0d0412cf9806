import type { JsonObject } from '#libs/kernel';
import type { FactAnswer } from '#libs/routes';

import type { AddCommand, AskedOfPlatform } from '../command.js';
import { exit, type ExitCode } from '../exit.js';
import { jsonLine, line } from '../terminal/io.js';

export const addRatings: AddCommand = (program, { onPlatform }) => {
  const ratings = program
    .command('ratings')
    .helpCommand(false)
    .summary('what people said of answers')
    .description('Answers that somebody rated, as questions to measure with.');
  ratings
    .command('export')
    .summary('rated questions as cases for `npm run eval`')
    .description(
      'Prints a JSON line for each rated question: its text, what was asked before it, what became of it, and the\n' +
        'sources of an answer that helped. Where it did not help, a person has to say what is right: `expects` is missing.\n' +
        'A question is read by who asked it, so these are the questions of the token’s subject. They may name people: look\n' +
        'them through before you keep them anywhere.',
    )
    .addHelpText('after', '\nExamples:\n  innkeeper ratings export > cases.jsonl')
    .action(onPlatform(exportRatings));
};

const RATED = 'answering.question.rated.v1';
const ASKED = 'answering.question.asked.v1';
const ends: Readonly<Record<string, string>> = {
  'answering.question.answered.v1': 'answer',
  'answering.question.abstained.v1': 'abstain',
  'answering.question.asked_back.v1': 'ask',
};

const exportRatings = async ({ api, io }: AskedOfPlatform): Promise<ExitCode> => {
  const dialogues = new Set((await allFacts(api, { type: RATED })).map(({ stream }) => stream));
  let count = 0;
  for (const stream of dialogues)
    for (const found of casesIn(await allFacts(api, { stream }))) {
      await jsonLine(io.out, found);
      count += 1;
    }
  if (count === 0) await line(io.err, 'Nobody has rated an answer yet.');
  return exit.well;
};

const PAGE = 200;

const allFacts = async (
  api: AskedOfPlatform['api'],
  filter: { readonly type?: string; readonly stream?: string },
): Promise<readonly FactAnswer[]> => {
  const facts: FactAnswer[] = [];
  for (let after = 0; ;) {
    const page = await api.facts({ ...filter, after, limit: PAGE }, true);
    facts.push(...page.items);
    if (page.next === null) return facts;
    after = Number(page.next);
  }
};

const textIn = (object: unknown, name: string): string | undefined => {
  const value = (object as Readonly<Record<string, unknown>> | undefined)?.[name];
  return typeof value === 'string' ? value : undefined;
};

/** Of one dialogue: each rated question, with the turns before it. An erased one has no text, and is left out. */
export const casesIn = (facts: readonly FactAnswer[]): readonly JsonObject[] => {
  const ratings = new Map<string, FactAnswer>();
  const became = new Map<string, FactAnswer>();
  for (const fact of facts) {
    const question = textIn(fact.data, 'question') ?? '';
    if (fact.type === RATED) ratings.set(question, fact);
    else if (fact.type in ends) became.set(question, fact);
  }
  const turns: JsonObject[] = [];
  return facts.flatMap((fact) => {
    const id = textIn(fact.data, 'question');
    const text = textIn(fact.personal, 'text');
    if (fact.type !== ASKED || id === undefined || text === undefined) return [];
    const before = [...turns];
    const end = became.get(id);
    const answer = textIn(end?.personal, 'answer');
    turns.push(
      { who: 'user', text },
      ...(answer === undefined ? [] : [{ who: 'other', text: answer }]),
    );
    const rating = ratings.get(id);
    return rating ? [caseOf({ id, text, before, end, rating })] : [];
  });
};

interface RatedQuestion {
  readonly id: string;
  readonly text: string;
  readonly before: readonly JsonObject[];
  readonly end: FactAnswer | undefined;
  readonly rating: FactAnswer;
}

const caseOf = ({ id, text, before, end, rating }: RatedQuestion): JsonObject => {
  const helped = textIn(rating.data, 'rating') === 'up';
  const { citations } = (end?.data ?? {}) as { readonly citations?: readonly unknown[] };
  const records = [...new Set((citations ?? []).flatMap((one) => textIn(one, 'record') ?? []))];
  const comment = textIn(rating.personal, 'comment');
  const language = textIn(end?.data, 'language');
  return {
    id,
    group: 'rated',
    ...(language !== undefined && { language }),
    text,
    ...(before.length > 0 && { turns: before }),
    ...(helped && end && { expects: ends[end.type] ?? 'answer' }),
    ...(helped && records.length > 0 && { records }),
    rating: helped ? 'up' : 'down',
    ...(comment !== undefined && { comment }),
  };
};
