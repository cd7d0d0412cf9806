import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { describeRestic } from '#libs/testing';

import { DataFolder } from './harness/data-folder.js';
import { Operator } from './harness/outside.js';
import { PageSteps } from './harness/page-steps.js';
import type { Environment } from './harness/platform-process.js';
import { Program, type Ended } from './harness/program.js';

const page = new PageSteps('docs/how-to/back-up.md');
const kitPage = new PageSteps('docs/how-to/keep-a-recovery-kit.md');
const RUN_MS = 180_000;

/** What a page shows, with other times, sizes and ids. */
const likeShown = (line: string): RegExp => {
  const literal = line.replaceAll(/[.()]/g, String.raw`\$&`);
  const any = literal
    .replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '[0-9a-f-]{36}')
    .replaceAll(/\d+(?:\\\.\d+)? (?:ms|s|min|h)\b/g, String.raw`\d+ (?:ms|s|min|h)`)
    .replaceAll(/\d+(?:\\\.\d+)? [KM]iB/g, String.raw`[\d.]+ [KMG]?i?B`)
    .replaceAll(/\d+ (source|file|snapshot)s?/g, String.raw`\d+ $1s?`);
  return new RegExp(`^${any}$`, 'mu');
};

describeRestic('restic', 'the pages about backups, followed word by word', (restic) => {
  const folder = new DataFolder();
  const stick = mkdtempSync(join(tmpdir(), 'innkeeper-e2e-'));
  const environment: Environment = {
    ...folder.settings,
    INNKEEPER_BACKUP_RESTIC: restic.path,
    INNKEEPER_BACKUP_SCHEDULE: 'off',
  };
  let program: Program | undefined;
  let run = '';

  /** As it stands on the page, with what is of this test put in. */
  const type = (line: string, put: Readonly<Record<string, string>> = {}): Promise<Ended> => {
    const typed = Object.entries(put).reduce((text, [from, to]) => text.replace(from, to), line);
    const [npx, innkeeper, ...words] = typed.replace(/\s+#.*$/u, '').split(' ');
    expect([npx, innkeeper]).toEqual(['npx', 'innkeeper']);
    return Program.run('innkeeper', environment, words);
  };

  beforeAll(async () => {
    program = await Program.start('innkeeper', environment);
  }, 60_000);
  afterAll(async () => {
    await program?.end();
    folder.remove();
    rmSync(stick, { recursive: true, force: true });
  });

  it(
    'makes the first backup, shows what the page shows, and is asked for what is missing',
    async () => {
      const { stdout: before } = await type('npx innkeeper doctor');
      expect(before).not.toContain('BACKUP_');
      const [start, command = '', shown = ''] = page.allToCopy('2. On a laptop');
      expect(start).toBe('npm start');
      const { code, stdout, stderr } = await type(command);
      const [steps, end] = [shown.split('\n').slice(0, -4), shown.split('\n').slice(-4)];
      for (const line of end) expect(stdout).toMatch(likeShown(line));
      // A pipe has a line for each step that begins, a terminal one for each that ended.
      const doing = steps.map((line) => /^✔ (.*?) \d+ m?s$/u.exec(line)?.[1]);
      const begun = [...stderr.matchAll(/^\w+: ([^,\d\n]+)$/gmu)].map(([, does]) => does);
      expect(doing).toEqual(expect.arrayContaining([...new Set(begun)]));
      expect(begun).toContain('restores it as proof');
      expect(code).toBe(0);
      run = /[0-9a-f-]{36}/u.exec(stdout)?.[0] ?? '';
      const { stdout: after, code: unwell } = await type('npx innkeeper doctor');
      expect(after).toContain('BACKUP_ON_OWN_DISK');
      expect(after).toContain('BACKUP_KIT_MISSING');
      expect(unwell).toBe(1);
    },
    RUN_MS,
  );

  it(
    'writes a recovery kit that says what the page says, until the doctor asks for none',
    async () => {
      const [, make = '', print = '', show = ''] = kitPage.typed();
      const passphrase = join(stick, 'passphrase');
      writeFileSync(passphrase, 'lamp wolf ridge copper noon sail\n', { mode: 0o600 });
      const script = ['--passphrase-file', passphrase].join(' ');
      const paths = { '/media/stick': stick, '--make-passphrase': script };
      const made = await type(make, paths);
      expect([made.code, made.stderr]).toEqual([0, expect.stringContaining('away from this')]);
      const printed = await type(`${print} ${script}`, {
        'kit-2.age': join(stick, 'kit-2.age'),
        'kit.html': join(stick, 'kit.html'),
      });
      expect(printed.code).toBe(0);
      const shown = await type(`${show} ${script}`, paths);
      expect(shown.stdout).toMatch(/^ {2}environment {2}\w+$/mu);
      const [, number = 'none'] = /^ {2}kit +([0-9a-f]{8})$/mu.exec(shown.stdout) ?? [];
      expect(readFileSync(join(stick, 'kit.html'), 'utf8')).toContain(number);
      expect(shown.stdout).not.toContain(folder.secret('master-key'));
      const { stdout } = await type('npx innkeeper doctor');
      expect(stdout).not.toContain('BACKUP_KIT_MISSING');
    },
    RUN_MS,
  );

  it(
    'looks at it in each way that the page names',
    async () => {
      const id = { '<id>': run };
      const [looking = ''] = page.allToCopy('7. Look at it');
      const answers = [];
      for (const line of looking.split('\n')) answers.push(await type(line, id));
      const [state, list, show, drill] = answers.map(({ stdout }) => stdout);
      expect(answers.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
      expect(state).toMatch(/^✔ Good\. /u);
      expect(list).toContain(run);
      expect(show).toMatch(/^✔ Proved by a restore/mu);
      expect(drill).toMatch(/^✔ Drill /mu);
      const preview = await type('npx innkeeper backup retention --preview');
      expect(preview).toMatchObject({ code: 0, stderr: '2 snapshots kept, 0 to remove.\n' });
      expect(existsSync(folder.file('backups/data/config'))).toBe(true);
    },
    RUN_MS,
  );

  it(
    'is asked over HTTP, where a request that is repeated is the same run',
    async () => {
      const [, asking = ''] = page.allToCopy('7. Look at it');
      const [, key = ''] = /Idempotency-Key: ([\w-]+)/u.exec(asking) ?? [];
      expect(asking).toContain('/api/backups/<id>/events');
      const operator = new Operator(() => program?.url ?? '', folder.secret('issuer'), 'operator');
      const ask = () => operator.post('/api/backups', {}, { 'idempotency-key': key });
      const [first, again] = [await ask(), await ask()];
      expect([first.status, again.status]).toEqual([202, 200]);
      const { id } = first.json as { readonly id: string };
      expect(again.json).toMatchObject({ id });
      const watched = await type(`npx innkeeper backup watch ${id}`);
      expect(watched).toMatchObject({ code: 0, stdout: expect.stringContaining(id) });
    },
    RUN_MS,
  );
});
