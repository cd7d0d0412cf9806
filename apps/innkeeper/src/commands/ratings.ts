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
        '`rating` is what its asker said, else what most others said; `ratings` counts all who said something, and\n' +
        '`comments` are theirs. What was taken back is left out, a question and a rating.\n' +
        'A question is read by who asked it, so these are the questions of the token’s subject. They may name people: look\n' +
        'them through before you keep them anywhere.',
    )
    .addHelpText('after', '\nExamples:\n  innkeeper ratings export > cases.jsonl')
    .action(onPlatform(exportRatings));
};

const RATED = 'answering.question.rated.v1';
const UNRATED = 'answering.question.unrated.v1';
const WITHDRAWN = 'answering.question.withdrawn.v1';
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

interface Said {
  readonly rating: 'up' | 'down';
  readonly comment: string | undefined;
}

/** By rater the latest of each; the asker is the one without a name. */
type SaidOfOne = ReadonlyMap<string, Said>;
const ASKER = '';

/** What all said of each question, and which were taken back. */
const saidIn = (facts: readonly FactAnswer[]) => {
  const ratings = new Map<string, Map<string, Said>>();
  const withdrawn = new Set<string>();
  for (const { type, data, personal } of facts) {
    const question = textIn(data, 'question') ?? '';
    const rater = textIn(data, 'rater') ?? ASKER;
    const said = ratings.get(question) ?? new Map<string, Said>();
    ratings.set(question, said);
    if (type === WITHDRAWN) withdrawn.add(question);
    // A rating that is said again is the last one.
    if (type === RATED || type === UNRATED) said.delete(rater);
    if (type === RATED)
      said.set(rater, {
        rating: textIn(data, 'rating') === 'up' ? 'up' : 'down',
        comment: textIn(personal, 'comment'),
      });
  }
  return { ratings, withdrawn };
};

/** Of one dialogue: each rated question, with the turns before it. An erased one has no text, and is left out. */
export const casesIn = (facts: readonly FactAnswer[]): readonly JsonObject[] => {
  const { ratings, withdrawn } = saidIn(facts);
  const became = new Map<string, FactAnswer>();
  for (const fact of facts)
    if (fact.type in ends) became.set(textIn(fact.data, 'question') ?? '', fact);
  const turns: JsonObject[] = [];
  return facts.flatMap((fact) => {
    const id = textIn(fact.data, 'question');
    const text = textIn(fact.personal, 'text');
    if (fact.type !== ASKED || id === undefined || text === undefined || withdrawn.has(id))
      return [];
    const before = [...turns];
    const end = became.get(id);
    const answer = textIn(end?.personal, 'answer');
    turns.push(
      { who: 'user', text },
      ...(answer === undefined ? [] : [{ who: 'other', text: answer }]),
    );
    const said = ratings.get(id) ?? new Map<string, Said>();
    return said.size > 0 ? [caseOf({ id, text, before, end, said })] : [];
  });
};

interface RatedQuestion {
  readonly id: string;
  readonly text: string;
  readonly before: readonly JsonObject[];
  readonly end: FactAnswer | undefined;
  readonly said: SaidOfOne;
}

const caseOf = ({ id, text, before, end, said }: RatedQuestion): JsonObject => {
  const all = [...said.values()];
  const up = all.filter(({ rating }) => rating === 'up').length;
  const ratings = { up, down: all.length - up };
  const own = said.get(ASKER);
  // Where they are as many, a person has to look.
  const rating = own?.rating ?? (ratings.up > ratings.down ? 'up' : 'down');
  const helped = rating === 'up';
  const { citations } = (end?.data ?? {}) as { readonly citations?: readonly unknown[] };
  const records = [...new Set((citations ?? []).flatMap((one) => textIn(one, 'record') ?? []))];
  const comments = all.flatMap(({ comment }) => comment ?? []);
  const comment = own?.comment ?? comments[0];
  const language = textIn(end?.data, 'language');
  return {
    id,
    group: 'rated',
    ...(language !== undefined && { language }),
    text,
    ...(before.length > 0 && { turns: before }),
    ...(helped && end && { expects: ends[end.type] ?? 'answer' }),
    ...(helped && records.length > 0 && { records }),
    rating,
    ratings,
    ...(comment !== undefined && { comment }),
    ...(comments.length > 0 && { comments }),
  };
};
