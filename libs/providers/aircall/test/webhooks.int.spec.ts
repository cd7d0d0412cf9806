import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { Secret } from '#libs/kernel';
import type { WantedWebhook, WebhookTrouble } from '#libs/ports/provider';

import { aircallWorld } from './aircall-world.js';

const url = 'https://hooks.harbourstays.example/webhooks/aircall';
const events = ['call.created', 'call.ended', 'message.received'];

let world: Awaited<ReturnType<typeof aircallWorld>>;
beforeEach(async () => {
  world = await aircallWorld();
});
afterEach(() => world.close());

const wanted = (more: Partial<WantedWebhook> = {}): WantedWebhook => ({
  url,
  events,
  secrets: [],
  ...more,
});
const register = (over: { url?: string; events?: string[]; custom_name?: string | null } = {}) =>
  world.fake.webhooks.create({ url, events, custom_name: 'innkeeper', ...over });
const troubles = async (of: WantedWebhook): Promise<readonly WebhookTrouble[]> =>
  (await world.api.webhooks.inspect(of)).troubles;

describe('the registration at Aircall', () => {
  it('is found missing, and made with exactly what is wanted', async () => {
    register({ url: 'https://somebody.example/', custom_name: 'crm' });
    expect(await troubles(wanted())).toEqual(['missing']);
    const made = await world.api.webhooks.mend(wanted());
    expect(made).toMatchObject({ url, active: true, events, troubles: ['secret_unknown'] });
    const secrets = made.secret ? [made.secret] : [];
    expect(await troubles(wanted({ secrets }))).toEqual([]);
    expect(world.fake.webhooks.all.size).toBe(2);
  });

  it('has every trouble told and mended, and stays the same webhook with the same token', async () => {
    const { webhook_id: id, token } = register();
    const secrets = [new Secret(token)];
    const webhook = world.fake.webhooks.all.get(id);
    if (!webhook) throw new Error('not made');
    webhook.active = false;
    webhook.url = 'https://old.example/';
    webhook.events = ['call.created'];
    expect(await troubles(wanted({ id, secrets }))).toEqual([
      'inactive',
      'url_wrong',
      'events_missing',
    ]);
    const mended = await world.api.webhooks.mend(wanted({ id, secrets }));
    expect(mended).toMatchObject({ troubles: [], id, url, active: true, events });
    expect(webhook.token).toBe(token);
  });

  it('gets every event that is to be had, in one form each, and tells which were refused', async () => {
    const all = ['user.opened', 'user.opened.v2', 'message.updated', ...events];
    const made = await world.api.webhooks.mend(wanted({ events: all }));
    expect(made.events).toEqual(['user.opened.v2', ...events]);
    expect(made.refusedEvents).toEqual(['message.updated']);
    const secrets = made.secret ? [made.secret] : [];
    expect(await troubles(wanted({ events: all, secrets }))).toEqual([]);
    expect(world.fake.webhooks.all.size).toBe(1);
  });

  it('misses after a restart nothing that was refused before', async () => {
    const all = ['message.updated', ...events];
    const { secret, refusedEvents } = await world.api.webhooks.mend(wanted({ events: all }));
    const restarted = world.apiWith('a-token-of-the-api').webhooks;
    const again = wanted({ events: all, secrets: secret ? [secret] : [], refusedEvents });
    expect(await restarted.inspect(again)).toMatchObject({ troubles: [], refusedEvents });
    expect(refusedEvents).toEqual(['message.updated']);
  });

  it('says so where it is refused whole', async () => {
    for (let i = 0; i < 100; i++) register({ url: `https://crm.example/${i}`, custom_name: 'crm' });
    await expect(world.api.webhooks.mend(wanted())).rejects.toMatchObject({
      code: 'PROVIDER_API_REQUEST_REFUSED',
    });
  });

  it('is left alone where it is as wanted, with more events than wanted too', async () => {
    const { token } = register({ events: [...events, 'call.hold'] });
    world.fake.requests.length = 0;
    await world.api.webhooks.mend(wanted({ secrets: [new Secret(token)] }));
    expect(world.fake.requests.filter((request) => !request.startsWith('GET'))).toEqual([]);
  });

  it('is one: the second that tells everything twice is removed, nobody else’s ever', async () => {
    const first = register();
    const second = register({ url: 'https://old.example/' });
    const other = register({ url: 'https://somebody.example/', custom_name: 'crm' });
    const secrets = [new Secret(first.token)];
    expect(await troubles(wanted({ secrets }))).toEqual(['doubled']);
    await world.api.webhooks.mend(wanted({ secrets }));
    expect([...world.fake.webhooks.all.keys()]).toEqual([first.webhook_id, other.webhook_id]);
    expect(second.webhook_id).not.toBe(first.webhook_id);
  });

  it('has a secret that is none of ours told, and given', async () => {
    const { token } = register();
    const state = await world.api.webhooks.inspect(wanted({ secrets: [new Secret('another')] }));
    expect(state.troubles).toEqual(['secret_unknown']);
    expect(state.secret?.reveal()).toBe(token);
    expect(JSON.stringify(state)).not.toContain(token);
  });

  it('is made anew when that is asked for', async () => {
    const { webhook_id: id } = register();
    const made = await world.api.webhooks.mend(wanted({ id, anew: true }));
    expect(made.id).not.toBe(id);
    expect([...world.fake.webhooks.all.keys()]).toEqual([made.id]);
  });

  it('is found among as many as there may be', async () => {
    for (let i = 0; i < 99; i++) register({ url: `https://crm.example/${i}`, custom_name: 'crm' });
    register();
    expect(await troubles(wanted())).toEqual(['secret_unknown']);
  });
});
