import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { styleText } from 'node:util';

import type { Io, Paint, Sink } from './io.js';

interface Stream extends Pick<NodeJS.WritableStream, 'write' | 'once'> {
  readonly isTTY: boolean;
  readonly columns?: number;
}

const plain = (text: string): string => text;
export const noPaint: Paint = {
  good: plain,
  bad: plain,
  waiting: plain,
  dim: plain,
  strong: plain,
};

const style =
  (format: Parameters<typeof styleText>[0]) =>
  (text: string): string =>
    styleText(format, text, { validateStream: false });

const colours: Paint = {
  good: style('green'),
  bad: style('red'),
  waiting: style('yellow'),
  dim: style('dim'),
  strong: style('bold'),
};

type TerminalEnvironment = Readonly<Record<string, string | undefined>>;

export const sinkOf = (stream: Stream, env: TerminalEnvironment): Sink => ({
  write: (text) =>
    new Promise((resolve) => {
      if (stream.write(text)) resolve();
      else stream.once('drain', resolve);
    }),
  terminal: stream.isTTY,
  get width() {
    return stream.isTTY ? (stream.columns ?? 80) : Infinity;
  },
  // https://no-color.org: set to anything but nothing.
  paint: stream.isTTY && !env.NO_COLOR && env.TERM !== 'dumb' ? colours : noPaint,
});

/** The terminal or the pipe this process was started in. */
export const processIo = (env: TerminalEnvironment): Io => {
  const interactive = process.stdin.isTTY && process.stderr.isTTY;
  // A reader that has seen enough, as `head` does, is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  return {
    out: sinkOf(process.stdout, env),
    err: sinkOf(process.stderr, env),
    interactive,
    confirm: (question) => (interactive ? askOnTerminal(question) : Promise.resolve(false)),
    askSecret: (question) =>
      interactive ? askWithoutEcho(question) : Promise.resolve<undefined>(undefined),
    get interrupted() {
      return untilInterrupted();
    },
  };
};

const askOnTerminal = async (question: string): Promise<boolean> => {
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await asking.question(`${question} [y/N] `)).trim());
  } catch {
    // Ctrl-C and Ctrl-D both say no.
    return false;
  } finally {
    asking.close();
  }
};

/** The terminal shows the question, and nothing of the answer. */
const askWithoutEcho = async (question: string): Promise<string | undefined> => {
  const nowhere = new Writable({ write: (_chunk, _encoding, written) => written() });
  const asking = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  process.stderr.write(question);
  try {
    return await new Promise<string | undefined>((resolve) => {
      asking.once('line', resolve);
      // Ctrl-C and Ctrl-D both give up.
      asking.once('SIGINT', () => asking.close());
      asking.once('close', () => resolve(undefined));
    });
  } finally {
    asking.close();
    process.stderr.write('\n');
  }
};

/** Only a command that asks for it takes Ctrl-C away from the process. */
const untilInterrupted = (): AbortSignal => {
  const ending = new AbortController();
  process.once('SIGINT', () => ending.abort());
  process.once('SIGTERM', () => ending.abort());
  return ending.signal;
};
