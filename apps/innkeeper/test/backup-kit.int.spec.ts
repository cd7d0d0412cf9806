import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { sealWithPassphrase } from '#libs/adapters/age';
import { readKitNote, recoveryKitText } from '#libs/backups';
import { Secret } from '#libs/kernel';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { openRecoveryKit } from '../src/kit/open-recovery-kit.js';
import type { KitDesk } from '../src/outside.js';
import { processOutside } from '../src/process-outside.js';
import { runWith, type Answer } from './fake-outside.js';

const PASSPHRASE = 'gravel moon ladder nine';
const secretTexts = {
  'master-key': 'bWFzdGVyLWtleS1vZi1hLXRlc3QtMzItYnl0ZXMtbG9uZw',
  'backup-password': 'password-of-data-0123456789',
  'backup-keys-password': 'password-of-keys-0123456789',
};

let folder: string;
const at = (name: string): string => join(folder, name);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'innkeeper-kit-'));
  mkdirSync(at('data/secrets'), { recursive: true });
  for (const [name, text] of Object.entries(secretTexts))
    writeFileSync(at(`data/secrets/${name}`), `${text}\n`);
  writeFileSync(at('passphrase'), `${PASSPHRASE}\n`);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Given {
  /** As it is for people. */
  readonly slow?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  readonly yes?: boolean;
  readonly typed?: readonly string[];
}

/** Sealed so that a guess costs nothing: else each kit here would take two seconds to make and to open. */
const quickly = (desk: KitDesk): KitDesk => ({
  ...desk,
  seal: (made, passphrase) => sealWithPassphrase(recoveryKitText(made), passphrase, { work: 4 }),
});

const kit = (
  words: readonly string[],
  { env = {}, slow = false, ...asking }: Given = {},
): Promise<Answer> =>
  runWith(
    ['backup', 'kit', ...words],
    (io) => {
      const outside = processOutside({ INNKEEPER_DATA_DIR: at('data'), ...env }, io);
      return slow ? outside : { ...outside, kits: async () => quickly(await outside.kits()) };
    },
    asking,
  );

const fromFile = ['--passphrase-file'] as const;
const make = (words: readonly string[] = [], given: Given = {}): Promise<Answer> =>
  kit(['--to', at('kit.age'), ...fromFile, at('passphrase'), ...words], given);
const opened = (passphrase = PASSPHRASE) =>
  openRecoveryKit(readFileSync(at('kit.age')), new Secret(passphrase));
const noSecretIn = (text: string): void => {
  for (const secret of [...Object.values(secretTexts), PASSPHRASE])
    expect(text).not.toContain(secret);
};

describe('backup kit', () => {
  it('seals what the data directory and the defaults say, and shows none of it', async () => {
    const { code, out, err } = await make([], { slow: true });
    expect(code).toBe(0);
    noSecretIn(out + err);
    noSecretIn(readFileSync(at('kit.age'), 'utf8'));
    expect(statSync(at('kit.age')).mode & 0o777).toBe(0o600);
    const { repositories, masterKey, environment } = await opened();
    expect(environment).toBe('local');
    expect(masterKey.reveal()).toBe(secretTexts['master-key']);
    expect(repositories.data.address).toBe(at('data/backups/data'));
    expect(repositories.data.password.reveal()).toBe(secretTexts['backup-password']);
    expect(repositories.keys.password.reveal()).toBe(secretTexts['backup-keys-password']);
    expect(err).toContain('If its disk is lost, this kit opens nothing');
  });

  it('prefers settings, and takes the account of data for keys that name none', async () => {
    const env = {
      INNKEEPER_BACKUP_REPOSITORY: 's3:https://s3.example.org/b/data',
      INNKEEPER_BACKUP_KEYS_REPOSITORY: 's3:https://s3.example.org/b/keys',
      INNKEEPER_BACKUP_KEYS_PASSWORD: 'set-password-of-keys',
      AWS_ACCESS_KEY_ID: 'account',
      AWS_SECRET_ACCESS_KEY: 'secret-of-the-account',
    };
    expect((await make([], { env })).err).not.toContain('disk');
    const { data, keys } = (await opened()).repositories;
    expect(data).toMatchObject({ address: 's3:https://s3.example.org/b/data' });
    expect(keys.password.reveal()).toBe('set-password-of-keys');
    expect(keys.accessKey?.secret.reveal()).toBe('secret-of-the-account');
  });

  it('notes that it was made, until a secret changes', async () => {
    const [document] = (await make(['--json'])).documents;
    const note = readKitNote(readFileSync(at('data/backups/kit.json'), 'utf8'));
    expect(document).toMatchObject({ ...note, to: at('kit.age'), noted: true });
    writeFileSync(at('data/secrets/backup-password'), 'another-password-0123\n');
    const words = ['--to', at('second.age'), ...fromFile, at('passphrase'), '--json'];
    const [second] = (await kit(words)).documents;
    expect(second).not.toMatchObject({ fingerprint: note?.fingerprint });
  });

  it('says so where the platform cannot be told, and has made the kit all the same', async () => {
    const nowhere = ['--tell', 'http://127.0.0.1:1'];
    const env = { INNKEEPER_TOKEN: 'a-token' };
    const { code, err } = await make(nowhere, { env });
    expect(code).toBe(0);
    expect(err).toContain('could not be told (PLATFORM_UNREACHABLE)');
    expect((await opened()).environment).toBe('local');
  });

  it('writes a page for its owner alone, when asked, and warns', async () => {
    const { err, out } = await make(['--page', at('kit.html')]);
    noSecretIn(out + err);
    expect(err).toContain('every secret in clear text');
    expect(statSync(at('kit.html')).mode & 0o777).toBe(0o600);
    expect(readFileSync(at('kit.html'), 'utf8')).toContain('Recovery kit');
  });

  it.each([['kit.age'], ['kit.html']])('never writes over a file: %s', async (name) => {
    writeFileSync(at(name), 'an older kit');
    const { code, err } = await make(['--page', at('kit.html')]);
    expect(code).toBe(2);
    expect(err).toContain('is there already');
    expect(readFileSync(at(name), 'utf8')).toBe('an older kit');
    expect(existsSync(at('data/backups/kit.json'))).toBe(false);
  });

  it('says what is missing where the platform never ran', async () => {
    rmSync(at('data/secrets/backup-keys-password'));
    const { code, err } = await make();
    expect(code).toBe(2);
    expect(err).toContain('INNKEEPER_BACKUP_KEYS_PASSWORD');
    expect(existsSync(at('kit.age'))).toBe(false);
  });
});

describe('the passphrase of a kit', () => {
  const to = () => ['--to', at('kit.age')];

  it('is typed twice on a terminal', async () => {
    const { code } = await kit(to(), { typed: [PASSPHRASE, PASSPHRASE] });
    expect(code).toBe(0);
    expect((await opened()).environment).toBe('local');
  });

  it('makes no kit when the two differ, when it is short, given up, or when nobody is there', async () => {
    const differ = await kit(to(), { typed: [PASSPHRASE, `${PASSPHRASE}!`] });
    expect(differ.err).toContain('differ');
    const short = await kit(to(), { typed: ['gravel moon', 'gravel moon'] });
    expect(short.err).toContain('at least 16 characters');
    const givenUp = await kit(to(), { typed: [] });
    expect(givenUp.err).toContain('No passphrase was typed.');
    const nobody = await kit(to());
    expect(nobody.err).toContain('no terminal');
    expect([differ, short, givenUp, nobody].map(({ code }) => code)).toEqual([2, 2, 2, 2]);
    expect(existsSync(at('kit.age'))).toBe(false);
  });

  it('is made and shown once, to somebody who wrote it down', async () => {
    const words = [...to(), '--make-passphrase'];
    expect((await kit(words, { yes: false })).code).toBe(2);
    expect(existsSync(at('kit.age'))).toBe(false);
    const { code, out, err } = await kit(words, { yes: true });
    const [made = ''] = /(?:[0-9a-hjkmnp-tv-z]{4}-){7}[0-9a-hjkmnp-tv-z]{4}/.exec(err) ?? [];
    expect({ code, isIn: out.includes(made) }).toEqual({ code: 0, isIn: false });
    expect((await opened(made)).environment).toBe('local');
  });

  it('is shown to no pipe', async () => {
    const { code, err } = await kit([...to(), '--make-passphrase']);
    expect(code).toBe(2);
    expect(err).not.toMatch(/(?:\w{4}-){7}/);
  });
});

describe('backup kit --show', () => {
  const show = (passphrase: string, words: readonly string[] = []) =>
    kit(['--show', at('kit.age'), ...words], { typed: [passphrase] });

  it('says what a kit is for, and none of its secrets', async () => {
    await make();
    const { code, out, err } = await show(PASSPHRASE);
    expect(code).toBe(0);
    expect(out).toMatch(/environment +local/);
    expect(out).toContain(at('data/backups/keys'));
    noSecretIn(out + err);
  });

  it('does so for machines', async () => {
    await make();
    const [document] = (await show(PASSPHRASE, ['--json'])).documents;
    expect(document).toMatchObject({ environment: 'local', restic: '0.18.1' });
    noSecretIn(JSON.stringify(document));
  });

  it('does not open by another passphrase', async () => {
    await make();
    const { code, err } = await show('gravel moon ladder ten');
    expect(code).toBe(2);
    expect(err).toContain('BACKUP_KIT_UNREADABLE');
  });

  it.each([[[]], [['--page', 'p']], [['--show', 'a', '--to', 'b']]])(
    'asks what is meant by %j',
    async (words) => {
      const { code, err } = await kit(words);
      expect(code).toBe(2);
      expect(err).toContain('Say what to do with a kit.');
    },
  );
});
