import type { EvaluationFigures, EvaluationHit } from '#libs/knowledge';

import type { AddCommand, CommandCall } from '../command.js';
import { exit, type ExitCode } from '../exit.js';
import { jsonLine, line, type Io } from '../terminal/io.js';
import { progressOn } from '../terminal/progress.js';
import { writePairs, writeTable } from '../terminal/table.js';

export const addEval: AddCommand = (program, { local }) =>
  program
    .command('eval')
    .summary('how well a collection of questions is answered')
    .description(
      'Indexes a collection in a folder of its own, asks its questions as questions are asked in life, and prints how well\n' +
        'the right documents were found. Touches no live data.',
    )
    .argument(
      '<folder>',
      'corpus.jsonl, queries.jsonl, qrels.tsv, and scopes.jsonl where there are scopes',
    )
    .option('--hits <file>', 'writes the ranked passages of every question, as JSON lines')
    .addHelpText(
      'after',
      '\nFiles:\n' +
        '  corpus.jsonl   { "_id", "title", "text", "scope"?, "audience"? }\n' +
        '  queries.jsonl  { "_id", "text", "scope"?, "turns"?: [{ "who": "user" | "other", "text" }], "expects"?: "answer" | "abstain" | "ask" }\n' +
        '  qrels.tsv      query, document and grade, with tabs between them\n' +
        '  scopes.jsonl   { "_id", "names": [] }: what scopes are called\n',
    )
    .action(local(evaluate));

const evaluate = async (
  { outside, io, json }: CommandCall,
  folder: string,
  { hits }: { readonly hits?: string },
): Promise<ExitCode> => {
  const evaluation = await outside.evaluation(folder);
  const written = hits === undefined ? undefined : await outside.writeLines(hits);
  const steps = {
    documents: await progressOn(io.err, 'documents'),
    passages: await progressOn(io.err, 'passages'),
    queries: await progressOn(io.err, 'questions'),
  };
  try {
    const figures = await evaluation.run({
      progress: async (step, done, of) => {
        if (step !== 'documents') await steps.documents.end();
        if (step === 'queries') await steps.passages.end();
        await steps[step].show(done, of ?? done);
      },
      evaluated: async (query) => {
        for (const hit of query.hits)
          await written?.line(JSON.stringify(hit satisfies EvaluationHit));
      },
    });
    await steps.queries.end();
    if (json) await jsonLine(io.out, figures);
    else await writeFigures(io, figures);
    return exit.well;
  } finally {
    await written?.close();
    await evaluation.close();
  }
};

const writeFigures = async ({ out }: Io, figures: EvaluationFigures): Promise<void> => {
  const { expects, msPerQuery, queries, scope, ...shares } = figures;
  await writePairs(out, [
    ...Object.entries(shares).map(([name, value]) => [name, value.toFixed(3)] as const),
    ['ms per question', msPerQuery.toFixed(1)],
    ['questions with a right document', String(queries)],
    ['one scope found', percent(scope.decided)],
    ['several scopes found', percent(scope.ambiguous)],
    ['outside@10 where a scope was decided', percent(scope['outside@10'])],
  ]);
  const ends = Object.entries(expects);
  if (ends.length === 0) return;
  await line(out);
  await writeTable(
    out,
    ['expected', 'answered', 'abstained', 'asked back'],
    ends.map(([end, { answered, abstained, asked }]) => [
      end,
      ...[answered, abstained, asked].map(percent),
    ]),
    [1, 2, 3],
  );
};

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
