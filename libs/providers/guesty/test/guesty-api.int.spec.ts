import { providerApiContract, type ProviderApiHarness } from '#suites/provider';

import { firstOf, guestyWorld, sample } from './guesty-world.js';

/** Some of everything, as Guesty's own samples have it. */
const filled = async (): Promise<ProviderApiHarness> => {
  const { api, clock, fake, close } = await guestyWorld();
  const { state } = fake;
  const things = [
    [state.listings, firstOf('rest.listings.list', 'results')],
    [state.guests, firstOf('rest.guests-crud.list', 'results')],
    [state.reservations, firstOf('rest.reservations.list', 'results')],
    [state.reviews, firstOf('rest.reviews.list', 'data')],
    [state.tasks, sample('api/rest.task.get')],
  ] as const;
  for (const [all, thing] of things) all.set(String(thing['_id']), thing);
  await fake.happen('reservation.messageReceived', sample('reservation.messageReceived.airbnb'));
  clock.pass(30 * 86_400_000);
  return {
    api,
    now: () => clock.now(),
    gone: { entity: 'reservation', id: '66d3e4f5a6b7c8d9e0ffffff' },
    // It is looked up with its conversation.
    notAlone: ['post'],
    dispose: close,
  };
};

providerApiContract('Guesty’s API', filled);
