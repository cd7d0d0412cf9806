import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from '@jest/globals';

import type { FoundRestic } from '#libs/testing';

import { EmptyMachine } from './empty-machine.js';
import { guestPosts, guestStream } from './guest-posts.js';
import { nextBody, randomFrom } from './history.js';
import { deliver, knock, Operator, until } from './outside.js';
import { PageSteps } from './page-steps.js';
import type { Environment } from './platform-process.js';
import type { Program } from './program.js';
import { otherProviders } from './providers.js';
import { recordsOf, type ShownRecords } from './shown-records.js';

const page = new PageSteps('docs/how-to/restore-everything.md');
const PASSPHRASE = 'seven herons at one flowerpot';
const START = 'set -a; . ./settings.env; set +a\nnpm start';

const settled = (operator: Operator, records: number) =>
  until('everything is in records', async () => {
    const { json } = await operator.get('/api/doctor');
    const { consumers } = json as { consumers: { behind?: number }[] };
    if (!consumers.every(({ behind = 0 }) => behind === 0)) return false;
    const shown = await recordsOf(operator);
    return Object.keys(shown).length >= records && shown;
  });

const secretIn = (folder: string, name: string): string =>
  readFileSync(join(folder, 'secrets', name), 'utf8').trim();

/** Where the repositories of a test are. */
export interface LentRepositories {
  readonly settings: Environment;
  readonly remove: () => unknown;
}

/** The page about restoring everything, followed on a machine that has the kit and what is in the repositories. */
export const everythingComesBack = (
  restic: FoundRestic,
  where: () => Promise<LentRepositories>,
): void => {
  const programs = { restic: restic.path };
  let repositories: LentRepositories;
  let lost: EmptyMachine;
  let found: EmptyMachine;
  let program: Program;
  let before: ShownRecords;
  let firstRun: string;

  const operatorOn = (data: string, role: 'admin' | 'operator' = 'operator') =>
    new Operator(() => program.url, secretIn(data, 'issuer'), role);

  const send = async (data: string, count: number): Promise<void> => {
    const random = randomFrom(count);
    for (let i = 0; i < count; i++)
      expect(
        (await knock(program.url, nextBody(random, secretIn(data, 'aircall-token')))).status,
      ).toBe(200);
  };

  beforeAll(async () => {
    repositories = await where();
    lost = new EmptyMachine(programs, { ...otherProviders, ...repositories.settings });
    found = new EmptyMachine(programs, otherProviders);
    const data = lost.file('data');
    writeFileSync(lost.file('settings.env'), `INNKEEPER_DATA_DIR=${data}\n`);
    writeFileSync(lost.file('passphrase'), PASSPHRASE);
    program = await lost.start(START);
    await send(data, 30);
    for (const post of await guestPosts())
      expect((await deliver(program.url, post)).status).toBe(200);
    const admin = operatorOn(data, 'admin');
    await settled(admin, 12);
    const note = { title: 'Keys', text: 'The spare key hangs behind the door.' };
    expect((await admin.post('/api/notes', note)).status).toBeLessThan(300);
    const set = `INNKEEPER_DATA_DIR=${data}; export INNKEEPER_DATA_DIR`;
    const first = await lost.type(`${set}; npx innkeeper --json backup run --kind daily`);
    expect(first).toMatchObject({ code: 0 });
    const firstMade = JSON.parse(first.stdout) as { id: string };
    expect(firstMade).toMatchObject({ status: 'succeeded', warnings: [] });
    firstRun = firstMade.id;
    const asked = { target: guestStream, also: [], confirm: false };
    const { finds } = (await admin.post('/api/erasures', asked)).json as {
      finds: { stream: string }[];
    };
    const also = finds.map(({ stream }) => stream);
    const erased = await admin.post('/api/erasures', { ...asked, also, confirm: true });
    expect(erased.status).toBeLessThan(300);
    before = await settled(admin, 12);
    const made = await lost.type(`${set}; npx innkeeper --json backup run`);
    expect(made).toMatchObject({ code: 0 });
    expect(JSON.parse(made.stdout)).toMatchObject({ status: 'succeeded', warnings: [] });
    const kit = await lost.type(
      `${set}; npx innkeeper backup kit --to innkeeper-kit.age --passphrase-file passphrase`,
    );
    expect(kit).toMatchObject({ code: 0 });
    await program.end('SIGKILL');
    // The disk is lost; somebody kept the kit, and knows the passphrase.
    renameSync(lost.file('innkeeper-kit.age'), found.file('innkeeper-kit.age'));
    writeFileSync(found.file('passphrase'), PASSPHRASE);
    lost.remove();
  }, 180_000);

  afterAll(async () => {
    await program?.end('SIGKILL');
    lost?.remove();
    found?.remove();
    await repositories?.remove();
  });

  it('2. brings it back with kit, passphrase and repositories alone', async () => {
    // On a terminal it asks; here the passphrase stands in a file.
    const { code, stdout, stderr } = await found.type(
      `${page.toCopy('2. Bring it back')} --passphrase-file passphrase`,
    );
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stdout).toMatch(/^✔ innkeeper: /mu);
    expect(stdout).toMatch(/^✔ keys: /mu);
    expect(readdirSync(found.file('restored')).sort()).toEqual(['data', 'settings.env']);
    expect(`${stdout}${stderr}`).not.toContain(PASSPHRASE);
  }, 60_000);

  it('3. and 4. starts, and erases again what was erased', async () => {
    program = await found.start(page.toCopy('3. Start it'));
    const { code, stdout } = await found.type(page.toCopy('4. Erase again what was erased'));
    expect(code).toBe(0);
    expect(stdout).toMatch(/^✔ Era \d+ begins/mu);
    await program.end();
    program = await found.start(page.toCopy('3. Start it'));
  }, 60_000);

  it('shows every record as it was, and of who was erased nothing', async () => {
    const operator = operatorOn(found.file('restored/data'));
    const after = await settled(operator, Object.keys(before).length);
    expect(Object.keys(after).sort()).toEqual(Object.keys(before).sort());
    expect(personalIn(after)).toEqual(personalIn(before));
    expect(namesShown(after)).toEqual({ erased: false, other: true, note: true });
  }, 60_000);

  it('5. has a whole chain, and makes the next backup to the same repositories', async () => {
    const data = found.file('restored/data');
    await send(data, 3);
    await settled(operatorOn(data), Object.keys(before).length);
    const set = 'set -a; . ./restored/settings.env; set +a';
    const asked = await found.type(`${set}\nnpx innkeeper --json backup retention`);
    const nobodys = JSON.parse(asked.stdout) as { readonly unnamed: readonly unknown[] };
    expect(nobodys.unnamed).toHaveLength(4);
    const lines = page.toCopy('5. Check').split('\n');
    for (const line of lines) {
      const { code, stdout, stderr } = await found.type(
        `set -a; . ./restored/settings.env; set +a\n${line}`,
      );
      expect({ line, code, stdout, stderr }).toMatchObject({ code: 0 });
      if (line.endsWith('backup adopt'))
        expect(stdout).toMatch(/^✔ 2 runs taken from the log\.$/mu);
    }
    const { stdout } = await found.type(`${set}\nnpx innkeeper --json backup retention`);
    const kept = JSON.parse(stdout) as Readonly<Record<string, readonly { reasons?: unknown }[]>>;
    expect(kept).toMatchObject({ remove: expect.any(Array), unnamed: [] });
    expect((kept['keep'] ?? []).length + (kept['remove'] ?? []).length).toBe(6);
    const state = await found.type(`${set}\nnpx innkeeper --json backup state`);
    expect(state.stdout).not.toContain('BACKUP_SNAPSHOTS_UNNAMED');
  }, 120_000);

  it('6. makes a new kit, by which the new backup comes back', async () => {
    const set = 'set -a; . ./restored/settings.env; set +a';
    const kit = await found.type(
      `${set}\n${page.toCopy('6. Make a new kit')} --passphrase-file passphrase`,
    );
    expect(kit).toMatchObject({ code: 0 });
    await program.end();
    const { code, stdout } = await found.type(
      'npx innkeeper --json backup restore --kit new-kit.age --passphrase-file passphrase --to again',
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ personalData: 'opens' });
  }, 60_000);

  it('brings back an earlier backup, in which who was erased since stays closed', async () => {
    const asked = `npx innkeeper backup restore ${firstRun} --kit new-kit.age --passphrase-file passphrase --to earlier`;
    expect(await found.type(asked)).toMatchObject({ code: 0 });
    program = await found.start('set -a; . ./earlier/settings.env; set +a\nnpm start');
    const operator = operatorOn(found.file('earlier/data'));
    const after = await settled(operator, 12);
    expect(namesShown(after)).toEqual({ erased: false, other: true, note: true });
    await program.end();
  }, 60_000);
};

const namesShown = (records: ShownRecords) => {
  const shown = JSON.stringify(records);
  return {
    erased: shown.includes('Quillfeather'),
    other: shown.includes('Otto Lind'),
    note: shown.includes('behind the door'),
  };
};

/** What people see of records; times of folding are of the machine. */
const personalIn = (records: ShownRecords): unknown =>
  JSON.parse(
    JSON.stringify(records, (key, value: unknown) =>
      ['foldedAt', 'updatedAt', 'version', 'generation'].includes(key) ? undefined : value,
    ),
  );
