import type { ExaminationAnswer } from '#libs/routes';

import type { AddCommand, AskedOfPlatform } from '../command.js';
import { exit, type ExitCode } from '../exit.js';
import { jsonLine, line, type Io } from '../terminal/io.js';
import { tableLines } from '../terminal/table.js';
import { ago, count, counted, duration } from '../terminal/words.js';

export const addDoctor: AddCommand = (program, { onPlatform }) =>
  program
    .command('doctor')
    .summary('what needs a person, each with the next step')
    .description(
      'Looks at every consumer’s lag, every lease, dead letter, parked fact, back end and door, and at the chain of\n' +
        'the log. Exit code 0 if nothing needs a person, 1 if something does, 3 if the platform does not answer.',
    )
    .action(onPlatform(doctor));

const doctor = async ({ api, io, json, outside }: AskedOfPlatform): Promise<ExitCode> => {
  const examination = await api.examine();
  if (json) await jsonLine(io.out, examination);
  else await writeExamination(io, examination, outside.now());
  return examination.well ? exit.well : exit.unwell;
};

const writeExamination = async (
  io: Io,
  examination: ExaminationAnswer,
  now: number,
): Promise<void> => {
  const { findings, well } = examination;
  const { paint } = io.out;
  for (const { code, about, says, next } of findings) {
    await line(io.out, `${paint.bad('✖')} ${paint.strong(code)}  ${about}`);
    await line(io.out, `  ${says}`);
    await line(io.out, `  ${paint.dim('Next:')} ${next}`);
    await line(io.out);
  }
  for (const [title, rows] of sectionsOf(examination, io, now)) {
    if (rows.length === 0) continue;
    await line(io.out, paint.strong(title));
    for (const text of tableLines(rows.map((row) => [`  ${row[0] ?? ''}`, ...row.slice(1)])))
      await line(io.out, text);
  }
  await line(io.out);
  await line(
    io.out,
    well
      ? paint.good('Well: nothing needs a person.')
      : paint.bad(`${counted(findings.length, 'thing needs', 'things need')} a person.`),
  );
};

type Section = readonly [title: string, rows: readonly (readonly string[])[]];

const sectionsOf = (
  { head, consumers, leases, doors, backEnds }: ExaminationAnswer,
  { out: { paint } }: Io,
  now: number,
): readonly Section[] => [
  ['Log', head ? [[`position ${count(head.position)}`, `era ${head.era}`]] : []],
  [
    'Consumers',
    consumers.map(({ name, behind, oldestMs }) => [
      name,
      behind ? paint.waiting(`${count(behind)} behind`) : paint.good('up to date'),
      behind && oldestMs !== undefined ? `for ${duration(oldestMs)}` : '',
    ]),
  ],
  [
    'Leases',
    leases.map(({ name, holder, term, expiresInMs }) => [
      name,
      `held by ${holder}`,
      `term ${term}`,
      `${duration(expiresInMs)} left`,
    ]),
  ],
  [
    'Doors',
    doors.map(({ source, lastDelivery, lastCanary }) => [
      source,
      `last delivery ${ago(lastDelivery, now)}`,
      `last canary ${ago(lastCanary, now)}`,
    ]),
  ],
  [
    'Back ends',
    backEnds.map(({ name, answers }) => [
      name,
      answers ? paint.good('answers') : paint.bad('does not answer'),
    ]),
  ],
];
