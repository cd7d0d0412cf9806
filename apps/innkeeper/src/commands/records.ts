import { Fault } from '#libs/kernel';
import type { RecordHistoryAnswer, RecordAnswer } from '#libs/routes';

import type { AddCommand, AskedOfPlatform } from '../command.js';
import { exit, UsageError, type ExitCode } from '../exit.js';
import { writeList } from '../listing.js';
import { positive } from '../options.js';
import { jsonLine, line, type Io } from '../terminal/io.js';
import { writePairs, writeTable } from '../terminal/table.js';
import { time } from '../terminal/words.js';
import { kinds } from './record-kinds.js';

export const addRecords: AddCommand = (program, { onPlatform }) =>
  program
    .command('records')
    .summary('records as they are now, and the facts that made them')
    .description(
      'Lists records of a kind, newest change first, or shows one with the facts that made it.\n' +
        'Records name people: watch who sees your screen.',
    )
    .argument('<kind>', kinds.join(', '))
    .argument('[id]', 'one of them, with its history')
    .option('--where <field=value...>', 'only those where a field has this value')
    .option('--updated-after <time>', 'only what changed later, oldest change first')
    .option('--source <source>', 'only what this source told')
    .option('--limit <n>', 'so many at most', positive)
    .addHelpText(
      'after',
      '\nExamples:\n' +
        '  innkeeper records call --where direction=inbound status=ended\n' +
        '  innkeeper records call aircall.main.4190001001',
    )
    .action(onPlatform(records));

interface RecordsOptions {
  readonly where?: readonly string[];
  readonly updatedAfter?: string;
  readonly source?: string;
  readonly limit?: number;
}

const records = async (
  asked: AskedOfPlatform,
  kind: string,
  id: string | undefined,
  options: RecordsOptions,
): Promise<ExitCode> => {
  try {
    return await showRecords(asked, kind, id, options);
  } catch (error) {
    // The platform may know kinds that this list does not.
    if (kinds.includes(kind) || !(error instanceof Fault) || error.code !== 'API_NOT_FOUND')
      throw error;
    throw new UsageError(`There is no kind ${kind}.`, `Kinds: ${kinds.join(', ')}.`);
  }
};

const showRecords = async (
  asked: AskedOfPlatform,
  kind: string,
  id: string | undefined,
  { where = [], limit, ...filters }: RecordsOptions,
): Promise<ExitCode> => {
  const { api, io, json } = asked;
  if (id !== undefined) {
    const record = await api.record(kind, id);
    if (json) await jsonLine(io.out, record);
    else await writeRecord(io, record);
    return exit.well;
  }
  await writeList(asked, {
    pages: (most) => api.records(kind, { ...filters, ...equalities(where) }, most),
    limit,
    head: ['id', 'changed', 'name', ''],
    row: rowOf,
    none: 'There is no such record.',
  });
  return exit.well;
};

const equalities = (where: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    where.map((text) => {
      const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
      if (name === undefined || value === undefined)
        throw new UsageError(
          `--where ${text} is no filter.`,
          'Write field=value, e.g. status=ended.',
        );
      return [name, value];
    }),
  );

/** What tells records of one kind apart at a glance. */
const GLANCE = [
  ...[
    'direction',
    'author',
    'channel',
    'status',
    'missed',
    'amount',
    'rating',
    'priority',
    'dueAt',
  ],
  ...['durationSeconds', 'available', 'email', 'phone'],
];

const rowOf = (record: RecordAnswer): readonly string[] => [
  record.id,
  time(record.updatedAt),
  record.displayName ?? '',
  GLANCE.flatMap((name) => {
    const value = shortly(record[name]);
    return value !== undefined && value !== record.displayName ? [`${name} ${value}`] : [];
  }).join(', '),
];

/** Plain values as they are; of an amount, its words. */
const shortly = (value: unknown): string | undefined => {
  if (typeof value === 'object' && value !== null)
    return 'text' in value && typeof value.text === 'string' ? value.text : undefined;
  return ['string', 'number', 'boolean'].includes(typeof value) ? spoken(value) : undefined;
};

const writeRecord = async (
  { out }: Io,
  { history, historyNext: _all, ...record }: RecordHistoryAnswer,
): Promise<void> => {
  const { kind, id, displayName, ...fields } = record;
  await line(out, `${out.paint.strong(`${kind} ${id}`)}  ${displayName ?? ''}`);
  const pairs = Object.entries(fields).flatMap(([name, value]) => pairsOf(name, value));
  await writePairs(out, pairs);
  await line(out);
  await writeTable(
    out,
    ['position', 'occurred', 'event', 'fact'],
    history.map(({ position, occurredAt, event, type, fact }) => [
      String(position),
      time(occurredAt),
      event ?? type,
      fact,
    ]),
    [0],
  );
};

const ISO = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

/** One line for a value; a line of its own for each thing in a list. */
const pairsOf = (name: string, value: unknown): (readonly [string, string])[] => {
  if (!Array.isArray(value)) return [[name, spoken(value)]];
  return value.map((item, i) => [i === 0 ? name : '', spoken(item)] as const);
};

const spoken = (value: unknown): string => {
  if (typeof value === 'string') return ISO.test(value) ? time(value) : value;
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map(([name, part]) => `${name} ${spoken(part)}`)
    .join(', ');
};
