import { describe, expect, it } from '@jest/globals';

import { joinBytes, utf8 } from '#libs/kernel';
import type { ProviderApi } from '#libs/ports/provider';
import {
  providerApiBehaviours,
  providerApiContract,
  type ProviderApiHarness,
} from '#suites/provider';

import { aircallWorld, dataOf, sample } from './aircall-world.js';

/** Some of everything, as Aircall's own samples have it. */
const filled = async (disguise = (api: ProviderApi) => api): Promise<ProviderApiHarness> => {
  const { api, clock, fake, close } = await aircallWorld();
  for (const name of ['call.ended.answered', 'call.ended.missed', 'call.tagged'])
    await fake.happen('call.ended', dataOf(name));
  await fake.happen('contact.updated', dataOf('contact.updated'));
  await fake.happen('number.created', dataOf('number.created'));
  const [user = {}] = (sample('rest.users.v2.list') as { users: Record<string, unknown>[] }).users;
  fake.state.users.set(String(user['id']), user);
  clock.pass(86_400_000);
  return {
    api: disguise(api),
    now: () => clock.now(),
    gone: { entity: 'contact', id: '424242' },
    notAlone: [],
    dispose: close,
  };
};

providerApiContract('Aircall’s API', () => filled());

/** Lists what it has without what it puts around a single one. */
const loose = (api: ProviderApi): ProviderApi => ({
  ...api,
  recipes: api.recipes.map((recipe) => ({
    ...recipe,
    async page(stretch, after) {
      const page = await recipe.page(stretch, after);
      const answers = page.answers.map(({ state: _, ...answer }) => ({
        ...answer,
        body: joinBytes(utf8('{"list":'), answer.body, utf8('}')),
      }));
      return { ...page, answers };
    },
  })),
});

describe('the suite of a provider’s API', () => {
  it('rejects one whose lists have another form, and links that make all look new', async () => {
    const rejected: string[] = [];
    for (const [title, behaviour] of Object.entries(providerApiBehaviours)) {
      const harness = await filled(loose);
      await behaviour(harness).catch(() => rejected.push(title));
      await harness.dispose();
    }
    expect(rejected).toEqual([
      'gives an entity in one form, looked up or listed',
      'tells equal states as equal, however often they are read',
    ]);
  });
});
