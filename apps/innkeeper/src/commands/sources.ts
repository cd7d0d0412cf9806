import type { SourceAnswer, TallyAnswer } from '#libs/routes';

import type { AddCommand, AskedOfPlatform } from '../command.js';
import { exit, type ExitCode } from '../exit.js';
import { jsonLine, line, type Io } from '../terminal/io.js';
import { tableLines, writeTable } from '../terminal/table.js';
import { ago, bytes, count, duration } from '../terminal/words.js';

export const addSources: AddCommand = (program, { onPlatform }) =>
  program
    .command('sources')
    .summary('each door and API: its figures, and the next step')
    .description(
      'Shows every source of this deployment: whether it is on and why, when it last brought something, how much of\n' +
        'the last hour and day was taken, repeated and refused, how old its secrets are, and the next step.',
    )
    .action(onPlatform(sources));

const sources = async ({ api, io, json, outside }: AskedOfPlatform): Promise<ExitCode> => {
  const { items, strangers } = await api.sources();
  if (json) for (const item of items) await jsonLine(io.out, item);
  else {
    await writeSources(io, items, outside.now());
    const knocked = refusedIn(strangers.day);
    if (knocked > 0) {
      await line(io.out);
      await line(io.out, `${count(knocked)} refused in the last day at doors that do not exist.`);
    }
  }
  return exit.well;
};

const writeSources = async (
  { out }: Io,
  items: readonly SourceAnswer[],
  now: number,
): Promise<void> => {
  const { paint } = out;
  await writeTable(
    out,
    ['source', 'way in', 'is', 'last delivery', 'last canary', '1 h', '24 h', 'again', 'refused'],
    items.map(({ source, way, path, on, lastDelivery, lastCanary, hour, day }) => [
      source,
      path ?? way.toUpperCase(),
      on ? paint.good('on') : 'off',
      ago(lastDelivery, now),
      way === 'door' && on ? ago(lastCanary, now) : '',
      count(hour.taken),
      count(day.taken),
      count(day.repeated),
      count(refusedIn(day)),
    ]),
    [5, 6, 7, 8],
  );
  for (const item of items) {
    const notes = notesOf(item, now);
    await line(out);
    await line(out, paint.strong(item.source));
    for (const text of tableLines(notes.map(([name, says]) => [`  ${paint.dim(name)}`, says])))
      await line(out, text);
    if (item.next !== undefined) await line(out, `  ${paint.dim('Next:')} ${item.next}`);
  }
};

const refusedIn = ({ refused }: TallyAnswer): number =>
  Object.values(refused).reduce((sum, many) => sum + many, 0);

type Note = readonly [name: string, says: string];

const notesOf = (
  { on, says, secrets, day, quarantine, sync }: SourceAnswer,
  now: number,
): readonly Note[] => [
  [on ? 'on' : 'off', says],
  ...secrets.map(({ firstSeen }, i): Note => [
    i === 0 ? 'current secret' : 'older secret',
    `first seen ${ago(firstSeen, now)}`,
  ]),
  ...Object.entries(day.refused).map(([code, many]): Note => ['refused', `${count(many)} ${code}`]),
  ...(quarantine.count > 0
    ? [
        [
          'quarantine',
          `${quarantine.more ? 'more than ' : ''}${count(quarantine.count)}, ${bytes(quarantine.bytes)}`,
        ] satisfies Note,
      ]
    : []),
  ...(day.notUnderstood > 0 ? [['not understood', count(day.notUnderstood)] satisfies Note] : []),
  ...(day.failed > 0 ? [['failed', count(day.failed)] satisfies Note] : []),
  ...(sync ? syncNotes(sync, now) : []),
];

const syncNotes = (
  { lists, reading, failed, untold, coveredTo }: NonNullable<SourceAnswer['sync']>,
  now: number,
): readonly Note[] => [
  [
    'lists',
    `${count(lists)}, ${count(reading)} of them being read` +
      (coveredTo
        ? `, all read up to ${duration(Math.max(0, now - Date.parse(coveredTo)))} ago`
        : ''),
  ],
  ...failed.map((what): Note => ['not read', what]),
  ...(untold > 0 ? [['never told', count(untold)] satisfies Note] : []),
];
