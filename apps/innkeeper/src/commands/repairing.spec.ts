import { describe, expect, it, jest } from '@jest/globals';

import type { ErasureAnswer, LetterAnswer, RebuildAnswer, VerifyLine } from '#libs/routes';

import type { ProviderDoor } from '../outside.js';
import type { Api } from '../platform/http-api.js';
import { listOf, run } from '../../test/fake-outside.js';

describe('send', () => {
  const doorAnswering = (status: number, answer: object) => {
    const posted: string[] = [];
    const door: ProviderDoor = {
      url: 'http://here',
      sign: (payload) =>
        Promise.resolve({
          headers: {},
          body: Buffer.from(JSON.stringify({ ...payload, token: 't' })),
        }),
      post: ({ body }) => {
        posted.push(Buffer.from(body).toString());
        return Promise.resolve({ status, answer });
      },
    };
    const files: Record<string, string> = {
      'a.json': '{"n":1}',
      'b.json': '{"n":2}',
      'c.json': '[]',
    };
    const outside = {
      door: () => Promise.resolve(door),
      readFile: (path: string) => Promise.resolve(Buffer.from(files[path] ?? '')),
    };
    return { posted, outside };
  };
  const received = { status: 'received', id: 'delivery-1' };

  it('posts the signed payloads in their order and prints the answers', async () => {
    const { posted, outside } = doorAnswering(200, received);
    const { out, code } = await run('send aircall a.json b.json', {}, outside);
    expect(code).toBe(0);
    expect(posted).toEqual(['{"n":1,"token":"t"}', '{"n":2,"token":"t"}']);
    expect(out).toMatch(/a\.json +200 received +delivery-1\nb\.json/);
  });

  it('repeats the same bytes, and says so', async () => {
    const { posted, outside } = doorAnswering(200, received);
    const { out, err } = await run('send aircall a.json --times 3', {}, outside);
    expect(posted).toEqual(Array.from({ length: 3 }, () => '{"n":1,"token":"t"}'));
    expect(out).toMatch(/a\.json +×3 +200 received/);
    expect(err).toContain('The same bytes went out 3 times');
  });

  it('sends each as often as asked for when shuffled', async () => {
    const { posted, outside } = doorAnswering(200, received);
    const { documents } = await run(
      'send aircall a.json b.json --times 20 --shuffle --json',
      {},
      outside,
    );
    expect(posted.toSorted()).toEqual([
      ...Array.from({ length: 20 }, () => '{"n":1,"token":"t"}'),
      ...Array.from({ length: 20 }, () => '{"n":2,"token":"t"}'),
    ]);
    expect(documents).toHaveLength(40);
    expect(documents[0]).toMatchObject({ status: 200, id: 'delivery-1', answer: received });
  });

  it('exits 1 where the door refused, and shows its code', async () => {
    const { outside } = doorAnswering(401, { code: 'INTAKE_TOKEN_INVALID', title: 'No proof.' });
    const { out, code } = await run('send aircall a.json', {}, outside);
    expect(code).toBe(1);
    expect(out).toContain('401 INTAKE_TOKEN_INVALID');
  });

  it('posts nothing when one of the files is no payload', async () => {
    const { posted, outside } = doorAnswering(200, received);
    const { err, code } = await run('send aircall a.json c.json', {}, outside);
    expect({ code, posted }).toEqual({ code: 2, posted: [] });
    expect(err).toContain('c.json is not a JSON object');
  });
});

describe('erase', () => {
  const plan: ErasureAnswer = {
    erased: false,
    streams: ['call/1'],
    kinds: { call: 1 },
    deliveries: ['d'],
    facts: 2,
    choices: [],
    finds: [],
    bounded: false,
  };
  const looked = { records: 40, facts: 2, deliveries: 1, links: 0, left: [] };
  const erasing = (more: Partial<ErasureAnswer> = {}) => {
    const asked: boolean[] = [];
    const also: (readonly string[])[] = [];
    const erase = (asking: Parameters<Api['erase']>[0]) => {
      asked.push(asking.confirm ?? false);
      also.push(asking.also ?? []);
      const done = { erased: true, position: 9, refolded: true, looked, ...more };
      return Promise.resolve(asking.confirm ? { ...plan, ...done } : { ...plan, ...more });
    };
    return { asked, also, erase };
  };

  it('lists what goes, and takes nothing where nobody can be asked', async () => {
    const { asked, erase } = erasing();
    const { out, err, code } = await run('erase call/1', { erase });
    expect({ code, asked }).toEqual({ code: 2, asked: [false] });
    expect(out).toContain('1 stream with 2 facts\n  call/1\n1 raw delivery they came from\n  d\n');
    expect(err).toContain('--yes');
  });

  it('takes nothing from somebody who says no', async () => {
    const { asked, erase } = erasing();
    const { err, code } = await run('erase call/1', { erase }, {}, { yes: false });
    expect({ code, asked }).toEqual({ code: 2, asked: [false] });
    expect(err).toContain('Nothing was erased.');
  });

  it('erases after a yes, and tells what it cannot reach', async () => {
    const { asked, erase } = erasing();
    const { out, code } = await run('erase call/1', { erase }, {}, { yes: true });
    expect({ code, asked }).toEqual({ code: 0, asked: [false, true] });
    expect(out).toContain('position 9 says so');
    expect(out).toContain(
      'Looked at 40 records, 2 facts, 0 identities, 1 raw delivery: nothing of it is left there.',
    );
    expect(out).toContain('Not covered');
  });

  it('says until when old backups keep it, those of other databases too', async () => {
    const inBackups = {
      keysUntil: '2026-12-22T03:00:00.000Z',
      sources: [{ name: 'chat', until: '2027-12-09T03:00:00.000Z' }],
    };
    const { erase } = erasing({ inBackups });
    const { out } = await run('erase call/1', { erase }, {}, { yes: true });
    expect(out).toContain('Backups of the keys, until 2026-12-22.');
    expect(out).toContain('Backups of chat, until 2027-12-09: they keep what is deleted there.');
  });

  it('exits 1 and lists what is left, and 0 where only that is left which the list said stays', async () => {
    const left = [{ where: 'record', name: 'task/9', known: true }];
    const known = erasing({ looked: { ...looked, left } });
    const well = await run('erase call/1 --yes', { erase: known.erase });
    expect(well.code).toBe(0);
    expect(well.out).toContain('Left as the list said:\n  task/9');
    const more = [...left, { where: 'fact', name: 'call/1', known: false }];
    const unknown = erasing({ looked: { ...looked, left: more } });
    const unwell = await run('erase call/1 --yes', { erase: unknown.erase });
    expect(unwell.code).toBe(1);
    expect(unwell.out).toContain('Still there:\n  call/1  (facts that can still be opened)');
    expect(unwell.out).not.toContain('nothing of it is left');
  });

  it('does not say that it looked where the catalog had not met it', async () => {
    const { looked: _looked, ...unmet } = {
      ...plan,
      erased: true,
      position: 9,
      refolded: false,
      looked,
    };
    const { out, code } = await run('erase call/1 --yes', { erase: () => Promise.resolve(unmet) });
    expect(code).toBe(0);
    expect(out).toContain('The catalog has not read it yet');
    expect(out).not.toContain('Looked at');
  });

  it('shows what is shared and what was found, and takes of it what is asked for', async () => {
    const { also, erase } = erasing({
      choices: [{ stream: 'conversation/7', reason: 'names_others' }],
      finds: [{ stream: 'task/9', by: 'name' }],
      bounded: true,
    });
    const { out } = await run('erase call/1 --also conversation/7 --also task/9 --yes', { erase });
    expect(out).toContain(
      '1 stream shared with others, to stay\n  conversation/7  (it is about somebody',
    );
    expect(out).toContain('Found in 1 other record, to stay\n  task/9  (holds the name)');
    expect(out).toContain('--also <stream> takes one of these.');
    expect(out).toContain('There is more than was searched');
    expect(also).toEqual([
      ['conversation/7', 'task/9'],
      ['conversation/7', 'task/9'],
    ]);
  });

  it('shows what was never linked: letters that go along, and what a stranger wrote, which stays', async () => {
    const unlinked = { letters: ['intake.9'], quarantined: ['q1', 'q2'] };
    const erase = () => Promise.resolve({ ...plan, unlinked });
    const { out } = await run('erase call/1', { erase });
    expect(out).toContain('Mentioned in 1 dead letter, to go with it\n  intake.9\n');
    expect(out).toContain('Mentioned in 2 quarantined deliveries, to stay\n  q1\n  q2\n');
    expect(out).toContain('innkeeper quarantine drop <id>');
  });

  it('gives a machine one document, with --yes and without', async () => {
    const { erase } = erasing();
    expect((await run('erase call/1 --json', { erase })).documents).toEqual([plan]);
    const { documents } = await run('erase call/1 --json --yes', { erase });
    expect(documents).toEqual([{ ...plan, erased: true, position: 9, refolded: true, looked }]);
  });
});

describe('verify', () => {
  const telling = (...lines: VerifyLine[]) =>
    async function* () {
      for (const line of lines) yield await Promise.resolve(line);
    };

  it('is well when the chain is whole', async () => {
    const verify = telling(
      { position: 5, head: 9 },
      { whole: true, era: 1, position: 9, hash: 'ff' },
    );
    const { out, code } = await run('verify', { verify });
    expect(code).toBe(0);
    expect(out).toContain('whole up to position 9');
  });

  it('exits 1 with the first wrong position', async () => {
    const verify = telling(
      { position: 5, head: 9 },
      { whole: false, position: 7, trouble: 'hash' },
    );
    const { out, code } = await run('verify', { verify });
    expect(code).toBe(1);
    expect(out).toContain('position 7 (hash)');
    const { documents } = await run('verify --json', { verify });
    expect(documents).toEqual([{ whole: false, position: 7, trouble: 'hash' }]);
  });

  it('does not take a walk that was cut off for a whole one', async () => {
    expect((await run('verify', { verify: telling({ position: 5, head: 9 }) })).code).toBe(3);
    expect((await run('verify', { verify: telling() })).code).toBe(3);
  });
});

describe('rebuild', () => {
  const comparison = {
    checksums: { live: 'aa', rebuilt: 'bb' },
    records: 3,
    differences: 1,
    differing: [{ kind: 'call', id: 'aircall.main.1' }],
  };
  const rebuilt = (
    state: RebuildAnswer['state'],
    result?: RebuildAnswer['result'],
  ): RebuildAnswer => ({
    ...{ id: 'rebuild-1', projection: 'catalog', askedAt: '2026-11-21T11:00:00.000Z' },
    ...{ switch: false, acceptChanges: false },
    state,
    position: 9,
    head: 9,
    ...(result && { result }),
  });
  const asking = (end: RebuildAnswer) => {
    const askRebuild = jest.fn<Api['askRebuild']>(() => Promise.resolve(rebuilt('asked')));
    const states = [rebuilt('running'), end];
    return { askRebuild, rebuild: () => Promise.resolve(states.shift() ?? end) };
  };

  it('waits for the end and exits 1 with the records that differ', async () => {
    const answers = asking(
      rebuilt('different', { generation: 2, position: 9, switched: false, comparison }),
    );
    const { out, code } = await run('rebuild catalog', answers);
    expect(code).toBe(1);
    expect(out).toContain('call/aircall.main.1');
    expect(out).toContain('--accept-changes');
    expect(answers.askRebuild).toHaveBeenCalledWith('catalog', {
      switch: false,
      acceptChanges: false,
    });
  });

  it('is well when the changes were accepted', async () => {
    const answers = asking(
      rebuilt('switched', { generation: 2, position: 9, switched: true, comparison }),
    );
    const { out, code } = await run('rebuild catalog --switch --accept-changes', answers);
    expect(code).toBe(0);
    expect(out).toContain('are the live ones now');
    expect(answers.askRebuild).toHaveBeenCalledWith('catalog', {
      switch: true,
      acceptChanges: true,
    });
  });

  it('exits 1 when it failed', async () => {
    const answers = asking({ ...rebuilt('failed'), code: 'CATALOG_REBUILD_STOPPED' });
    const { out, code } = await run('rebuild catalog', answers);
    expect(code).toBe(1);
    expect(out).toContain('CATALOG_REBUILD_STOPPED');
  });
});

describe('what was put aside', () => {
  const letter: LetterAnswer = {
    id: 'letter-1',
    subscription: 'intake.deliveries.v1--intake',
    code: 'INTAKE_DELIVERY_MALFORMED',
    attempts: 1,
    buriedAt: '2026-11-21T11:00:00.000Z',
    bytes: 10,
    attributes: { id: 'x' },
  };

  it('is shown with its cause and what to do about it', async () => {
    const { out } = await run('dead', { letters: listOf([letter]).list });
    expect(out).toContain('INTAKE_DELIVERY_MALFORMED');
    const shown = await run('dead show letter-1', { letter: () => Promise.resolve(letter) });
    expect(shown.out).toContain('check its permissions');
  });

  it('is sent once more, one by one or all of a subscription', async () => {
    const redrive = jest.fn(() => Promise.resolve());
    const redriveAll = jest.fn<Api['redriveAll']>(() => Promise.resolve({ redriven: 5 }));
    expect((await run('dead redrive 1 2 --json', { redrive })).documents).toEqual([
      { redriven: 2 },
    ]);
    const all = await run('dead redrive --all --subscription s', { redriveAll });
    expect(all.out).toBe('5 letters sent once more.\n');
    expect(redriveAll).toHaveBeenCalledWith('s');
  });

  it('is well when quarantine is empty after a retry, and not when something is left', async () => {
    const retry = (left: number) => ({
      retryQuarantine: () => Promise.resolve({ proved: 2, left }),
    });
    expect(await run('quarantine retry', retry(0))).toMatchObject({ code: 0, err: '' });
    const { code, err } = await run('quarantine retry', retry(1));
    expect(code).toBe(1);
    expect(err).toContain('drop');
  });

  it('lets quarantine be proved by a window that is said, in any of four units', async () => {
    const retryQuarantine = jest.fn<Api['retryQuarantine']>(async () => ({ proved: 2, left: 0 }));
    for (const within of ['90s', '15m', '12h', '4000d'])
      await run(`quarantine retry --within ${within}`, { retryQuarantine });
    expect(retryQuarantine.mock.calls).toEqual([[90], [900], [43_200], [345_600_000]]);
    for (const wrong of ['12', '0s', '1y', '-1d'])
      expect((await run(`quarantine retry --within=${wrong}`, { retryQuarantine })).code).toBe(2);
    expect(retryQuarantine).toHaveBeenCalledTimes(4);
  });

  it('exits 1 when a delivery that was named is no longer kept', async () => {
    const answers = { reprocess: () => Promise.resolve({ published: 0, missing: 1 }) };
    expect((await run('deliveries reprocess x', answers)).code).toBe(1);
    expect((await run('deliveries reprocess --all', answers)).code).toBe(0);
  });
});

describe('bus', () => {
  it('asks the platform that runs', async () => {
    const missingOnBus = () => Promise.resolve({ missing: ['topic-1'] });
    const { out, err, code } = await run('bus verify', { missingOnBus });
    expect({ out, code }).toEqual({ out: '✖ topic-1\n', code: 1 });
    expect(err).toContain('bus create');
  });

  it('opens the bus of the settings where none runs, and closes it', async () => {
    let missing = ['topic-1'];
    const close = jest.fn(() => Promise.resolve());
    const bus = {
      missing: () => Promise.resolve(missing),
      create: () => Promise.resolve(void (missing = [])),
      close,
    };
    const outside = { running: () => Promise.resolve(undefined), bus: () => Promise.resolve(bus) };
    expect((await run('bus verify', {}, outside)).code).toBe(1);
    expect((await run('bus create --json', {}, outside)).documents).toEqual([{ missing: [] }]);
    expect(close).toHaveBeenCalledTimes(2);
  });
});
