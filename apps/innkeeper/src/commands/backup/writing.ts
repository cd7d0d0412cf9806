import { codes } from '#libs/kernel';
import type { BackupRunAnswer, BackupStateAnswer } from '#libs/routes';

import { line, type Sink } from '../../terminal/io.js';
import { writePairs, writeTable } from '../../terminal/table.js';
import { bytes, count, duration, time } from '../../terminal/words.js';
import {
  hasSaved,
  hasSucceeded,
  paintOf,
  provedOf,
  retainedOf,
  savedOf,
  sizeOf,
  statusOf,
  tookMs,
} from './run-words.js';
import { serverCell, serverPairs, serverState } from './server-words.js';

/** Enough of a snapshot's id to name it to restic. */
const SNAPSHOT_SHOWN = 8;

/** The run first: only the last column is cut where a terminal ends, and its id is what other commands take. */
export const listHead = [
  'run',
  'when',
  'kind',
  'status',
  'size',
  'took',
  'drill',
  'server',
] as const;
export const listNumbers = [4, 5];

export const listRow =
  (now: () => number) =>
  (run: BackupRunAnswer): readonly string[] => {
    const ms = tookMs(run);
    return [
      run.id,
      time(run.startedAt ?? run.requestedAt),
      run.kind,
      statusOf(run),
      sizeOf(run),
      ms === undefined ? '' : duration(ms),
      run.drill?.verdict ?? '',
      serverCell(run, now()),
    ];
  };

/** How a run ended, for who waited for it. */
export const writeEnd = async (sink: Sink, run: BackupRunAnswer): Promise<void> => {
  const ms = tookMs(run);
  const mark = hasSucceeded(run) && run.drill?.verdict !== 'bad' ? '✔' : '✖';
  const took = ms === undefined ? '' : ` in ${duration(ms)}`;
  const what = run.kind === 'drill' ? 'Drill' : 'Backup';
  const paint = paintOf(sink.paint, run);
  await line(sink, `${paint(mark)} ${what} ${sink.paint.strong(run.id)} ${statusOf(run)}${took}.`);
  if (hasSaved(run)) await line(sink, `  ${savedOf(run)}`);
  if (run.server)
    await line(sink, `  ${serverState(run.server, Date.parse(run.endedAt ?? run.requestedAt))}`);
  if (run.drill) await line(sink, `  ${provedOf(run.drill)}`);
  if (run.drill) await writeDifferences(sink, run.drill);
  if (run.retention) await line(sink, `  ${retainedOf(run.retention)}`);
  await writeTroubles(sink, run);
};

/** Everything that is known of a run. */
export const writeRun = async (sink: Sink, run: BackupRunAnswer, now: number): Promise<void> => {
  const { paint } = sink;
  const ms = tookMs(run);
  await line(sink, `${paint.strong(run.id)}  ${paintOf(paint, run)(statusOf(run))}`);
  await writePairs(sink, [
    ['kind', `${run.kind}, asked for by the ${run.requestedBy}`],
    ['requested', time(run.requestedAt)],
    ...(run.startedAt === null ? [] : [['started', time(run.startedAt)] as const]),
    ...(run.endedAt === null ? [] : [['ended', time(run.endedAt)] as const]),
    ...(ms === undefined ? [] : [['took', duration(ms)] as const]),
    ...(run.drillOf === undefined ? [] : [['proves', run.drillOf] as const]),
    ...(run.retention ? [['retention', retainedOf(run.retention)] as const] : []),
    ...(run.server ? serverPairs(run.server, now) : []),
  ]);
  await writeSources(sink, run);
  await writeSteps(sink, run);
  if (run.drill) await writeDrill(sink, run.drill);
  await writeTroubles(sink, run);
};

const writeSources = async (sink: Sink, { sources }: BackupRunAnswer): Promise<void> => {
  if (sources.length === 0) return;
  await line(sink);
  const rows = sources.map((source) => [
    source.name,
    source.repository,
    count(source.files),
    bytes(source.bytes),
    bytes(source.addedBytes),
    source.snapshot?.slice(0, SNAPSHOT_SHOWN) ?? 'not yet',
  ]);
  const head = ['source', 'repository', 'files', 'size', 'new', 'snapshot'];
  await writeTable(sink, head, rows, [2, 3, 4]);
};

const writeSteps = async (sink: Sink, { steps }: BackupRunAnswer): Promise<void> => {
  if (steps.length === 0) return;
  await line(sink);
  const rows = steps.map(({ step, startedAt, endedAt, attempts }) => [
    step,
    time(startedAt),
    duration(Date.parse(endedAt) - Date.parse(startedAt)),
    attempts > 1 ? `at attempt ${attempts}` : '',
  ]);
  await writeTable(sink, ['step', 'began', 'took', ''], rows, [2]);
};

const writeDrill = async (
  sink: Sink,
  drill: NonNullable<BackupRunAnswer['drill']>,
): Promise<void> => {
  await line(sink);
  const { good, bad } = sink.paint;
  await line(sink, `${drill.verdict === 'good' ? good('✔') : bad('✖')} ${provedOf(drill)}`);
  for (const { name, started, differences } of drill.sources) {
    const how = started === undefined ? '' : ` (${started})`;
    if (differences.length === 0) await line(sink, `  ${name}: as it was saved${how}`);
  }
  await writeDifferences(sink, drill);
};

const writeDifferences = async (
  sink: Sink,
  { sources }: NonNullable<BackupRunAnswer['drill']>,
): Promise<void> => {
  for (const { name, differences } of sources)
    for (const { code, detail } of differences)
      await line(sink, `  ${name}: ${sink.paint.bad(code)} ${detail}`);
};

/** Warnings, and why it failed with what to do. */
const writeTroubles = async (sink: Sink, { warnings, error }: BackupRunAnswer): Promise<void> => {
  const { bad, dim, strong, waiting } = sink.paint;
  for (const { code, step, detail } of warnings)
    await line(sink, `${waiting('!')} ${strong(code)} at ${step}: ${detail}`);
  if (!error) return;
  const says = isCode(error.code) ? `: ${codes[error.code].title}` : '';
  await line(sink, `${bad('✖')} ${strong(error.code)} at ${error.step}${says}`);
  await line(sink, `  ${dim('Next:')} ${error.next}`);
};

const isCode = (text: string): text is keyof typeof codes => Object.hasOwn(codes, text);

/** Is the backup good? */
export const writeState = async (
  sink: Sink,
  { verdict, answer, troubles }: BackupStateAnswer,
): Promise<void> => {
  const { bad, dim, good, strong, waiting } = sink.paint;
  const marks: Readonly<Record<string, string>> = { good: good('✔'), none_yet: waiting('!') };
  // What is wrong is listed, so that nothing is said twice.
  const says = verdict === 'not_good' ? 'The backup is not good.' : answer;
  await line(sink, `${marks[verdict] ?? bad('✖')} ${says}`);
  for (const { code, says, since } of troubles)
    await line(sink, `  ${strong(code)}  ${says} ${dim(`(since ${time(since)})`)}`);
  const next = verdict === 'none_yet' ? 'innkeeper backup run' : 'innkeeper doctor';
  if (verdict === 'none_yet' || troubles.length > 0) await line(sink, `  ${dim('Next:')} ${next}`);
};
