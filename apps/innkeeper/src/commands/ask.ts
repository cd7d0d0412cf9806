import { fault } from '#libs/kernel';
import type { AnswerDocument, AnswerEvent } from '#libs/routes';

import type { AddCommand, AskedOfPlatform } from '../command.js';
import { exit, type ExitCode } from '../exit.js';
import { jsonLine, line, type Io } from '../terminal/io.js';

export const addAsk: AddCommand = (program, { onPlatform }) =>
  program
    .command('ask')
    .summary('answer a question, with numbered sources')
    .description(
      'Answers a question from what you may read: with the best sentences of its sources, with a count, with a question\n' +
        'back, or with "I do not know" and the nearest sources. It exits 0 if it answers, else 1.',
    )
    .argument('<question>', 'in your own words')
    .option('--conversation <id>', 'go on with this dialogue')
    .option('--about <record>', 'it is about this record, e.g. one of the choices')
    .option('--as <principal>', 'with the rights of this principal; takes an admin, and is logged')
    .addHelpText(
      'after',
      '\nExamples:\n' +
        '  innkeeper ask "Where is the fuse box of Harbour Loft?"\n' +
        '  innkeeper ask "Wer reist morgen an?"\n' +
        '  innkeeper ask "And the wifi?" --conversation 019ad3c2-5b00-7a11-8c22-0a1b2c3d4e5f',
    )
    .action(onPlatform(ask));

interface AskOptions {
  readonly conversation?: string;
  readonly about?: string;
  readonly as?: string;
}

const ask = async (
  { api, io, json }: AskedOfPlatform,
  text: string,
  { conversation, about, as }: AskOptions,
): Promise<ExitCode> => {
  const body = { text, conversation, as, ...(about !== undefined && { about: [about] }) };
  const answer = json ? await api.ask(body) : await grown(io, api.askAsItGrows(body));
  if (json) await jsonLine(io.out, answer);
  else await writeSources(io, answer);
  return answer.outcome === 'answered' ? exit.well : exit.unwell;
};

/** Each sentence once it is there. What did not grow so is written whole. */
const grown = async ({ out }: Io, events: AsyncIterable<AnswerEvent>): Promise<AnswerDocument> => {
  let written = '';
  for await (const { event, data } of events) {
    if (event === 'sentence') {
      const sentence = written === '' ? data.text : ` ${data.text}`;
      await out.write(sentence);
      written += sentence;
    } else if (event === 'answer') {
      const { answer } = data;
      if (answer.startsWith(written)) await line(out, answer.slice(written.length));
      else await line(out, `\n\n${answer}`);
      return data;
    }
  }
  throw fault('PLATFORM_UNREACHABLE', { details: { problem: 'the answer was cut off' } });
};

const writeSources = async (
  { out, err }: Io,
  { citations, choices, conversation, way }: AnswerDocument,
): Promise<void> => {
  const { dim, strong } = out.paint;
  if (choices.length > 0) await line(out);
  for (const [i, { id, name }] of choices.entries())
    await line(out, `  ${i + 1}  ${strong(name)}  ${dim(id)}`);
  if (citations.length > 0) await line(out);
  for (const [i, { name, record }] of citations.entries())
    // The list behind a number says already what each is called.
    await line(out, `[${i + 1}] ${way === 'records' ? '' : `${strong(name)}  `}${dim(record)}`);
  await line(err, dim(nextStep(conversation, choices.length > 0)));
};

const nextStep = (conversation: string, isAskedBack: boolean): string =>
  isAskedBack
    ? `Answer it: innkeeper ask "1" --conversation ${conversation}`
    : `Go on: innkeeper ask "…" --conversation ${conversation}`;
