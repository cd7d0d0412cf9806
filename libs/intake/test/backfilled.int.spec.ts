import { afterEach, beforeEach, expect, describe, it } from '@jest/globals';

import type { FactMeta } from '#libs/contracts';

import { deliveryOf, factsIn, messageOf, openIntake, type IntakeWorld } from './intake-world.js';

describe('a fact that nobody told us', () => {
  let world: IntakeWorld;
  beforeEach(async () => void (world = await openIntake()));
  afterEach(() => world.close());

  const take = (things: readonly string[], headers: Readonly<Record<string, string>>) =>
    world.takeIn([messageOf({ ...deliveryOf('parrot', { things: [...things] }), headers })]);
  const backfilled = async () =>
    (await factsIn(world)).map(({ meta }) => (JSON.parse(meta) as FactMeta).backfilled);

  it('says so, as its delivery does', async () => {
    await take(['cage'], {});
    await take(['mirror'], { 'innkeeper-backfilled': 'true' });
    expect(await backfilled()).toEqual([undefined, true]);
  });

  it('is no other fact than the same thing told: whichever came first stays', async () => {
    await take(['cage'], {});
    await take(['cage', 'mirror'], { 'innkeeper-backfilled': 'true' });
    await take(['mirror'], {});
    expect(await backfilled()).toEqual([undefined, true]);
  });
});
