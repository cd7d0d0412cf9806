import { Secret } from '#libs/kernel';

import { UsageError } from '../exit.js';
import type { Outside } from '../outside.js';
import { line } from '../terminal/io.js';

/** Without i, l, o and u: nothing looks like something else, and no word forms. */
const SIGNS = '0123456789abcdefghjkmnpqrstvwxyz';
const GROUPS = 8;
const GROUP = 4;
const BITS = GROUPS * GROUP * 5;

/** 32 signs of 5 bits each: nobody guesses it, even where a guess costs nothing. */
export const makePassphrase = (bytes: Uint8Array): Secret =>
  new Secret(
    Array.from({ length: GROUPS }, (_, group) =>
      [...bytes.subarray(group * GROUP, (group + 1) * GROUP)]
        .map((byte) => SIGNS.charAt(byte % SIGNS.length))
        .join(''),
    ).join('-'),
  );

/** A file that holds every secret is tried without end by who finds it. */
const SHORTEST = 16;

export interface PassphraseOptions {
  readonly passphraseFile?: string;
  readonly makePassphrase?: boolean;
}

type AskedForPassphrase = Pick<Outside, 'io' | 'readFile'>;

/** For a new kit: from a file, made here, or typed twice. */
export const newPassphrase = async (
  outside: AskedForPassphrase,
  { passphraseFile, makePassphrase: isMade = false }: PassphraseOptions,
): Promise<Secret> => {
  if (passphraseFile !== undefined && isMade)
    throw new UsageError(
      '--passphrase-file and --make-passphrase exclude each other.',
      'Take one of them.',
    );
  if (passphraseFile !== undefined) return longEnough(await inFile(outside, passphraseFile));
  return isMade ? showNew(outside) : typedTwice(outside);
};

/** For a kit that is there. */
export const knownPassphrase = async (
  outside: AskedForPassphrase,
  { passphraseFile }: Pick<PassphraseOptions, 'passphraseFile'>,
): Promise<Secret> =>
  passphraseFile === undefined
    ? typed(outside, 'Passphrase of the kit: ')
    : inFile(outside, passphraseFile);

const inFile = async ({ readFile }: AskedForPassphrase, path: string): Promise<Secret> => {
  const text = new TextDecoder().decode(await readFile(path)).replace(/\r?\n$/, '');
  if (text === '') throw new UsageError(`${path} is empty.`, 'Write the passphrase into it.');
  return new Secret(text);
};

const showNew = async ({ io }: AskedForPassphrase): Promise<Secret> => {
  // Elsewhere it would stand in a log.
  if (!io.interactive) throw nobodyThere();
  const made = makePassphrase(globalThis.crypto.getRandomValues(new Uint8Array(GROUPS * GROUP)));
  await line(io.err, `The passphrase of this kit (${BITS} bits; it is shown once):`);
  await line(io.err, `\n    ${io.err.paint.strong(made.reveal())}\n`);
  if (await io.confirm('Is it written down, with its hyphens?')) return made;
  throw new UsageError('No kit was made.', 'Run it again, and write the passphrase down.');
};

const typedTwice = async (outside: AskedForPassphrase): Promise<Secret> => {
  const first = longEnough(await typed(outside, 'Passphrase for the kit: '));
  const second = await typed(outside, 'The same again: ');
  if (first.reveal() === second.reveal()) return first;
  throw new UsageError('The two passphrases differ. No kit was made.', 'Run it again.');
};

const typed = async ({ io }: AskedForPassphrase, question: string): Promise<Secret> => {
  if (!io.interactive) throw nobodyThere();
  const text = await io.askSecret(question);
  if (text !== undefined) return new Secret(text);
  throw new UsageError(
    'No passphrase was typed.',
    'Run it again, or name a file with --passphrase-file.',
  );
};

const longEnough = (passphrase: Secret): Secret => {
  if ([...passphrase.reveal()].length >= SHORTEST) return passphrase;
  throw new UsageError(
    `This passphrase is too short: expected at least ${SHORTEST} characters.`,
    'Take six words that do not belong together, or --make-passphrase.',
  );
};

const nobodyThere = (): UsageError =>
  new UsageError(
    'There is no terminal to ask for a passphrase.',
    'Run it on a terminal, or name a file with --passphrase-file.',
  );
