import { inspect } from 'node:util';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { asFault } from '#libs/kernel';
import { jsonOf } from '#libs/testing';

import { aircallWorld, dataOf, sample } from './aircall-world.js';

let world: Awaited<ReturnType<typeof aircallWorld>>;
beforeEach(async () => {
  world = await aircallWorld();
});
afterEach(() => world.close());

describe('looking something up at Aircall', () => {
  it('gives a call in the very form of the API, with its contact', async () => {
    const { call } = sample('rest.call.get') as { call: Record<string, unknown> };
    world.fake.state.calls.set(String(call['id']), call);
    const found = await world.api.lookUp({ entity: 'call', id: '4190001001' });
    if (found.outcome !== 'found') throw new Error(found.outcome);
    expect(found.answers).toHaveLength(1);
    const [answer] = found.answers;
    expect(answer).toMatchObject({ entity: 'call', id: '4190001001', askedAt: world.clock.now() });
    expect(answer && jsonOf(answer)).toMatchObject({
      call: { id: 4190001001, contact: { first_name: 'Maya' }, duration: 254 },
    });
  });

  it('says that a call is in the same state, though its links are signed anew', async () => {
    await world.fake.happen('call.ended', dataOf('call.ended.answered'));
    const look = async () => {
      const found = await world.api.lookUp({ entity: 'call', id: '4190001001' });
      return found.outcome === 'found' ? found.answers[0] : undefined;
    };
    const [first, second] = [await look(), await look()];
    expect(first?.body).not.toEqual(second?.body);
    expect(first?.state).toBe(second?.state);
    await world.fake.happen('call.tagged', dataOf('call.tagged'));
    expect((await look())?.state).not.toBe(first?.state);
  });

  it.each([
    ['transcription', 'rest.transcription.get', 'transcription'],
    ['summary', 'rest.summary.get', 'summary'],
    ['topics', 'rest.topics.get', 'topics'],
    ['sentiment', 'rest.sentiments.get', 'sentiments'],
    ['action_item', 'rest.action_items.get', 'action_items'],
  ])('gives %s of a call', async (entity, name, path) => {
    const body = sample(name);
    world.fake.state.intelligence.set(`4190001001/${path}`, body);
    const found = await world.api.lookUp({ entity, id: '4190001001' });
    expect(found.outcome === 'found' && found.answers.map(jsonOf)).toEqual([body]);
  });

  it('tells what is not made yet from what is gone and from what is not for us', async () => {
    const { api, fake } = world;
    expect(await api.lookUp({ entity: 'contact', id: '77120045' })).toEqual({ outcome: 'gone' });
    await expect(api.lookUp({ entity: 'summary', id: '1' })).rejects.toMatchObject({
      code: 'PROVIDER_API_NOT_YET',
      kind: 'missing',
    });
    fake.state.hasIntelligence = false;
    expect(await api.lookUp({ entity: 'summary', id: '1' })).toEqual({ outcome: 'withheld' });
  });

  it('refuses kinds that it does not know, and ids that are a path', async () => {
    for (const [entity, id] of [
      ['reservation', '1'],
      ['constructor', '1'],
      ['call', '../webhooks'],
      ['call', ''],
    ] as const)
      await expect(world.api.lookUp({ entity, id })).rejects.toMatchObject({
        code: 'PROVIDER_ENTITY_UNKNOWN',
      });
    expect(world.fake.requests).toEqual([]);
  });

  it('says that its credentials are wrong, and shows none of them', async () => {
    await expect(world.api.ping()).resolves.toBeUndefined();
    const failure = await world.apiWith('wrong-token').ping().catch(asFault);
    expect(failure).toMatchObject({ code: 'PROVIDER_API_CREDENTIALS_REFUSED' });
    expect(inspect(failure, { depth: 9 })).not.toMatch(/wrong-token|Basic/);
  });

  it('waits until the company is let in again', async () => {
    const { api, fake, waits } = world;
    for (let i = 0; i < 61; i++) await api.ping();
    expect(fake.throttled).toBe(1);
    expect(waits).toEqual([60_000]);
  });

  it('says that the API fails, after trying for a while', async () => {
    world.fake.outage = 503;
    const asking = world.api.lookUp({ entity: 'call', id: '1' });
    await expect(asking).rejects.toMatchObject({
      code: 'PROVIDER_API_FAILED',
      kind: 'unavailable',
    });
    expect(world.fake.requests).toHaveLength(4);
  });
});
