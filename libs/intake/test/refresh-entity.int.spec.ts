import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { DEBOUNCE_MS } from '#libs/intake';
import { openEmbedded, type EmbeddedParts } from '#libs/testing';

import { answerOf, FakeApi, syncOn } from './sync-world.js';

const KEY = 'parrot/song/7';
const hint = { source: 'parrot', entity: 'song', id: '7' };

describe('an entity that something pointed at', () => {
  let parts: EmbeddedParts;
  let api: FakeApi;
  let world: ReturnType<typeof syncOn>;

  beforeEach(async () => {
    parts = await openEmbedded();
    api = new FakeApi();
    world = syncOn(parts, api);
  });
  afterEach(() => parts.close());

  it('is wanted once, whichever way it was pointed at, and due after a moment', async () => {
    const keys = await world.wanted.want([hint, { ...hint, source: 'parrot-api' }, hint]);
    expect(keys).toEqual([KEY]);
    expect(await world.wanted.due(10)).toEqual([]);
    parts.clock.pass(DEBOUNCE_MS);
    expect(await world.wanted.due(10)).toEqual([KEY]);
  });

  it('is looked up, told, and wanted no more', async () => {
    api.found = { outcome: 'found', answers: [answerOf('7', '{"a":1}')] };
    await world.wanted.want([hint]);
    expect(await world.refresh(KEY)).toEqual({ outcome: 'found', fresh: 1 });
    expect(await world.published()).toHaveLength(1);
    parts.clock.pass(DEBOUNCE_MS);
    expect(await world.wanted.due(10)).toEqual([]);
    expect(await world.refresh(KEY)).toEqual({ outcome: 'nothing' });
  });

  it('stays wanted when it was pointed at again while we asked', async () => {
    api.found = { outcome: 'found', answers: [answerOf('7', '{"a":1}')] };
    api.before = async () => void (await world.wanted.want([hint]));
    await world.wanted.want([hint]);
    expect(await world.refresh(KEY)).toEqual({ outcome: 'wanted_again' });
    parts.clock.pass(DEBOUNCE_MS);
    expect(await world.wanted.due(10)).toEqual([KEY]);
  });

  it('can be wanted again after it was looked up', async () => {
    await world.wanted.want([hint]);
    await world.refresh(KEY);
    await world.wanted.want([hint]);
    expect(await world.refresh(KEY)).toEqual({ outcome: 'gone', fresh: 0 });
    expect(api.lookedUp).toEqual(['7', '7']);
  });

  it('is told as gone when the provider has it no more', async () => {
    await world.wanted.want([hint]);
    expect(await world.refresh(KEY)).toEqual({ outcome: 'gone', fresh: 1 });
    expect((await world.published())[0]?.headers).toMatchObject({ 'innkeeper-gone': 'true' });
  });

  it('leads to what its answer points at', async () => {
    const hints = [{ entity: 'chorus', id: '9' }];
    api.found = { outcome: 'found', answers: [answerOf('7', '{"a":1}', { hints })] };
    await world.wanted.want([hint]);
    await world.refresh(KEY);
    parts.clock.pass(DEBOUNCE_MS);
    expect(await world.wanted.due(10)).toEqual(['parrot/chorus/9']);
  });

  it('stays wanted when the provider cannot be asked', async () => {
    api.before = () => Promise.reject(new Error('away'));
    await world.wanted.want([hint]);
    await expect(world.refresh(KEY)).rejects.toThrow('away');
    parts.clock.pass(DEBOUNCE_MS);
    expect(await world.wanted.due(10)).toEqual([KEY]);
  });

  it('is asked for ever more rarely once it was given up, and at last not at all', async () => {
    await world.wanted.want([hint]);
    const hour = 3_600_000;
    for (const rest of [1, 4, 16, 64, 256]) {
      expect(await world.wanted.putOff(KEY, 'API_NOT_FOUND')).toBe(true);
      parts.clock.pass(rest * hour - 1);
      expect(await world.wanted.due(10)).toEqual([]);
      parts.clock.pass(1);
      expect(await world.wanted.due(10)).toEqual([KEY]);
    }
    expect(await world.wanted.putOff(KEY, 'API_NOT_FOUND')).toBe(false);
    expect(await world.wanted.due(10)).toEqual([]);
  });

  it('is wanted by nobody whose API is not there', async () => {
    const other = { ...hint, source: 'crow' };
    await world.wanted.want([other]);
    expect(await world.refresh('crow/song/7')).toEqual({ outcome: 'nothing' });
    parts.clock.pass(DEBOUNCE_MS);
    expect(await world.wanted.due(10)).toEqual([]);
  });
});
