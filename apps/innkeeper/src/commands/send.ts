import type { JsonObject } from '#libs/kernel';
import { basename } from 'node:path';

import type { AddCommand, CommandCall } from '../command.js';
import { exit, UsageError, type ExitCode } from '../exit.js';
import { positive } from '../options.js';
import type { ProviderDoor } from '../outside.js';
import { jsonLine, line, type Io } from '../terminal/io.js';
import { progressOn } from '../terminal/progress.js';
import { writeTable } from '../terminal/table.js';
import { counted } from '../terminal/words.js';

export const addSend: AddCommand = (program, { local }) =>
  program
    .command('send')
    .summary('post payloads to a door as their provider would')
    .description(
      'Signs each payload with the current secret of the source, posts it, and prints the answers.\n' +
        'Exit code 1 if any was refused, 3 if the door does not answer.',
    )
    .argument('<source>', 'the provider: aircall, guesty, rocketchat, or a generic source')
    .argument('<files...>', 'payloads as JSON files')
    .option(
      '--times <n>',
      'post the same bytes so many times, as a provider that repeats; they count once',
      positive,
      1,
    )
    .option('--shuffle', 'in any order, several at once')
    .addHelpText(
      'after',
      '\nExamples:\n' +
        '  innkeeper send aircall test/fixtures/aircall/call.ended.answered.json\n' +
        '  innkeeper send aircall test/fixtures/aircall/call.*.json --times 3 --shuffle\n' +
        '  innkeeper send rocketchat test/fixtures/rocketchat/01-public-channel-trigger-word.json\n\n' +
        'The secret is the first one in the settings of the source, as in INNKEEPER_AIRCALL_TOKENS, else the one\n' +
        'that was made in the data directory.',
    )
    .action(local(send));

interface SendOptions {
  readonly times: number;
  readonly shuffle?: true;
}

interface SentAnswer {
  readonly file: string;
  readonly status: number;
  readonly answer: unknown;
}

const send = async (
  { outside, io, json, to }: CommandCall,
  source: string,
  files: readonly string[],
  { times, shuffle }: SendOptions,
): Promise<ExitCode> => {
  const door = await outside.door(source, to);
  const payloads = new Map<string, JsonObject>();
  for (const file of files) payloads.set(file, payloadOf(file, await outside.readFile(file)));
  const answers: SentAnswer[] = [];
  const tell = async (answered: SentAnswer): Promise<void> => {
    answers.push(answered);
    if (json) await jsonLine(io.out, { ...answered, ...idOf(answered.answer) });
  };
  await postAll({ door, payloads, times, shuffle: shuffle ?? false, io, tell });
  if (!json) await writeAnswers(io, answers, times);
  return answers.every(({ status }) => status >= 200 && status < 300) ? exit.well : exit.unwell;
};

const payloadOf = (file: string, bytes: Uint8Array): JsonObject => {
  try {
    const payload: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof payload === 'object' && payload !== null && !Array.isArray(payload))
      return payload as JsonObject;
  } catch {
    // Said below, with the name of the file.
  }
  throw new UsageError(`${file} is not a JSON object.`, 'Give a payload as the provider sends it.');
};

interface Posting {
  readonly door: ProviderDoor;
  readonly payloads: ReadonlyMap<string, JsonObject>;
  readonly times: number;
  readonly shuffle: boolean;
  readonly io: Io;
  readonly tell: (answered: SentAnswer) => Promise<void>;
}

/** Where no order was asked for, several are under way at once, as a provider under load sends. */
const LANES = 8;

const postAll = async ({ door, payloads, times, shuffle, io, tell }: Posting): Promise<void> => {
  const signed = await Promise.all(
    [...payloads].map(async ([file, payload]) => ({ file, request: await door.sign(payload) })),
  );
  const posts = Array.from({ length: times }, () => signed).flat();
  if (shuffle) shuffled(posts);
  const progress = await progressOn(io.err, 'Sending');
  const waiting = posts.values();
  let done = 0;
  const lane = async (): Promise<void> => {
    // One iterator for all lanes: each post is taken once.
    for (const { file, request } of waiting) {
      await tell({ file, ...(await door.post(request)) });
      done += 1;
      if (posts.length > 1) await progress.show(done, posts.length);
    }
  };
  try {
    await Promise.all(Array.from({ length: shuffle ? LANES : 1 }, lane));
  } finally {
    await progress.end();
  }
};

const shuffled = (items: unknown[]): void => {
  for (let i = items.length - 1; i > 0; i -= 1) {
    const other = Math.floor(Math.random() * (i + 1));
    [items[i], items[other]] = [items[other], items[i]];
  }
};

const textIn = (answer: unknown, name: string): string => {
  const value = (answer as Readonly<Record<string, unknown>> | null | undefined)?.[name];
  return typeof value === 'string' ? value : '';
};

const idOf = (answer: unknown): { readonly id?: string } => {
  const id = textIn(answer, 'id');
  return id ? { id } : {};
};

/** One row for each file and answer: repetitions get the same one. */
const writeAnswers = async (
  io: Io,
  answers: readonly SentAnswer[],
  times: number,
): Promise<void> => {
  const { good, bad } = io.out.paint;
  const rows = new Map<string, { cells: string[]; count: number }>();
  for (const { file, status, answer } of answers) {
    const word = textIn(answer, 'status') || textIn(answer, 'code');
    const id = textIn(answer, 'id') || textIn(answer, 'title');
    const paint = status < 300 ? good : bad;
    const cells = [basename(file), paint(`${status} ${word}`.trim()), id];
    const key = [file, ...cells].join('\n');
    rows.set(key, { cells, count: (rows.get(key)?.count ?? 0) + 1 });
  }
  const table = [...rows.values()].map(({ cells: [file = '', ...others], count }) =>
    times > 1 ? [file, `×${count}`, ...others] : [file, ...others],
  );
  const head = times > 1 ? ['file', 'times', 'answer', 'delivery'] : ['file', 'answer', 'delivery'];
  await writeTable(io.out, head, table);
  if (times > 1)
    await line(
      io.err,
      io.err.paint.dim(
        `The same bytes went out ${counted(times, 'time')}, as a provider that repeats: one delivery each.`,
      ),
    );
  const first = answers.map(({ answer }) => textIn(answer, 'id')).find(Boolean);
  if (first) await line(io.err, io.err.paint.dim(`Next: npx innkeeper trace ${first}`));
};
