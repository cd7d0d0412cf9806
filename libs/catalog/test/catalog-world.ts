import {
  createGenerations,
  kindNames,
  parkedFactsCollection,
  projectRecords,
  recordCollection,
  valuesOf,
  type KindName,
  type RecordState,
} from '#libs/catalog';
import { recordSignal, topics, type RecordSignal } from '#libs/contracts';
import type { FactObservation } from '#libs/journal';
import { canonicalJson, textOf, type JsonObject } from '#libs/kernel';
import type { StoredFact } from '#libs/ports/event-log';
import { drained, listenerOf, openEmbedded, type EmbeddedParts } from '#libs/testing';

export const START = 1_789_377_124_000;

interface Told {
  readonly at?: number;
  readonly delivery?: string;
}

const about = ({ at = START, delivery = 'a delivery' }: Told) => ({
  occurredAt: at,
  meta: { source: 'aircall/main', causationId: delivery, correlationId: delivery },
});

export const contact = (
  id: string,
  firstName: string,
  { deleted, ...told }: Told & { readonly deleted?: true } = {},
): FactObservation => ({
  ...about(told),
  type: 'intake.contact.observed.v1',
  stream: `contact/${id}`,
  data: {
    contact: { id },
    event: deleted ? 'contact.deleted' : 'contact.updated',
    normaliser: 1,
    rank: deleted ? 90 : 20,
    ...(deleted && { deleted }),
  },
  personal: { contact: { firstName } },
});

/** A call of a contact tells the contact's name in its own stream. */
export const call = (id: string, of?: string, name = 'Maya', told: Told = {}): FactObservation => ({
  ...about(told),
  type: 'intake.call.observed.v1',
  stream: `call/${id}`,
  data: {
    call: id,
    event: 'call.created',
    normaliser: 1,
    rank: 10,
    ...(of !== undefined && { contact: { id: of } }),
  },
  personal: { phone: '+447700900123', ...(of !== undefined && { contact: { firstName: name } }) },
});

export const canary = (sentAt: number): FactObservation => ({
  ...about({ at: sentAt }),
  type: 'operations.canary.observed.v1',
  stream: 'canary/aircall',
  data: { door: 'aircall', sentAt },
});

/** The embedded parts, with what is told to the catalog and what becomes of it. */
export const openCatalog = async () => {
  const parts = await openEmbedded();
  return { ...parts, ...catalogOn(parts) };
};
export type CatalogWorld = Awaited<ReturnType<typeof openCatalog>>;

const catalogOn = (parts: EmbeddedParts) => {
  const { log, journal, documents, bus } = parts;
  const live = () => createGenerations(parts).live();

  return {
    /** Into the log, as intake does; answers the facts as stored. */
    async tell(...observations: readonly FactObservation[]): Promise<readonly StoredFact[]> {
      const drafts = await journal.prepare(observations);
      await journal.observe(drafts);
      return log.find(drafts.map(({ id }) => id));
    },

    project: (facts: readonly StoredFact[], { generation = 1, signals = true } = {}) =>
      projectRecords(parts)({ generation, signals })(facts),

    async values(kind: KindName, id: string, generation?: number): Promise<JsonObject | undefined> {
      const collection = recordCollection(kind, generation ?? (await live()));
      const [found] = await documents.get(collection, [id]);
      return found && valuesOf(found.body as unknown as RecordState);
    },

    /** Everything of one generation, by kind and id, as text and with its fence. */
    async everything(generation?: number): Promise<Readonly<Record<string, string>>> {
      const all: Record<string, string> = {};
      for (const kind of kindNames) {
        const collection = recordCollection(kind, generation ?? (await live()));
        const { items } = await documents.query(collection, { limit: 500 });
        for (const { id, body, fence } of items)
          all[`${kind}/${id}`] = `${canonicalJson(body)} ${fence?.position}`;
      }
      return all;
    },

    /** The signals that went out since the last time. */
    async signals(topic: 'records' | 'gone' = 'records'): Promise<readonly RecordSignal[]> {
      const messages = await drained(bus, listenerOf(topics[topic]));
      return messages.map(({ data }) => recordSignal.parse(JSON.parse(textOf(data))));
    },

    async parked(): Promise<readonly JsonObject[]> {
      const { items } = await documents.query(parkedFactsCollection, { limit: 100 });
      return items.map(({ body }) => body as JsonObject);
    },
  };
};
