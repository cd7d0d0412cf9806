import {
  kitFingerprint,
  kitPage,
  recoveryKitText,
  type KitNote,
  type RecoveryKit,
} from '#libs/backups';
import { asFault, fault, webHash, type Code } from '#libs/kernel';
import type { NotedKitAnswer } from '#libs/routes';

import type { AddCommand, CommandCall } from '../../command.js';
import { exit, UsageError, type ExitCode } from '../../exit.js';
import { knownPassphrase, newPassphrase, type PassphraseOptions } from '../../kit/passphrase.js';
import { jsonLine, line } from '../../terminal/io.js';
import { writePairs } from '../../terminal/table.js';

export const addBackupKit: AddCommand = (backup, { local }) =>
  backup
    .command('kit')
    .summary('the recovery kit: what opens the backups when all else is lost')
    .description(
      'Writes the recovery kit: both repositories, their passwords and accounts, and the master key.\n' +
        'It is sealed with a passphrase, in the format of the program age, and opened once to prove that.\n' +
        'It never replaces a file. It reads settings and data directory of this machine, and needs no platform.',
    )
    .option('--to <file>', 'write a new kit to this file')
    .option('--page <file>', 'and a page to print, with every secret in clear text')
    .option('--show <file>', 'what a kit is for; it shows no secret')
    .option('--tell <address>', 'tell the platform there, whose doctor then stops asking')
    .option('--passphrase-file <file>', 'take the passphrase from here, not from the terminal')
    .option('--make-passphrase', 'make a passphrase of 160 bits and show it once')
    .addHelpText(
      'after',
      '\nExamples:\n' +
        '  innkeeper backup kit --to /media/stick/innkeeper-kit.age --make-passphrase\n' +
        '  innkeeper backup kit --to kit.age --page kit.html      then print the page, and delete it\n' +
        '  innkeeper backup kit --show kit.age\n' +
        '  age --decrypt kit.age                                  opens it without Innkeeper',
    )
    .action(local(kit));

interface KitOptions extends PassphraseOptions {
  readonly to?: string;
  readonly page?: string;
  readonly show?: string;
  readonly tell?: string;
}

const kit = async (asked: CommandCall, options: KitOptions): Promise<ExitCode> => {
  const { page, show } = options;
  // Every command takes --to for a platform. What is written after this one means a file.
  const to = options.to ?? asked.to;
  if (show !== undefined && to === undefined && page === undefined)
    return showKit(asked, show, options);
  if (to !== undefined && show === undefined) return makeKit(asked, { ...options, to });
  throw new UsageError(
    'Say what to do with a kit.',
    'Write one with --to FILE, and a page with --page FILE besides; or look into one with --show FILE.',
  );
};

const makeKit = async (
  { outside, io, json }: CommandCall,
  { to, page, tell, ...options }: KitOptions & { readonly to: string },
): Promise<ExitCode> => {
  const kits = await outside.kits();
  for (const path of page === undefined ? [to] : [to, page]) kits.mustBeNew(path);
  if (page === to) throw new UsageError('--to and --page name one file.', 'Name two.');
  const made = kits.ofThisMachine();
  const passphrase = await newPassphrase(outside, options);
  await kits.writeNew(to, await kits.seal(made, passphrase));
  const opened = await kits.open(await outside.readFile(to), passphrase);
  if (recoveryKitText(opened) !== recoveryKitText(made)) throw fault('BACKUP_KIT_UNREADABLE');
  if (page !== undefined) await kits.writeNew(page, await kitPage(made, webHash));
  const note = { madeAt: made.madeAt, fingerprint: await kitFingerprint(made, webHash) };
  const isNotedHere = await kits.note(note);
  const told = tell === undefined ? undefined : await tellPlatform(outside, tell, note);
  const noted = isNotedHere || (told !== undefined && 'kit' in told);
  if (json) await jsonLine(io.out, { to, ...(page !== undefined && { page }), ...note, noted });
  else
    await line(io.out, `${io.out.paint.good('✔')} ${to} is sealed, and opens with its passphrase.`);
  for (const text of nextOf({ made, page, noted, told }))
    await line(io.err, `${io.err.paint.waiting('!')} ${text}`);
  return exit.well;
};

type ToldKit = { readonly kit: NotedKitAnswer['kit'] } | { readonly failed: Code };

/** The kit is made already: who cannot be told is no reason to make another. */
const tellPlatform = async (
  outside: CommandCall['outside'],
  address: string,
  note: KitNote,
): Promise<ToldKit> => {
  try {
    return await (await outside.platform(address)).noteBackupKit(note);
  } catch (error) {
    return { failed: asFault(error).code };
  }
};

interface MadeKit {
  readonly made: RecoveryKit;
  readonly page: string | undefined;
  readonly noted: boolean;
  readonly told: ToldKit | undefined;
}

const nextOf = ({ made, page, noted, told }: MadeKit): readonly string[] => [
  'Keep the file away from this machine and from the repositories, and the passphrase away from the file.',
  ...(page === undefined
    ? []
    : [
        `${page} shows every secret in clear text. Print it, put the paper into a safe, and delete the file.`,
      ]),
  ...(isOnFolders(made)
    ? ['The repositories are folders of this machine. If its disk is lost, this kit opens nothing.']
    : []),
  ...(told && 'failed' in told
    ? [`The platform could not be told (${told.failed}). Until it is, its doctor goes on to ask.`]
    : []),
  ...(told && 'kit' in told && told.kit === 'stale'
    ? [
        'The platform uses other passwords, places or keys than this kit holds. Check the settings here.',
      ]
    : []),
  ...(noted
    ? []
    : [
        'There is no data directory here to note the kit in, so `innkeeper doctor` goes on to ask for one. Name the address of the role backup-orchestrator with --tell.',
      ]),
];

const isOnFolders = ({ repositories: { data, keys } }: RecoveryKit): boolean =>
  [data, keys].some(({ address }) => address.startsWith('/'));

/** Addresses are no secrets; what opens them is not shown. */
const showKit = async (
  { outside, io, json }: CommandCall,
  path: string,
  options: PassphraseOptions,
): Promise<ExitCode> => {
  const kits = await outside.kits();
  const file = await outside.readFile(path);
  const opened = await kits.open(file, await knownPassphrase(outside, options));
  const { environment, madeAt, machine, restic, repositories } = opened;
  const fingerprint = await kitFingerprint(opened, webHash);
  const addresses = { data: repositories.data.address, keys: repositories.keys.address };
  if (json) {
    const document = { environment, madeAt, machine, restic, repositories: addresses, fingerprint };
    await jsonLine(io.out, document);
    return exit.well;
  }
  await line(io.out, `${io.out.paint.good('✔')} ${path} opens.`);
  await writePairs(io.out, [
    ['environment', environment],
    ['made', `${madeAt}, on ${machine}`],
    ['kit', fingerprint.slice(0, 8)],
    ['restic', `${restic} or later`],
    ['data', `${addresses.data} (${holds(repositories.data)})`],
    ['keys', `${addresses.keys} (${holds(repositories.keys)})`],
    ['master key', 'in it'],
  ]);
  return exit.well;
};

const holds = ({ accessKey }: RecoveryKit['repositories']['data']): string =>
  accessKey ? 'its password and account are in it' : 'its password is in it';
