import { createWantedEntities, type WantedEntities } from '#libs/intake';
import { openEmbedded, type EmbeddedParts } from '#libs/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const KEY = 'parrot/song/1';

let parts: EmbeddedParts;
let wanted: WantedEntities;

beforeEach(async () => {
  parts = await openEmbedded();
  wanted = createWantedEntities(parts);
});
afterEach(() => parts.close());

const want = () => wanted.want([{ source: 'parrot', entity: 'song', id: '1' }]);

describe('what is wanted from a provider', () => {
  it('is due after a moment, and after a rest where it was not to be had', async () => {
    await want();
    expect(await wanted.due(9)).toEqual([]);
    parts.clock.pass(2_000);
    expect(await wanted.due(9)).toEqual([KEY]);
    await wanted.putOff(KEY, 'PROVIDER_API_FAILED');
    parts.clock.pass(59 * MINUTE);
    expect(await wanted.due(9)).toEqual([]);
    parts.clock.pass(MINUTE);
    expect(await wanted.due(9)).toEqual([KEY]);
  });

  it.each([
    ['ahead in 2036', Date.UTC(2036, 0, 1)],
    ['behind in 1970', 0],
  ])('is due though our clock was %s when it was wanted or put off', async (_, wrong) => {
    const away = wrong - parts.clock.now();
    parts.clock.pass(away);
    await want();
    parts.clock.pass(-away);
    parts.clock.pass(2_000);
    expect(await wanted.due(9)).toEqual([KEY]);
    parts.clock.pass(away);
    await wanted.putOff(KEY, 'PROVIDER_API_FAILED');
    parts.clock.pass(-away);
    parts.clock.pass(HOUR);
    expect(await wanted.due(9)).toEqual([KEY]);
  });

  it('is found behind many that rest as they should', async () => {
    const away = Date.UTC(2036, 0, 1) - parts.clock.now();
    await wanted.want(
      Array.from({ length: 20 }, (_, i) => ({ source: 'parrot', entity: 'song', id: `a${i}` })),
    );
    parts.clock.pass(away);
    await want();
    parts.clock.pass(-away);
    expect(await wanted.due(5)).toEqual([KEY]);
  });
});
