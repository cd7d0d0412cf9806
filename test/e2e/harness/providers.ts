import { readFileSync } from 'node:fs';

import { Secret, type JsonObject } from '#libs/kernel';
import type { Provider, SignedRequest } from '#libs/ports/provider';
import { chosenFields, standardWebhooks } from '#libs/providers/generic';
import { guesty } from '#libs/providers/guesty';
import { rocketchat } from '#libs/providers/rocketchat';
import { stripe } from '#libs/providers/stripe';

import { nextBody } from './history.js';

/** A post as its provider sends it, to be sent again as it is. */
export interface Post extends SignedRequest {
  readonly source: string;
}

export type NextPost = () => Promise<Post>;

const SIGNING = 'whsec_ZTJlLWUyZS1lMmUtZTJlLWUyZS1lMmU=';
const CHAT_TOKEN = 'a-token-of-the-chat-e2e';
const signing = new Secret(SIGNING);

/** What lets the posts of every provider but Aircall in. */
export const otherProviders: Readonly<Record<string, string>> = {
  INNKEEPER_GUESTY_SECRETS: SIGNING,
  INNKEEPER_ROCKETCHAT_TOKENS: CHAT_TOKEN,
  INNKEEPER_STRIPE_SECRETS: SIGNING,
  INNKEEPER_SOURCES: JSON.stringify([{ name: 'crm', secrets: [SIGNING], id: '/data/id' }]),
};

export const aircallPosts =
  (random: () => number, token: string): NextPost =>
  async () => ({
    source: 'aircall',
    headers: { 'content-type': 'application/json' },
    body: nextBody(random, token),
  });

/** As its provider would post it now, signed with what `otherProviders` lets in. */
export const signedPost = async (
  provider: Provider,
  text: string,
  secret = signing,
): Promise<Post> => ({
  source: provider.name,
  ...(await provider.sign(JSON.parse(text) as JsonObject, secret, Date.now())),
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

const chatSample = JSON.stringify(sample('rocketchat/01-public-channel-trigger-word'));
const chatToken = new Secret(CHAT_TOKEN);
const CHAT_MESSAGE = 'JWd3SdzHDwy4PPwu8';

const stripeSamples = [
  'payment_intent.succeeded',
  'payment_intent.payment_failed',
  'charge.refunded',
  'charge.dispute.created',
].map((name) => JSON.stringify(sample(`stripe/${name}`)));

const crm = standardWebhooks('crm', { ...chosenFields, id: '/data/id' });

/** Every provider by turns, about a few hundred things each. */
export const everyonesPosts = (random: () => number, token: string): NextPost => {
  const upTo = (most: number): number => Math.floor(random() * most);
  const calls = aircallPosts(random, token);
  const thing = (): string => upTo(200).toString(16).padStart(3, '0');
  return async () => {
    const turn = random();
    if (turn < 0.5) return calls();
    if (turn < 0.75) {
      const text = guestySamples[upTo(guestySamples.length)] ?? '{}';
      const own = thing();
      return signedPost(
        guesty,
        text.replaceAll(ID, (_all, front: string) => `"${front}${own}"`),
      );
    }
    if (turn < 0.85)
      return signedPost(
        rocketchat,
        chatSample.replace(CHAT_MESSAGE, `JWd3SdzHDwy4PP${thing()}`),
        chatToken,
      );
    if (turn < 0.92) {
      const text = stripeSamples[upTo(stripeSamples.length)] ?? '{}';
      return signedPost(stripe, text.replaceAll('01"', `${thing()}"`));
    }
    const data = { id: upTo(200), note: `noted ${upTo(1_000)}` };
    const timestamp = 1_789_377_000 + upTo(10_000);
    return signedPost(crm, JSON.stringify({ type: 'stay.noted', timestamp, data }));
  };
};
