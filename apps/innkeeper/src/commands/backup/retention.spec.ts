import { describe, expect, it } from '@jest/globals';

import { run } from '../../../test/fake-outside.js';

const ids = ['aa11', 'bb22', 'cc33'].map((start) => start.padEnd(64, '0'));
const list = [
  { id: ids[0], short_id: 'aa110000', time: '2026-11-18T03:00:00.000000001+01:00', tags: null },
  { id: ids[1], short_id: 'bb220000', time: '2026-11-19T03:00:00+01:00', tags: ['kept', 'x'] },
  { id: ids[2], short_id: 'cc330000', time: '2026-11-19T05:00:00+01:00', paths: ['/srv'] },
];

const bytesOf = (value: unknown): Promise<Uint8Array> =>
  Promise.resolve(new TextEncoder().encode(JSON.stringify(value)));
const files = { readFile: () => bytesOf(list), readInput: () => bytesOf(list) };

const judge = (words: string) => run(`backup retention ${words}`, {}, files);
const idsKept = async (words: string): Promise<readonly (string | undefined)[]> => {
  const [plan] = (await judge(`--of list.json --json ${words}`)).documents;
  return (plan as { keep: { id: string }[] }).keep.map(({ id }) => id);
};

describe('backup retention --of', () => {
  it('prints one document: what stays, for which reasons, and what goes', async () => {
    const { code, documents } = await judge('--of list.json --keep-last 1 --json');
    expect(code).toBe(0);
    expect(documents).toEqual([
      {
        keep: [{ id: ids[2], time: '2026-11-19T05:00:00+01:00', reasons: ['last snapshot'] }],
        remove: [
          { id: ids[1], time: '2026-11-19T03:00:00+01:00' },
          { id: ids[0], time: '2026-11-18T03:00:00.000000001+01:00' },
        ],
      },
    ]);
  });

  it.each([
    ['--keep-last -1', [2, 1, 0]],
    ['--keep-last=-1', [2, 1, 0]],
    ['--keep-daily -1', [2, 0]],
    ['--keep-daily=-1', [2, 0]],
    ['--keep-daily unlimited', [2, 0]],
    ['--keep-hourly 1', [2]],
    ['--keep-weekly 1', [2]],
    ['--keep-monthly 2', [2, 0]],
    ['--keep-yearly 1', [2]],
    ['--keep-within 3h', [2, 1]],
    ['--keep-within-hourly 3h', [2, 1]],
    ['--keep-within-daily 2d', [2, 0]],
    ['--keep-within-weekly 1h', [2]],
    ['--keep-within-monthly 1m', [2, 0]],
    ['--keep-within-yearly 1y2m3d4h', [2, 0]],
    ['--keep-tag kept', [1]],
    ['--keep-tag x,kept --keep-tag nothing', [1]],
    ['--preview --keep-last 1', [2]],
  ])('keeps by %s', async (words, kept) => {
    expect(await idsKept(words)).toEqual(kept.map((index) => ids[index]));
  });

  it('reads the list from the input', async () => {
    const { documents } = await judge('--of - --keep-last 1 --json');
    expect(documents).toMatchObject([{ keep: [{ id: ids[2] }] }]);
  });

  it.each(['', '--keep-last 0', '--keep-within 0d', '--keep-daily 0 --keep-within-yearly 0h'])(
    'refuses a policy that keeps nothing: %s',
    async (words) => {
      const { code, out, err } = await judge(`--of list.json ${words}`);
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).toContain('BACKUP_RETENTION_EMPTY');
    },
  );

  it.each([
    ['--keep-daily -2', /whole number from 0 on, or -1/],
    ['--keep-daily 1.5', /whole number/],
    ['--keep-daily many', /whole number/],
    ['--keep-within 7', /1y5m7d2h/],
    ['--keep-within -7d', /1y5m7d2h/],
    ['--keep-within-daily 7w', /1y5m7d2h/],
    ['--keep-dayly 7', /Did you mean --keep-daily/],
  ])('says what is wrong with %s', async (words, said) => {
    const { code, err } = await judge(`--of list.json ${words}`);
    expect(code).toBe(2);
    expect(err).toMatch(said);
  });

  it.each([
    [{ snapshots: [] }, /it is no list of snapshots/],
    [[{ id: 'a', time: 'yesterday' }], /item 1 has no id, or no time/],
    [[{ id: 'a', time: '2026-02-30T00:00:00Z' }], /item 1/],
    [[list[0], {}], /item 2/],
    ['text', /no list/],
  ])('refuses what is no list: %j', async (value, said) => {
    const { code, err, out } = await run(
      'backup retention --of list.json --keep-last 1',
      {},
      { readFile: () => bytesOf(value) },
    );
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(said);
  });

  it('refuses a file that is no JSON', async () => {
    const readFile = () => Promise.resolve(new TextEncoder().encode('restic: nothing'));
    const { code, err } = await run('backup retention --of f --keep-last 1', {}, { readFile });
    expect(code).toBe(2);
    expect(err).toContain('f is no list of snapshots: it is no JSON.');
  });

  it('judges an empty list well', async () => {
    const readFile = () => bytesOf(null);
    const words = 'backup retention --of f --keep-last 1 --json';
    const { code, documents } = await run(words, {}, { readFile });
    expect({ code, documents }).toEqual({ code: 0, documents: [{ keep: [], remove: [] }] });
  });

  it('is not well where nothing of a list would be kept', async () => {
    const { code, documents, err } = await judge('--of list.json --keep-tag nothing --json');
    expect(code).toBe(1);
    expect(documents).toMatchObject([{ keep: [], remove: [{}, {}, {}] }]);
    expect(err).toContain('This keeps nothing.');
  });

  it('shows a person what stays and what goes, by the clock of each snapshot', async () => {
    const { out, err } = await judge('--of list.json --keep-last 1 --keep-tag kept');
    expect(out.split('\n').map((text) => text.trimEnd())).toEqual([
      expect.stringMatching(/snapshot +time +why/),
      expect.stringMatching(/✔ +keep +cc330000 +2026-11-19 05:00:00 \+01:00 +last/),
      expect.stringMatching(/✔ +keep +bb220000 +2026-11-19 03:00:00 \+01:00 +has tags \[kept\]/),
      expect.stringMatching(/✖ +remove +aa110000 +2026-11-18 03:00:00 \+01:00$/),
      '',
    ]);
    expect(err).toBe('2 snapshots kept, 1 to remove.\n');
  });
});

describe('backup retention', () => {
  const kept = { id: ids[0] ?? '', time: '2026-11-18T02:00:00Z', reasons: ['daily snapshot'] };
  const other = { id: ids[1] ?? '', time: '2026-11-17T02:00:00Z' };
  const answers = {
    backupRetention: () =>
      Promise.resolve({
        items: [
          { repository: 'data' as const, keep: [kept], remove: [], unnamed: [other] },
          { repository: 'keys' as const, keep: [], remove: [other], unnamed: [] },
        ],
      }),
  };

  it('asks the platform for both repositories', async () => {
    const { documents, code } = await run('backup retention --json', answers);
    expect(code).toBe(0);
    expect(documents).toEqual([
      {
        keep: [{ ...kept, repository: 'data' }],
        remove: [{ ...other, repository: 'keys' }],
        unnamed: [{ ...other, repository: 'data' }],
      },
    ]);
  });

  it('shows snapshots that are not ours apart', async () => {
    const { out, err } = await run('backup retention --preview', answers);
    expect(out).toMatch(/! +not ours +bb220000 .* data +neither counts nor goes/);
    expect(err).toBe('1 snapshot kept, 1 to remove, 1 not ours.\n');
  });

  it('takes no policy from the command line for what lives', async () => {
    const { code, err } = await run('backup retention --keep-daily 3', answers);
    expect(code).toBe(2);
    expect(err).toContain('by its settings');
  });
});
