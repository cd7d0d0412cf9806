import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { openEmbedded, type EmbeddedParts } from '#libs/testing';

import { answerOf, FakeApi, syncOn, unhurried } from './sync-world.js';

const REPAIR = 'parrot/songs/repair';
const MINUTE = 60_000;
const name = { source: 'parrot', recipe: 'songs' };

describe('a repair of what may have been missed', () => {
  let parts: EmbeddedParts;
  let api: FakeApi;
  let world: ReturnType<typeof syncOn>;

  const start = async (recipe: ConstructorParameters<typeof FakeApi>[0] = {}) => {
    parts = await openEmbedded();
    api = new FakeApi(recipe);
    api.songs = Array.from({ length: 5 }, (_, i) => answerOf(`${i}`, `{"song":${i}}`));
    world = syncOn(parts, api);
  };
  beforeEach(() => start());
  afterEach(() => parts.close());

  it('is read only when it was asked for, and once', async () => {
    expect(await world.read(REPAIR, unhurried())).toBe('nothing');
    await world.runs.askRepair(name, 1);
    expect(await world.runs.open()).toMatchObject([{ pass: 'repair', state: 'asked' }]);
    expect(await world.read(REPAIR, unhurried())).toBe('done');
    expect(await world.read(REPAIR, unhurried())).toBe('nothing');
    expect((await world.runs.find(REPAIR))?.run).toMatchObject({ state: 'done', fresh: 5 });
  });

  it('reaches from the time it was asked for up to its beginning', async () => {
    const from = parts.clock.now() - 300 * MINUTE;
    await world.runs.askRepair(name, from);
    parts.clock.pass(MINUTE);
    await world.read(REPAIR, unhurried());
    expect(api.asked[0]?.stretch).toEqual({ from, to: parts.clock.now() });
  });

  it('reads a list that knows no time whole', async () => {
    await parts.close();
    await start({ by: 'nothing' });
    await world.runs.askRepair(name, parts.clock.now() - MINUTE);
    await world.read(REPAIR, unhurried());
    expect(api.asked[0]?.stretch).toEqual({ from: 0, to: parts.clock.now() });
  });

  it('begins anew when it is asked for again, since more was found missing', async () => {
    await world.runs.askRepair(name, 5);
    api.before = async () => {
      api.before = async () => undefined;
      await world.runs.askRepair(name, 2);
    };
    expect(await world.read(REPAIR, unhurried())).toBe('overtaken');
    expect(await world.read(REPAIR, unhurried())).toBe('done');
    expect(api.asked.at(-1)?.stretch.from).toBe(2);
    expect((await world.runs.find(REPAIR))?.run.state).toBe('done');
  });
});
