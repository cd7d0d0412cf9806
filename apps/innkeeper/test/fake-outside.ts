import type { Outside } from '../src/outside.js';
import type { Api } from '../src/platform/http-api.js';
import { runCommandLine } from '../src/run.js';
import type { Io, Sink } from '../src/terminal/io.js';
import { noPaint } from '../src/terminal/process-io.js';

export interface Answer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** What stood on stdout, as JSON lines. */
  readonly documents: readonly unknown[];
  readonly bytes: Buffer;
}

class Written implements Sink {
  readonly chunks: Buffer[] = [];
  readonly terminal = false;
  readonly width = Infinity;
  readonly paint = noPaint;
  readonly write = (text: string | Uint8Array): Promise<void> => {
    this.chunks.push(Buffer.from(text));
    return Promise.resolve();
  };

  get bytes(): Buffer {
    return Buffer.concat(this.chunks);
  }
}

const documentsIn = (text: string): readonly unknown[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as unknown);

interface Asking {
  readonly yes?: boolean;
  /** What is typed where nobody sees it, one after the other; with it somebody is there. */
  readonly typed?: readonly string[];
  readonly interrupted?: AbortSignal;
}

/** Runs a command line in this process, with pipes instead of a terminal. */
export const runWith = async (
  words: readonly string[],
  outsideOf: (io: Io) => Outside,
  { yes, typed, interrupted = new AbortController().signal }: Asking = {},
): Promise<Answer> => {
  const out = new Written();
  const err = new Written();
  const secrets = [...(typed ?? [])];
  const io: Io = {
    out,
    err,
    interactive: yes !== undefined || typed !== undefined,
    confirm: () => Promise.resolve(yes ?? false),
    askSecret: () => Promise.resolve(secrets.shift()),
    interrupted,
  };
  const code = await runCommandLine(words, outsideOf(io));
  const text = out.bytes.toString();
  return {
    code,
    out: text,
    err: err.bytes.toString(),
    documents: documentsIn(text),
    bytes: out.bytes,
  };
};

const notExpected = (name: string) => (): never => {
  throw new Error(`${name} was not expected to be called`);
};

/** A platform that answers what the test says and nothing else. */
const fakeApi = (answers: Partial<Api>): Api =>
  new Proxy(answers, {
    // A promise that is resolved with it looks for `then`.
    get: (known, name: keyof Api | 'then') =>
      name === 'then' ? undefined : (known[name] ?? notExpected(name)),
  }) as Api;

export const NOW = Date.UTC(2026, 10, 21, 12);

/** Runs a command against a platform that answers only what is said. */
export const run = (
  words: string,
  answers: Partial<Api> = {},
  outside: Partial<Outside> = {},
  asking: Asking = {},
): Promise<Answer> =>
  runWith(
    words.split(' ').filter(Boolean),
    (io) => ({
      io,
      now: () => NOW,
      start: notExpected('start'),
      running: () => Promise.resolve(fakeApi(answers)),
      platform: () => Promise.resolve(fakeApi(answers)),
      door: notExpected('door'),
      bus: notExpected('bus'),
      settings: notExpected('settings'),
      token: notExpected('token'),
      readFile: notExpected('readFile'),
      readInput: notExpected('readInput'),
      writeLines: notExpected('writeLines'),
      evaluation: notExpected('evaluation'),
      pullModel: notExpected('pullModel'),
      repository: notExpected('repository'),
      filesIn: notExpected('filesIn'),
      kits: notExpected('kits'),
      restoring: notExpected('restoring'),
      ...outside,
    }),
    asking,
  );

/** Pages of a list, and what was asked for them. */
export const listOf = <T>(...pages: readonly (readonly T[])[]) => {
  const asked: unknown[][] = [];
  const list = async function* (...args: unknown[]): AsyncGenerator<readonly T[]> {
    asked.push(args);
    for (const page of pages) yield await Promise.resolve(page);
  };
  return { list, asked };
};
