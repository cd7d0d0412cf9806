import {
  faultOfAnswer,
  flag,
  isGone,
  isGood,
  objectOf,
  objectsOf,
  parsedJson,
  text,
  unreadable,
  whole,
  type Foreign,
} from '#libs/foreign';
import { Secret } from '#libs/kernel';
import type {
  WantedWebhook,
  WebhookRegistration,
  WebhookState,
  WebhookTrouble,
} from '#libs/ports/provider';

import type { AircallClient, Asked } from './client.js';
import { PER_PAGE } from './page-of-list.js';

/** By this name ours is known among up to a hundred of the company's. */
const NAME = 'innkeeper';
const PAGES = 10;
const asked = { provider: 'aircall', entity: 'webhook' };

interface Registered {
  readonly id: string;
  readonly url: string;
  readonly active: boolean;
  readonly events: readonly string[];
  readonly name: string | undefined;
  readonly token: string | undefined;
}

/** Registration by the API, with a token that the provider chooses anew for each webhook. */
export const webhooksAt = (client: AircallClient): WebhookRegistration => ({
  inspect: (wanted) => inspect(client, wanted),

  async mend(wanted) {
    const [ours, ...doubles] = sorted(await list(client), wanted);
    const stale = wanted.anew && ours ? [ours, ...doubles] : doubles;
    if (!ours || wanted.anew) await create(client, wanted);
    else if (troublesOf(ours, wanted).some((trouble) => trouble !== 'secret_unknown'))
      await update(client, ours, wanted);
    // Last: until there is one that works, two are better than none.
    for (const { id } of stale) await remove(client, id);
    return inspect(client, wanted);
  },
});

const inspect = async (client: AircallClient, wanted: WantedWebhook): Promise<WebhookState> => {
  const [ours, ...doubles] = sorted(await list(client), wanted);
  if (!ours) return { troubles: ['missing'], events: [], refusedEvents: [] };
  const { id, url, active, events } = ours;
  const token = ours.token ?? (await tokenOf(client, id));
  const troubles = [
    ...troublesOf({ ...ours, token }, wanted),
    ...(doubles.length > 0 ? (['doubled'] as const) : []),
  ];
  return {
    troubles,
    ...{ id, url, active, events },
    refusedEvents: [],
    ...(token !== undefined && { secret: new Secret(token) }),
  };
};

const troublesOf = (
  ours: Registered,
  { url, events, secrets }: WantedWebhook,
): WebhookTrouble[] => {
  const isKnown = ours.token === undefined || secrets.some((of) => of.reveal() === ours.token);
  return [
    ...(ours.active ? [] : (['inactive'] as const)),
    ...(ours.url === url ? [] : (['url_wrong'] as const)),
    ...(events.every((event) => ours.events.includes(event)) ? [] : (['events_missing'] as const)),
    ...(isKnown ? [] : (['secret_unknown'] as const)),
  ];
};

/** Ours, the one to keep first: as it was known, at our address, active. */
const sorted = (all: readonly Registered[], { id, url }: WantedWebhook): readonly Registered[] => {
  const rank = (of: Registered): number =>
    (of.id === id ? 4 : 0) + (of.url === url ? 2 : 0) + (of.active ? 1 : 0);
  const ours = all.filter((of) => of.id === id || of.url === url || of.name === NAME);
  return [...ours].sort((a, b) => rank(b) - rank(a) || (a.id < b.id ? -1 : 1));
};

const list = async (client: AircallClient): Promise<readonly Registered[]> => {
  const found: Registered[] = [];
  for (let page = 1; page <= PAGES; page++) {
    const listed = await client.get('webhook', `/v1/webhooks?page=${page}&per_page=${PER_PAGE}`);
    const body = objectOf(listed && parsedJson(listed.answer.body));
    if (!body || !Array.isArray(body['webhooks'])) throw unreadable(asked, 'webhooks');
    found.push(...objectsOf(body['webhooks']).map(registered));
    // This list links no next page.
    const total = whole(objectOf(body['meta'])?.['total']) ?? 0;
    if (page * PER_PAGE >= total) break;
  }
  return found;
};

const registered = (webhook: Foreign): Registered => {
  const id = text(webhook['webhook_id']);
  if (id === undefined) throw unreadable(asked, 'webhook_id');
  const events = Array.isArray(webhook['events']) ? (webhook['events'] as unknown[]) : [];
  return {
    id,
    url: text(webhook['url']) ?? '',
    active: flag(webhook['active']) ?? false,
    events: events.flatMap((event) => text(event) ?? []),
    name: text(webhook['custom_name']),
    token: text(webhook['token']),
  };
};

const tokenOf = async (client: AircallClient, id: string): Promise<string | undefined> => {
  const single = await client.get('webhook', `/v1/webhooks/${encodeURIComponent(id)}`);
  return text(objectOf(objectOf(single && parsedJson(single.answer.body))?.['webhook'])?.['token']);
};

const json = { 'content-type': 'application/json' };

/** Events are always named: left out, this provider takes them for all there are. */
const create = async (client: AircallClient, { url, events }: WantedWebhook): Promise<void> => {
  const body = JSON.stringify({ url, custom_name: NAME, events });
  good(await client.ask({ method: 'POST', headers: json, body }, '/v1/webhooks'));
};

const update = async (
  client: AircallClient,
  { id }: Registered,
  { url, events }: WantedWebhook,
): Promise<void> => {
  const body = JSON.stringify({ url, custom_name: NAME, events, active: true });
  const path = `/v1/webhooks/${encodeURIComponent(id)}`;
  good(await client.ask({ method: 'PUT', headers: json, body }, path));
};

const remove = async (client: AircallClient, id: string): Promise<void> => {
  const done = await client.ask({ method: 'DELETE' }, `/v1/webhooks/${encodeURIComponent(id)}`);
  if (!isGone(done.answer)) good(done);
};

const good = ({ answer }: Asked): void => {
  if (!isGood(answer)) throw faultOfAnswer(answer, asked);
};
