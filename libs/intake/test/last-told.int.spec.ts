import { firstToldAfter, lastTold } from '#libs/intake';
import { CLOCKS_APART_MS } from '#libs/kernel';
import { openEmbedded, type EmbeddedParts } from '#libs/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { deliveriesCollection } from '../src/deliveries/deliveries.js';

const FUTURE = Date.UTC(2036, 0, 1);

let parts: EmbeddedParts;
let now: number;

const received = (...times: readonly number[]) =>
  parts.documents.put(
    deliveriesCollection,
    times.map((receivedAt) => ({
      id: `delivery ${receivedAt}`,
      body: { receivedAt },
      fields: { receivedAt, source: 'guesty', failed: 0 },
      fence: { era: 0, position: 2 },
    })),
  );
const last = () => lastTold(parts)('guesty');

beforeEach(async () => {
  parts = await openEmbedded();
  now = parts.clock.now();
});
afterEach(() => parts.close());

describe('when a source last told us something', () => {
  it('is the latest delivery, also by the clock of another process', async () => {
    await received(now - 2000, now - 1000);
    expect(await last()).toBe(now - 1000);
    await received(now + CLOCKS_APART_MS);
    expect(await last()).toBe(now + CLOCKS_APART_MS);
  });

  it('is none that came while our clock was wrong, however many came', async () => {
    await received(now - 1000);
    await received(...Array.from({ length: 450 }, (_, i) => FUTURE + i));
    expect(await last()).toBe(now - 1000);
  });

  it('is unknown where all came while our clock was wrong', async () => {
    await received(FUTURE);
    expect(await last()).toBeUndefined();
  });
});

describe('when a source told us something again', () => {
  it('is the first delivery after that time', async () => {
    await received(now - 2000, now - 1000);
    expect(await firstToldAfter(parts)('guesty', now - 2000)).toBe(now - 1000);
  });

  it('is none that came while our clock was wrong', async () => {
    await received(now - 2000, FUTURE);
    expect(await firstToldAfter(parts)('guesty', now - 2000)).toBeUndefined();
  });
});
