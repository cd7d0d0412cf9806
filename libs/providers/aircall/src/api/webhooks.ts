import {
  acceptedOf,
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

import type { AircallClient, AircallAnswer } from './client.js';
import { PER_PAGE } from './page-of-list.js';

/** By this name ours is known among up to a hundred of the company's. */
const NAME = 'innkeeper';
const PAGES = 10;
const asked = { provider: 'aircall', entity: 'webhook' };

interface AircallWebhook {
  readonly id: string;
  readonly url: string;
  readonly active: boolean;
  readonly events: readonly string[];
  readonly name: string | undefined;
  readonly token: string | undefined;
}

/** Registration by the API, with a token that the provider chooses again for each webhook. */
export const webhooksAt = (client: AircallClient): WebhookRegistration => {
  /** Of this process; others know of it by what is wanted. */
  const refused = new Set<string>();
  const isRefused = (event: string, { refusedEvents = [] }: WantedWebhook): boolean =>
    refused.has(event) || refusedEvents.includes(event);
  // Of the users' events both forms say the same, and the older one is to go.
  const fitting = (wanted: WantedWebhook): WantedWebhook => ({
    ...wanted,
    events: wanted.events.filter(
      (event) => !isRefused(event, wanted) && !wanted.events.includes(`${event}.v2`),
    ),
  });
  const inspect = async (wanted: WantedWebhook): Promise<WebhookState> => ({
    ...(await inspectOurs(client, fitting(wanted))),
    refusedEvents: wanted.events.filter((event) => isRefused(event, wanted)),
  });

  return {
    inspect,

    async mend(given) {
      const wanted = fitting(given);
      const [ours, ...doubles] = sorted(await list(client), wanted);
      const stale = wanted.anew && ours ? [ours, ...doubles] : doubles;
      if (!ours || wanted.anew) await write(client, undefined, wanted, refused);
      else if (troublesOf(ours, wanted).some((trouble) => trouble !== 'secret_unknown'))
        await write(client, ours.id, wanted, refused);
      // Last: until there is one that works, two are better than none.
      for (const { id } of stale) await remove(client, id);
      return inspect(given);
    },
  };
};

const inspectOurs = async (client: AircallClient, wanted: WantedWebhook): Promise<WebhookState> => {
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
  ours: AircallWebhook,
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
const sorted = (
  all: readonly AircallWebhook[],
  { id, url }: WantedWebhook,
): readonly AircallWebhook[] => {
  const rank = (of: AircallWebhook): number =>
    (of.id === id ? 4 : 0) + (of.url === url ? 2 : 0) + (of.active ? 1 : 0);
  const ours = all.filter((of) => of.id === id || of.url === url || of.name === NAME);
  return [...ours].sort((a, b) => rank(b) - rank(a) || (a.id < b.id ? -1 : 1));
};

const list = async (client: AircallClient): Promise<readonly AircallWebhook[]> => {
  const found: AircallWebhook[] = [];
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

const registered = (webhook: Foreign): AircallWebhook => {
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
  const single = await client.get('webhook', pathOf(id));
  return text(objectOf(objectOf(single && parsedJson(single.answer.body))?.['webhook'])?.['token']);
};

const json = { 'content-type': 'application/json' };

/**
 * Made where there is no id yet. Events are always named: left out, this provider takes them for all there are.
 * One that it does not know has it refuse them all, so those are found out and left.
 */
const write = async (
  client: AircallClient,
  id: string | undefined,
  { url, events }: WantedWebhook,
  refused: Set<string>,
): Promise<void> => {
  let own = id;
  let refusal: AircallAnswer | undefined;
  const takes = async (names: readonly string[]): Promise<boolean> => {
    const registration = { url, custom_name: NAME, events: names };
    const body = JSON.stringify(own ? { ...registration, active: true } : registration);
    const written = own
      ? await client.ask({ method: 'PUT', headers: json, body }, pathOf(own))
      : await client.ask({ method: 'POST', headers: json, body }, '/v1/webhooks');
    const isRefused = REFUSALS.has(written.answer.status);
    if (isRefused) refusal = written;
    else good(written);
    own ??= isRefused ? undefined : idIn(written);
    return !isRefused;
  };
  const taken = await acceptedOf(events, takes);
  // Where nothing at all is taken, it is not the events that are refused.
  if (taken.length === 0 && refusal) return good(refusal);
  for (const event of events) if (!taken.includes(event)) refused.add(event);
};

const REFUSALS = new Set([400, 422]);
const pathOf = (id: string): string => `/v1/webhooks/${encodeURIComponent(id)}`;
const idIn = ({ answer }: AircallAnswer): string | undefined =>
  text(objectOf(objectOf(parsedJson(answer.body))?.['webhook'])?.['webhook_id']);

const remove = async (client: AircallClient, id: string): Promise<void> => {
  const done = await client.ask({ method: 'DELETE' }, pathOf(id));
  if (!isGone(done.answer)) good(done);
};

const good = ({ answer }: AircallAnswer): void => {
  if (!isGood(answer)) throw faultOfAnswer(answer, asked);
};
