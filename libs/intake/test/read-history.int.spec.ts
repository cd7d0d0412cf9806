import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { openEmbedded, type EmbeddedParts } from '#libs/testing';

import { answerOf, FakeApi, syncOn, unhurried } from './sync-world.js';

const IMPORT = 'parrot/songs/import';
const PASS = 'parrot/songs/0';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const songs = (count: number) =>
  Array.from({ length: count }, (_, i) => answerOf(`${i}`, `{"song":${i}}`, { changedAt: i + 1 }));

describe('the history at a provider', () => {
  let parts: EmbeddedParts;
  let api: FakeApi;
  let world: ReturnType<typeof syncOn>;

  const start = async (recipe: ConstructorParameters<typeof FakeApi>[0] = {}) => {
    parts = await openEmbedded();
    api = new FakeApi(recipe);
    api.songs = songs(5);
    world = syncOn(parts, api);
  };
  const runOf = async (key: string) => (await world.runs.find(key))?.run;
  const ask = () => world.runs.ask({ source: 'parrot', recipe: 'songs' });

  beforeEach(() => start());
  afterEach(() => parts.close());

  it('is imported only when somebody asked for it', async () => {
    expect(await world.read(IMPORT, unhurried())).toBe('nothing');
    expect(await ask()).toBe(true);
    expect(await world.read(IMPORT, unhurried())).toBe('done');
    expect(await world.read(IMPORT, unhurried())).toBe('nothing');
    expect(api.asked.map(({ after }) => after)).toEqual([undefined, '2', '4']);
  });

  it('comes in as deliveries that nobody had told us, and says how much that was', async () => {
    await ask();
    await world.read(IMPORT, unhurried());
    const published = await world.published();
    expect(published.map(({ headers }) => headers['innkeeper-backfilled'])).toEqual(
      Array.from({ length: 5 }, () => 'true'),
    );
    const run = await runOf(IMPORT);
    expect(run).toMatchObject({ state: 'done', pages: 3, read: 5, of: 5, fresh: 5 });
    expect(run?.stretch).toEqual({ from: 0, to: parts.clock.now() });
  });

  it('is imported from where it was left, and told to go on after its slice', async () => {
    await ask();
    api.before = async () => parts.clock.pass(1_000);
    const hurried = { ...unhurried(), sliceMs: 1_500 };
    expect(await world.read(IMPORT, hurried)).toBe('more');
    const left = await runOf(IMPORT);
    expect(left).toMatchObject({ state: 'running', after: '4', read: 4 });
    expect(await world.read(IMPORT, hurried)).toBe('done');
    expect(api.asked.map(({ after }) => after)).toEqual([undefined, '2', '4']);
    expect(new Set(api.asked.map(({ stretch }) => stretch.to)).size).toBe(1);
  });

  it('is read again by a page after a crash, which tells nothing twice', async () => {
    await ask();
    let pages = 0;
    api.before = async () => {
      if (++pages === 2) throw new Error('killed');
    };
    await expect(world.read(IMPORT, unhurried())).rejects.toThrow('killed');
    expect(await world.read(IMPORT, unhurried())).toBe('done');
    expect(await world.published()).toHaveLength(5);
  });

  it('says what it waits for while it cannot be read, and no more when it can', async () => {
    await ask();
    let away = true;
    api.before = async () => {
      if (away) throw new Error('away');
    };
    await world.hold(IMPORT, 'API_NOT_FOUND');
    expect((await runOf(IMPORT))?.code).toBeUndefined();
    await expect(world.read(IMPORT, unhurried())).rejects.toThrow('away');
    await world.hold(IMPORT, 'API_NOT_FOUND');
    expect(await runOf(IMPORT)).toMatchObject({ state: 'running', code: 'API_NOT_FOUND' });
    away = false;
    await world.read(IMPORT, unhurried());
    expect((await runOf(IMPORT))?.code).toBeUndefined();
  });

  it('is left to whoever overtook this reader', async () => {
    await ask();
    let first = true;
    api.before = async () => {
      if (!first) return;
      first = false;
      expect(await world.read(IMPORT, unhurried())).toBe('done');
    };
    expect(await world.read(IMPORT, unhurried())).toBe('overtaken');
    expect(await runOf(IMPORT)).toMatchObject({ state: 'done', read: 5 });
  });

  it('stops at a page when it is told to, and when an operator says so', async () => {
    await ask();
    const stopping = new AbortController();
    api.before = async () => stopping.abort();
    expect(await world.read(IMPORT, { ...unhurried(), signal: stopping.signal })).toBe('more');
    expect(await world.stop(IMPORT)).toBe(true);
    expect(await world.read(IMPORT, unhurried())).toBe('nothing');
    await world.end(IMPORT);
    expect(await runOf(IMPORT)).toMatchObject({ state: 'stopped', read: 2 });
    expect(await world.stop(IMPORT)).toBe(false);
  });

  it('can be imported anew, and then tells only what is new', async () => {
    await ask();
    expect(await ask()).toBe(false);
    await world.read(IMPORT, unhurried());
    api.songs = [...songs(5), answerOf('new', '{}')];
    expect(await ask()).toBe(true);
    await world.read(IMPORT, unhurried());
    expect(await runOf(IMPORT)).toMatchObject({ state: 'done', read: 6, fresh: 1 });
  });

  it('reaches back as far as the provider’s list goes', async () => {
    await parts.close();
    await start({ historyMs: 10 * MINUTE });
    await ask();
    await world.read(IMPORT, unhurried());
    const now = parts.clock.now();
    expect((await runOf(IMPORT))?.stretch).toEqual({ from: now - 10 * MINUTE, to: now });
  });

  it('is passed over each time a pass is due, and not before', async () => {
    expect(await world.read(PASS, unhurried())).toBe('done');
    const first = parts.clock.now();
    expect(api.asked[0]?.stretch).toEqual({ from: first - 10 * MINUTE, to: first });
    parts.clock.pass(MINUTE / 2);
    expect(await world.read(PASS, unhurried())).toBe('nothing');
    parts.clock.pass(MINUTE / 2);
    expect(await world.read(PASS, unhurried())).toBe('done');
    expect(await runOf(PASS)).toMatchObject({ fresh: 0, coveredTo: first + MINUTE });
  });

  it('leaves no gap after an outage longer than a pass reaches', async () => {
    await world.read(PASS, unhurried());
    const covered = parts.clock.now();
    parts.clock.pass(120 * MINUTE);
    await world.read(PASS, unhurried());
    expect(api.asked.at(-1)?.stretch).toEqual({ from: covered, to: covered + 120 * MINUTE });
  });

  it('is passed over again, without a gap, once our clock is right that was in 2036', async () => {
    await world.read(PASS, unhurried());
    const covered = parts.clock.now();
    const ahead = Date.UTC(2036, 0, 1) - covered;
    parts.clock.pass(ahead);
    await world.read(PASS, unhurried());
    parts.clock.pass(2 * HOUR - ahead);
    expect(await world.read(PASS, unhurried())).toBe('done');
    const { stretch } = (await runOf(PASS)) ?? {};
    expect(stretch?.from).toBeLessThanOrEqual(covered);
    expect(stretch?.to).toBe(covered + 2 * HOUR);
  });

  it('goes on covering what a failed pass did not', async () => {
    await world.read(PASS, unhurried());
    const covered = parts.clock.now();
    parts.clock.pass(30 * MINUTE);
    api.before = () => Promise.reject(new Error('away'));
    await expect(world.read(PASS, unhurried())).rejects.toThrow('away');
    await world.fail(PASS, 'API_NOT_FOUND');
    parts.clock.pass(30 * MINUTE);
    api.before = async () => undefined;
    expect(await world.read(PASS, unhurried())).toBe('done');
    expect(api.asked.at(-1)?.stretch.from).toBe(covered);
  });

  it('is read whole each time where the list has no times', async () => {
    await parts.close();
    await start({ by: 'nothing' });
    await world.read(PASS, unhurried());
    expect(api.asked[0]?.stretch).toEqual({ from: 0, to: parts.clock.now() });
  });

  it('counts what changed since the provider told us last, and should have been told', async () => {
    const now = parts.clock.now();
    api.toldAt = now - 60 * MINUTE;
    const at = (id: string, ago: number) =>
      answerOf(id, `{"n":${id}}`, { changedAt: now - ago * MINUTE });
    api.songs = [at('1', 90), at('2', 58), at('3', 30), at('4', 20), at('5', 1)];
    await world.read(PASS, unhurried());
    expect(await runOf(PASS)).toMatchObject({ untold: { since: api.toldAt, count: 2 } });
    parts.clock.pass(10 * MINUTE);
    await world.read(PASS, unhurried());
    expect((await runOf(PASS))?.untold?.count).toBe(2);
    api.songs = [at('6', 3)];
    await world.read(PASS, unhurried());
    parts.clock.pass(10 * MINUTE);
    await world.read(PASS, unhurried());
    expect((await runOf(PASS))?.untold?.count).toBe(3);
    await ask();
    api.songs = [at('7', 20)];
    await world.read(IMPORT, unhurried());
    expect((await runOf(IMPORT))?.untold).toBeUndefined();
  });

  it('is known by source, with what is still open', async () => {
    await ask();
    await world.read(PASS, unhurried());
    expect((await world.runs.list('parrot')).map(({ pass }) => pass).sort()).toEqual([
      '0',
      'import',
    ]);
    expect(await world.runs.list('crow')).toEqual([]);
    expect((await world.runs.open()).map(({ pass }) => pass)).toEqual(['import']);
  });
});
