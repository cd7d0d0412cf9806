import { CLOCKS_APART_MS, type Clock } from '#libs/kernel';
import {
  everyDocument,
  type Collection,
  type Documents,
  type StoredDocument,
} from '#libs/ports/documents';
import type { WantedWebhook, WebhookState, WebhookTrouble } from '#libs/ports/provider';

import { deliveriesCollection } from '../deliveries/deliveries.js';
import type { ProviderApis } from '../refresh-entity/refresh-entity.js';
import type { Sources } from '../sources.js';

export interface Watched {
  /** What was wrong when we looked. */
  readonly found: readonly WebhookTrouble[];
  /** What is wrong still, after it was mended. */
  readonly left: readonly WebhookTrouble[];
  /** Wanted, and not to be had. */
  readonly refusedEvents: readonly string[];
}

interface WatchWebhooksParts {
  readonly apis: ProviderApis;
  readonly sources: Sources;
  readonly documents: Documents;
  /** Where providers reach our doors, without a path. */
  readonly publicUrl: string;
}

const collection: Collection = { name: 'webhook_registrations', fields: [] };

/**
 * Looks how our door is registered at a provider, and mends what is not as wanted. A secret that is not set here
 * cannot be repaired from here: no provider lets us choose it.
 */
export const watchWebhooks =
  ({ apis, sources, documents, publicUrl }: WatchWebhooksParts) =>
  async (name: string): Promise<Watched | undefined> => {
    const webhooks = apis.get(name)?.webhooks;
    const source = sources.get(name);
    const events = source?.provider.api?.events ?? [];
    if (!webhooks || !source || events.length === 0) return undefined;
    const [noted] = await documents.get(collection, [name]);
    const { id, refusedEvents } = (noted?.body ?? {}) as Partial<Noted>;
    const wanted: WantedWebhook = {
      url: `${publicUrl.replace(/\/$/, '')}/webhooks/${name}`,
      events,
      secrets: source.secrets,
      ...(id !== undefined && { id }),
      ...(refusedEvents && { refusedEvents }),
    };
    const before = await webhooks.inspect(wanted);
    const after = isMendable(before.troubles) ? await webhooks.mend(wanted) : before;
    await note(documents, name, after, noted?.version ?? 0);
    return { found: before.troubles, left: after.troubles, refusedEvents: after.refusedEvents };
  };

const isMendable = (troubles: readonly WebhookTrouble[]): boolean =>
  troubles.some((trouble) => trouble !== 'secret_unknown');

type Noted = Required<Pick<WebhookState, 'id' | 'refusedEvents'>>;

/** By its id ours is known again after somebody changed its address. Another process that notes it notes the same. */
const note = async (
  documents: Documents,
  name: string,
  { id, active, url, refusedEvents }: WebhookState,
  version: number,
): Promise<void> => {
  if (id === undefined) return;
  await documents.swap(
    collection,
    {
      id: name,
      body: {
        id,
        refusedEvents,
        ...(url !== undefined && { url }),
        ...(active !== undefined && { active }),
      },
    },
    version,
  );
};

/** Where deliveries are, and by which clock we judge when they came. */
interface DeliveryTimes {
  readonly documents: Documents;
  readonly clock: Clock;
}

/** Mostly the first is the one. */
const PAGE = 50;

/**
 * When a source last told us something by itself, as far as raw deliveries are still known. One that came while our
 * clock was wrong, and stands in the future now, says nothing about when.
 */
export const lastTold =
  ({ documents, clock }: DeliveryTimes) =>
  async (source: string): Promise<number | undefined> => {
    const query = { where: { source }, order: { field: 'receivedAt', descending: true } };
    const latest = clock.now() + CLOCKS_APART_MS;
    const all = everyDocument(documents, deliveriesCollection, {
      ...query,
      limit: PAGE,
      bytes: false,
    });
    for await (const delivery of all) {
      const told = receivedAtOf(delivery);
      if (told !== undefined && told <= latest) return told;
    }
    return undefined;
  };

/** When a source told us something by itself again after this time, by a clock that was right. */
export const firstToldAfter =
  ({ documents, clock }: DeliveryTimes) =>
  async (source: string, time: number): Promise<number | undefined> => {
    const { items } = await documents.query(deliveriesCollection, {
      where: { source },
      order: { field: 'receivedAt' },
      from: time + 1,
      limit: 1,
      bytes: false,
    });
    const told = items[0] && receivedAtOf(items[0]);
    return told !== undefined && told <= clock.now() + CLOCKS_APART_MS ? told : undefined;
  };

const receivedAtOf = ({ body }: StoredDocument): number | undefined =>
  (body as { readonly receivedAt?: number }).receivedAt;
