import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { Secret } from '#libs/kernel';
import type { WantedWebhook, WebhookTrouble } from '#libs/ports/provider';

import { guestyWorld, type GuestyWorld } from './guesty-world.js';

const url = 'https://hooks.harbourstays.example/webhooks/guesty';
const events = ['reservation.updated.v2', 'guest.updated', 'listing.updated'];

let world: GuestyWorld;
beforeEach(async () => {
  world = await guestyWorld();
});
afterEach(() => world.close());

const wanted = (more: Partial<WantedWebhook> = {}): WantedWebhook => ({
  url,
  events,
  secrets: [],
  ...more,
});
const secretsAt = (of: string): readonly Secret[] => {
  const secret = world.fake.webhooks.secretOf(of);
  return secret === undefined ? [] : [new Secret(secret)];
};
const troubles = async (of: WantedWebhook): Promise<readonly WebhookTrouble[]> =>
  (await world.api.webhooks.inspect(of)).troubles;
const registered = () => [...world.fake.webhooks.all.values()];

describe('the registration at Guesty', () => {
  it('is found missing, made once, and answered with its secret, which is there a moment later', async () => {
    world.fake.webhooks.create('https://somebody.example/', events);
    expect(await troubles(wanted())).toEqual(['missing']);
    const made = await world.api.webhooks.mend(wanted());
    expect(made).toMatchObject({ url, events, troubles: ['secret_unknown'], refusedEvents: [] });
    expect(made.secret?.reveal()).toBe(world.fake.webhooks.secretOf(url));
    await world.api.webhooks.mend(wanted({ secrets: secretsAt(url) }));
    expect(await troubles(wanted({ secrets: secretsAt(url) }))).toEqual([]);
    expect(registered()).toHaveLength(2);
  });

  it('gets every event that is to be had, and tells which were refused', async () => {
    const all = ['reservation.new', ...events, 'payments.invalidSecondBcomCard', 'guest.deleted'];
    const made = await world.api.webhooks.mend(wanted({ events: all }));
    expect(made.refusedEvents).toEqual(['reservation.new', 'payments.invalidSecondBcomCard']);
    expect(made.events).toEqual([...events, 'guest.deleted']);
    expect(await troubles(wanted({ events: all, secrets: secretsAt(url) }))).toEqual([]);
    expect(registered()).toHaveLength(1);
  });

  it('misses after a restart nothing that was refused before', async () => {
    const all = ['reservation.new', ...events];
    const { refusedEvents } = await world.api.webhooks.mend(wanted({ events: all }));
    const again = wanted({ events: all, secrets: secretsAt(url), refusedEvents });
    expect(await world.replica().webhooks.inspect(again)).toMatchObject({
      troubles: [],
      refusedEvents,
    });
    expect(refusedEvents).toEqual(['reservation.new']);
  });

  it('gets events that are missing, and keeps its secret', async () => {
    const { _id: id } = world.fake.webhooks.create(url, ['guest.updated']);
    const secrets = secretsAt(url);
    await world.api.webhooks.inspect(wanted({ secrets }));
    expect(await troubles(wanted({ secrets }))).toEqual(['events_missing']);
    expect(await world.api.webhooks.mend(wanted({ secrets }))).toMatchObject({
      id,
      troubles: [],
      events,
    });
  });

  it('is made anew at another address: the old one goes', async () => {
    const { _id: id } = world.fake.webhooks.create('https://old.example/', events);
    expect(await troubles(wanted({ id, secrets: secretsAt('https://old.example/') }))).toEqual([
      'url_wrong',
    ]);
    const mended = await world.api.webhooks.mend(wanted({ id }));
    expect(mended.troubles).toEqual(['secret_unknown']);
    expect(registered()).toMatchObject([{ url, events }]);
  });

  it('is one: what tells everything twice is removed, nobody else’s ever', async () => {
    world.fake.webhooks.create('https://somebody.example/', events);
    world.fake.webhooks.create(url, events);
    world.fake.webhooks.create(url, events);
    expect(await troubles(wanted())).toContain('doubled');
    await world.api.webhooks.mend(wanted());
    expect(registered().map((webhook) => webhook.url)).toEqual(['https://somebody.example/', url]);
  });

  it('is made anew, with another secret, where it looks well and nothing comes', async () => {
    world.fake.webhooks.create(url, events);
    const before = secretsAt(url)[0]?.reveal();
    world.fake.webhooks.deactivate();
    const made = await world.api.webhooks.mend(wanted({ anew: true }));
    expect(registered()).toHaveLength(1);
    expect(made.secret?.reveal()).not.toBe(before);
  });
});
