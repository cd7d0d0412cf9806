import { readFileSync } from 'node:fs';

import { Secret, type JsonObject } from '#libs/kernel';
import type { Provider, SignedRequest } from '#libs/ports/provider';
import { guesty } from '#libs/providers/guesty';
import { chosenFields, standardWebhooks } from '#libs/providers/standard-webhooks';

import { nextBody } from './history.js';

/** A post as its provider sends it, to be sent again as it is. */
export interface Post extends SignedRequest {
  readonly source: string;
}

export type NextPost = () => Promise<Post>;

const SIGNING = 'whsec_ZTJlLWUyZS1lMmUtZTJlLWUyZS1lMmU=';
const signing = new Secret(SIGNING);

/** What lets the posts of every provider but Aircall in. */
export const otherProviders: Readonly<Record<string, string>> = {
  INNKEEPER_GUESTY_SECRETS: SIGNING,
  INNKEEPER_SOURCES: JSON.stringify([{ name: 'crm', secrets: [SIGNING], id: '/data/id' }]),
};

export const aircallPosts =
  (random: () => number, token: string): NextPost =>
  async () => ({
    source: 'aircall',
    headers: { 'content-type': 'application/json' },
    body: nextBody(random, token),
  });

const sample = (path: string): JsonObject =>
  JSON.parse(
    readFileSync(new URL(`../../fixtures/${path}.json`, import.meta.url), 'utf8'),
  ) as JsonObject;

/** Each gives facts of its own: what only points at something gives none. */
const guestySamples = [
  'reservation.new.legacy',
  'reservation.updated.legacy.dates-changed',
  'reservation.updated.legacy.canceled',
  'guest.created',
  'guest.updated',
  'listing.updated',
  'reservation.messageReceived.airbnb',
  'task.updated',
  'payments.received',
].map((name) => JSON.stringify(sample(`guesty/${name}`)));

/** Guesty's ids are of 24 hex digits: a few hundred things instead of one. */
const ID = /"([0-9a-f]{21})[0-9a-f]{3}"/g;

const crm = standardWebhooks('crm', { ...chosenFields, id: '/data/id' });

/** Every provider by turns, about a few hundred things each. */
export const everyonesPosts = (random: () => number, token: string): NextPost => {
  const upTo = (most: number): number => Math.floor(random() * most);
  const calls = aircallPosts(random, token);
  const signed = async (provider: Provider, payload: JsonObject): Promise<Post> => ({
    source: provider.name,
    ...(await provider.sign(payload, signing, Date.now())),
  });
  return async () => {
    const turn = random();
    if (turn < 0.6) return calls();
    if (turn < 0.9) {
      const text = guestySamples[upTo(guestySamples.length)] ?? '{}';
      const thing = upTo(200).toString(16).padStart(3, '0');
      return signed(
        guesty,
        JSON.parse(
          text.replaceAll(ID, (_all, front: string) => `"${front}${thing}"`),
        ) as JsonObject,
      );
    }
    const data = { id: upTo(200), note: `noted ${upTo(1_000)}` };
    return signed(crm, { type: 'stay.noted', timestamp: 1_789_377_000 + upTo(10_000), data });
  };
};
