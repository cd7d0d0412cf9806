import { beginAfresh, createGenerations, projectors } from '#libs/catalog';
import { projectionsCollection } from '#libs/journal';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { contact, guest, openIdentities, PHONE, type IdentitiesWorld } from './identities-world.js';

describe('a projector that begins afresh', () => {
  let world: IdentitiesWorld;
  const checkpoints = () =>
    world.documents.get(
      projectionsCollection,
      projectors.map(({ name }) => name),
    );

  beforeEach(async () => {
    world = await openIdentities();
    await world.told(contact('1', { name: 'Ada', phones: [PHONE] }), guest('2', { name: 'Bo' }));
    const fence = { era: 1, position: 9 };
    await world.documents.put(
      projectionsCollection,
      projectors.map(({ name }) => ({ id: name, body: {}, fence })),
    );
  });
  afterEach(() => world.close());

  it('leaves nothing of the records it had folded, nor of what linked them', async () => {
    const before = await createGenerations(world).live();
    expect(Object.keys(await world.kept(before))).not.toEqual([]);
    await beginAfresh(world)('catalog');
    expect(await createGenerations(world).live()).toBeGreaterThan(before);
    expect(await world.everything(before)).toEqual({});
    expect(await world.kept(before)).toEqual({});
    expect((await checkpoints()).map((kept) => kept?.id)).toEqual([undefined, 'relay']);
  });

  it('announces all again where it is the relay, and the records stay', async () => {
    const before = await world.everything();
    await beginAfresh(world)('relay');
    expect(await world.everything()).toEqual(before);
    expect((await checkpoints()).map((kept) => kept?.id)).toEqual(['catalog', undefined]);
  });
});
