import {
  acceptedOf,
  faultOfAnswer,
  isGone,
  isGood,
  objectOf,
  objectsOf,
  parsedJson,
  text,
  unreadable,
} from '#libs/foreign';
import { Secret } from '#libs/kernel';
import type { OutboundAnswer } from '#libs/ports/outbound';
import type {
  WantedWebhook,
  WebhookRegistration,
  WebhookState,
  WebhookTrouble,
} from '#libs/ports/provider';

import { guesty, idOf } from './answers.js';
import type { GuestyClient } from './client.js';

const asked = guesty('webhook');
const json = { 'content-type': 'application/json' };

interface GuestyWebhook {
  readonly id: string;
  readonly url: string;
  readonly events: readonly string[];
}

/**
 * Registration by the API. A webhook has one address for life and no name, so ours is known by its id or by its
 * address; a new one gets a new secret. Whether deliveries still go out this API does not say: a door that stays
 * silent is mended with `anew`.
 */
export const webhooksAt = (
  client: GuestyClient,
  sleep: (ms: number) => Promise<void>,
): WebhookRegistration => {
  /** Of this process; others know of it by what is wanted. */
  const refused = new Set<string>();
  const isRefused = (event: string, { refusedEvents = [] }: WantedWebhook): boolean =>
    refused.has(event) || refusedEvents.includes(event);

  const inspect = async (wanted: WantedWebhook): Promise<WebhookState> => {
    const [ours, ...doubles] = sorted(await list(client), wanted);
    const refusedEvents = wanted.events.filter((event) => isRefused(event, wanted));
    if (!ours) return { troubles: ['missing'], events: [], refusedEvents };
    const secret = await secretOf(client, ours.url);
    const events = wanted.events.filter((event) => !refusedEvents.includes(event));
    const troubles: WebhookTrouble[] = [
      ...(ours.url === wanted.url ? [] : (['url_wrong'] as const)),
      ...(events.every((event) => ours.events.includes(event))
        ? []
        : (['events_missing'] as const)),
      ...(doubles.length > 0 ? (['doubled'] as const) : []),
      ...(isOurs(secret, wanted) ? [] : (['secret_unknown'] as const)),
    ];
    return {
      troubles,
      ...{ id: ours.id, url: ours.url, events: ours.events, refusedEvents },
      ...(secret && { secret }),
    };
  };

  return {
    inspect,

    async mend(wanted) {
      const all = sorted(await list(client), wanted);
      const [ours] = all.filter(({ url }) => url === wanted.url);
      const stale = all.filter(({ id }) => wanted.anew || id !== ours?.id);
      // First those that must not stay: two at one address have one secret, and its making comes last.
      for (const { id } of stale) await remove(client, id);
      const { url } = wanted;
      const events = wanted.events.filter((event) => !isRefused(event, wanted));
      if (!ours || wanted.anew) await write(client, { url, events, refused });
      else if (events.some((event) => !ours.events.includes(event)))
        await write(client, { url, events, refused, id: ours.id });
      if (!ours || wanted.anew) await untilSecret(client, wanted.url, sleep);
      return inspect(wanted);
    },
  };
};

const isOurs = (secret: Secret | undefined, { secrets }: WantedWebhook): boolean =>
  secret === undefined || secrets.some((of) => of.reveal() === secret.reveal());

/** Ours, the one to keep first. */
const sorted = (
  all: readonly GuestyWebhook[],
  { id, url }: WantedWebhook,
): readonly GuestyWebhook[] => {
  const rank = (of: GuestyWebhook): number => (of.url === url ? 2 : 0) + (of.id === id ? 1 : 0);
  const ours = all.filter((of) => rank(of) > 0);
  return [...ours].sort((a, b) => rank(b) - rank(a) || (a.id < b.id ? -1 : 1));
};

/** A list, or a list in an envelope: both have been seen. */
const list = async (client: GuestyClient): Promise<readonly GuestyWebhook[]> => {
  const listed = await client.get('webhook', '/v1/webhooks');
  const body = listed && parsedJson(listed.answer.body);
  const items: unknown = Array.isArray(body) ? body : objectOf(body)?.['results'];
  if (!Array.isArray(items)) throw unreadable(asked, 'webhooks');
  return objectsOf(items).flatMap((webhook) => {
    const id = idOf(webhook['_id']);
    const events = Array.isArray(webhook['events']) ? (webhook['events'] as unknown[]) : [];
    const url = text(webhook['url']) ?? '';
    return id === undefined ? [] : [{ id, url, events: events.flatMap((of) => text(of) ?? []) }];
  });
};

/** By the exact address. It may not be there for a moment after its making, or at all for an old webhook. */
const secretOf = async (client: GuestyClient, url: string): Promise<Secret | undefined> => {
  const query = { url };
  const found = await client.get('webhook secret', '/v1/webhooks-v2/secret', query);
  const body = objectOf(found && parsedJson(found.answer.body));
  const key = text(body?.['key']) ?? text(body?.['secret']);
  return key === undefined ? undefined : new Secret(key);
};

/** For a moment after its making a webhook has none. What comes later is found by the next look. */
const untilSecret = async (
  client: GuestyClient,
  url: string,
  sleep: (ms: number) => Promise<void>,
): Promise<void> => {
  for (let wait = 500; wait <= 4_000; wait *= 2) {
    if (await secretOf(client, url)) return;
    await sleep(wait);
  }
};

interface Writing {
  readonly url: string;
  readonly events: readonly string[];
  readonly refused: Set<string>;
  readonly id?: string;
}

/** Some events of the provider's own list are refused, and with one of them all. */
const write = async (client: GuestyClient, writing: Writing): Promise<void> => {
  const { url, refused } = writing;
  let { id } = writing;
  let refusal: OutboundAnswer | undefined;
  const takes = async (events: readonly string[]): Promise<boolean> => {
    const request = { headers: json, body: JSON.stringify({ url, events }) };
    const { answer } = id
      ? await client.ask({ ...request, method: 'PUT' }, `/v1/webhooks/${id}`)
      : await client.ask({ ...request, method: 'POST' }, '/v1/webhooks');
    if (isGood(answer)) id ??= idOf(objectOf(parsedJson(answer.body))?.['_id']);
    else if (answer.status === 400) refusal = answer;
    else throw faultOfAnswer(answer, asked);
    return isGood(answer);
  };
  const { events: wanted } = writing;
  const taken = await acceptedOf(wanted, takes);
  // Where nothing at all is taken, it is not the events that are refused.
  if (taken.length === 0 && refusal) throw faultOfAnswer(refusal, asked);
  for (const event of wanted) if (!taken.includes(event)) refused.add(event);
};

const remove = async (client: GuestyClient, id: string): Promise<void> => {
  const { answer } = await client.ask({ method: 'DELETE' }, `/v1/webhooks/${id}`);
  if (!isGone(answer) && !isGood(answer)) throw faultOfAnswer(answer, asked);
};
