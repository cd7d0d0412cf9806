import { Fault } from '#libs/kernel';
import type { StageAnswer, TraceAnswer } from '#libs/routes';

import type { AddCommand, AskedOfPlatform } from '../command.js';
import { exit, type ExitCode } from '../exit.js';
import { jsonLine, line, type Io, type Paint } from '../terminal/io.js';
import { tableLines } from '../terminal/table.js';
import { bytes, counted, preciseTime } from '../terminal/words.js';

export const addTrace: AddCommand = (program, { onPlatform }) =>
  program
    .command('trace')
    .summary('each stage that a thing went through, and where it is now')
    .description(
      'Follows a delivery, a fact or a record. Exit code 1 if a stage failed or the id is unknown.\n' +
        'Stages are derived from the log and its readers’ checkpoints, so some have no time of their own.',
    )
    .argument('<id>', 'of a delivery, a fact, or a record (call/aircall.main.4190001001)')
    .action(onPlatform(trace));

const trace = async ({ api, io, json }: AskedOfPlatform, id: string): Promise<ExitCode> => {
  const traced = await api.trace(id).catch(unlessUnknown);
  if (!traced) {
    await line(io.err, `${io.err.paint.bad('✖')} Nothing is known of ${id}.`);
    await line(io.err, `  ${io.err.paint.dim('Next:')} ${WHEN_UNKNOWN}`);
    return exit.unwell;
  }
  if (json) await jsonLine(io.out, traced);
  else await writeTrace(io, traced);
  return traced.stages.some(({ state }) => state === 'failed') ? exit.unwell : exit.well;
};

/** What was answered 200 is safe on the bus before anything else knows of it. */
const WHEN_UNKNOWN =
  'check the id. A delivery of a moment ago may wait on the bus: npx innkeeper doctor shows how far intake is.';

const unlessUnknown = (error: unknown): undefined => {
  if (error instanceof Fault && error.code === 'API_NOT_FOUND') return undefined;
  throw error;
};

const writeTrace = async (io: Io, traced: TraceAnswer): Promise<void> => {
  const { paint, width } = io.out;
  const { delivery, facts, stages } = traced;
  if (delivery) {
    const { id, source, bytes: size } = delivery;
    await line(io.out, `${paint.strong(`Delivery ${id}`)}  ${source}, ${bytes(size)}`);
  }
  const general = stages.filter(({ fact }) => fact === undefined);
  await writeStages(io, general);
  for (const { id, type, stream, position } of facts) {
    await line(io.out);
    await line(io.out, `${paint.strong(`Fact ${id}`)}  position ${position}`);
    for (const text of tableLines([['  ', type, stream]], { width })) await line(io.out, text);
    await writeStages(
      io,
      stages.filter(({ fact }) => fact === id),
    );
  }
  await line(io.out);
  await line(io.out, nowOf(traced, paint));
};

const writeStages = async ({ out }: Io, stages: readonly StageAnswer[]): Promise<void> => {
  const rows = stages.map((stage) => [
    ` ${markOf(stage, out.paint)}`,
    stage.stage,
    out.paint.dim(preciseTime(stage.at) || '–'),
    noteOf(stage),
  ]);
  for (const text of tableLines(rows, { width: out.width })) await line(out, text);
};

const markOf = ({ state }: StageAnswer, { good, bad, waiting }: Paint): string => {
  switch (state) {
    case 'done':
      return good('✔');
    case 'waiting':
      return waiting('…');
    case 'failed':
      return bad('✖');
  }
};

const noteOf = ({ state, behind, record, code, letter }: StageAnswer): string =>
  [
    record,
    code,
    letter && `npx innkeeper dead show ${letter}`,
    state === 'waiting' && behind !== undefined && `${counted(behind, 'fact')} before it`,
  ]
    .filter(Boolean)
    .join('  ');

/** Where it is now, in one line. */
const nowOf = ({ stages, records, facts }: TraceAnswer, paint: Paint): string => {
  const failed = stages.find(({ state }) => state === 'failed');
  if (failed) return paint.bad(`Now: stopped at “${failed.stage}”. See npx innkeeper doctor.`);
  const waiting = stages.find(({ state }) => state === 'waiting');
  if (waiting) return paint.waiting(`Now: waiting to be ${waiting.stage}.`);
  const names = records.map(
    ({ kind, id, deleted }) => `${kind}/${id}${deleted ? ' (deleted)' : ''}`,
  );
  if (names.length > 0) return paint.good(`Now: in ${names.join(', ')}.`);
  return facts.length > 0
    ? paint.good('Now: in the log; it is about no record.')
    : paint.waiting('Now: kept, and waiting to become facts.');
};
