import { execFileSync } from 'node:child_process';
import { createHash, randomFillSync } from 'node:crypto';
import {
  existsSync,
  globSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { describeRestic, itNeeding, type FoundRestic, type ResticAge } from '#libs/testing';

import { processOutside } from '../../src/process-outside.js';
import { runWith, type Answer } from '../fake-outside.js';
import { damages, harmless, PASSWORD, Repository } from './damaged-repositories.js';

const here = mkdtempSync(join(tmpdir(), 'innkeeper-judged-'));
afterAll(() => rmSync(here, { recursive: true, force: true }));
const passwordFile = join(here, 'password');
writeFileSync(passwordFile, `${PASSWORD}\n`);

const runCheck = (program: string, repository: string, more = ''): Promise<Answer> =>
  runWith(['backup', 'check', '--repository', repository, ...words(more)], (io) =>
    processOutside({ PATH: process.env['PATH'], INNKEEPER_BACKUP_RESTIC: program }, io),
  );
const words = (text: string): string[] => [
  ...(text.includes('--password-file') ? [] : ['--password-file', passwordFile]),
  ...text.split(' ').filter(Boolean),
];

/** Everything that can be seen of a folder but when it was read. */
const everythingOf = (folder: string): unknown => {
  if (!existsSync(folder)) return 'nothing';
  return ['.', ...globSync('**/*', { cwd: folder }).sort()].map((path) => {
    const at = join(folder, path);
    const { mode, size, mtimeMs, ctimeMs, ino } = lstatSync(at);
    const bytes = lstatSync(at).isFile() ? readFileSync(at) : '';
    const digest = createHash('sha256').update(bytes).digest('hex');
    return { path, mode, size, mtimeMs, ctimeMs, ino, digest };
  });
};

const ages: readonly ResticAge[] = ['restic-old', 'restic'];

const canMount = (): boolean => {
  const [from, to] = [join(here, 'mounted'), join(here, 'mount')];
  mkdirSync(from);
  mkdirSync(to);
  try {
    mountReadOnly(from, to);
    execFileSync('umount', [to], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};
const mountReadOnly = (from: string, to: string): void => {
  execFileSync('mount', ['--bind', from, to], { stdio: 'ignore' });
  execFileSync('mount', ['-o', 'remount,ro,bind', to], { stdio: 'ignore' });
};

const canMountNow = canMount();
let copies = 0;

const checkedBy = ({ path: program, version }: FoundRestic): void => {
  const folder = join(here, version);
  const data = join(folder, 'data-of-it');
  const base = new Repository(program, join(folder, 'repository'));
  const copy = () => base.copyTo(join(folder, `copy-${++copies}`));

  beforeAll(() => {
    mkdirSync(join(data, 'sub'), { recursive: true });
    base.restic('init');
    for (const file of ['calls', 'sub/stays']) {
      writeFileSync(join(data, file), randomFillSync(new Uint8Array(200_000)));
      base.save([data]);
    }
  });

  it('calls a whole one good, at every depth, and says what it looked at', async () => {
    const before = everythingOf(base.folder);
    for (const depth of ['', '--depth structure', '--depth data', '--depth restore']) {
      const { code, documents, err } = await runCheck(program, base.folder, `--json ${depth}`);
      const looked = { snapshots: 2, depth: depth.slice('--depth '.length) || 'data' };
      expect(documents).toMatchObject([{ verdict: 'good', findings: [], ...looked }]);
      expect(code).toBe(0);
      expect(err).toContain('Looks at: check');
    }
    expect(everythingOf(base.folder)).toEqual(before);
    expect((await runCheck(program, base.folder)).out).toMatch(/^Good: 2 snapshots, .* depth data/);
  });

  for (const { title, code, verdict, missed, harm } of damages)
    it(`recognises ${title}, and writes nothing`, async () => {
      const repository = copy();
      harm(repository, mkdtempData());
      if (missed) repository.restic('check', '--no-lock');
      const before = everythingOf(repository.folder);
      const answer = await runCheck(program, repository.folder, '--json');
      expect(everythingOf(repository.folder)).toEqual(before);
      expect(answer.documents).toMatchObject([{ verdict }]);
      const [{ findings }] = answer.documents as [{ findings: { code: string; detail: string }[] }];
      expect(findings.map((one) => one.code)).toContain(code);
      expect(findings.every(({ detail }) => detail.length > 0)).toBe(true);
      expect(answer.code).toBe(1);
    });

  const mkdtempData = (): string => {
    const place = mkdtempSync(join(folder, 'harm-'));
    mkdirSync(join(place, 'data-of-it'));
    writeFileSync(join(place, 'data-of-it', 'file'), 'content');
    return place;
  };

  it.each(damages.filter(({ seenInStructure }) => seenInStructure))(
    'recognises $title without reading what is stored',
    async ({ code, harm }) => {
      const repository = copy();
      harm(repository, folder);
      const answer = await runCheck(program, repository.folder, '--json --depth structure');
      const [{ findings }] = answer.documents as [{ findings: { code: string }[] }];
      expect(findings.map((one) => one.code)).toContain(code);
      expect(answer.code).toBe(1);
    },
  );

  for (const { title, harm } of harmless)
    it(`calls one good in which is ${title}`, async () => {
      const repository = copy();
      harm(repository, folder);
      const { documents } = await runCheck(program, repository.folder, '--json');
      expect(documents).toMatchObject([{ verdict: 'good', findings: [] }]);
    });

  it('says that a password is wrong, and prints neither', async () => {
    const wrong = join(here, 'wrong-password');
    writeFileSync(wrong, 'no-such-password-here');
    const answer = await runCheck(program, base.folder, `--json --password-file ${wrong}`);
    expect(answer.documents).toMatchObject([
      { verdict: 'unreadable', findings: [{ code: 'PASSWORD_WRONG' }] },
    ]);
    expect(answer.code).toBe(1);
    expect(answer.out + answer.err).not.toMatch(/no-such-password-here|correct-horse/);
  });

  it('says that the newest is too old or of another host, where that is asked', async () => {
    const repository = copy();
    const [old = '', newest = ''] = repository.snapshots;
    repository.restic('forget', old, newest);
    repository.save([data], '--time', '2026-11-01 03:00:00');
    const of = async (more: string) =>
      (await runCheck(program, repository.folder, `--json ${more}`)).documents;
    expect(await of('')).toMatchObject([{ verdict: 'good' }]);
    expect(await of('--newest-within 26h')).toMatchObject([
      { verdict: 'bad', findings: [{ code: 'SNAPSHOT_OLD' }] },
    ]);
    expect(await of('--expect-host laptop')).toMatchObject([{ verdict: 'good' }]);
    expect(await of('--expect-host office')).toMatchObject([
      { verdict: 'bad', findings: [{ code: 'SNAPSHOT_FOREIGN' }] },
    ]);
  });

  itNeeding(
    {
      ...{ name: 'mount', met: canMountNow },
      reason: 'this user may not mount a folder for reading only',
      howToGet: 'run the tests as root',
    },
    'judges what lies on a disk that nobody can write to',
    async () => {
      const place = join(folder, 'read-only');
      mkdirSync(place);
      mountReadOnly(base.folder, place);
      try {
        const { documents } = await runCheck(program, place, '--json --depth restore');
        expect(documents).toMatchObject([{ verdict: 'good', depth: 'restore' }]);
      } finally {
        execFileSync('umount', [place]);
      }
    },
  );
};

for (const age of ages) describeRestic(age, 'backup check', checkedBy);

describe('backup check', () => {
  it('says that restic is missing', async () => {
    const answer = await runCheck(join(here, 'no-restic'), here, '--json');
    expect([answer.code, answer.out]).toEqual([2, '']);
    expect(answer.err).toContain('BACKUP_RESTIC_MISSING');
  });

  it.each([
    ['', 'required option'],
    ['--repository x', 'required option'],
    [`--repository sftp:host:/x --password-file ${passwordFile}`, 'neither a folder nor a bucket'],
    ['--repository x --password-file /nowhere/at/all', 'cannot be read'],
    ['--repository x --password-file y --depth deep', 'Allowed choices'],
  ])('refuses %s', async (given, says) => {
    const answer = await runWith(['backup', 'check', ...given.split(' ').filter(Boolean)], (io) =>
      processOutside({ PATH: process.env['PATH'] }, io),
    );
    expect(answer.code).toBe(2);
    expect(answer.err).toContain(says);
  });
});
