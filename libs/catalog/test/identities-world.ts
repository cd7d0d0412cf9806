import {
  createGenerations,
  eraseStreams,
  LiveGate,
  projectRecords,
  readLinks,
  rebuildRecords,
  settleIdentity,
  type KindName,
  type Links,
  recordReaders,
} from '#libs/catalog';
import type { FactObservation } from '#libs/journal';
import { randomId, staff } from '#libs/kernel';
import type { StoredFact } from '#libs/ports/event-log';

import { identityCollections } from '../src/identities/collections.js';
import { openCatalog, START } from './catalog-world.js';

export const PHONE = '+447700900123';
export const OTHER_PHONE = '+447700900456';

const about = (at: number, delivery: string) => ({
  occurredAt: START + at,
  meta: { source: 'spec/main', causationId: delivery, correlationId: delivery },
});
const phonesOf = (phones: readonly string[]) => phones.map((e164) => ({ e164 }));

export interface Said {
  readonly name?: string;
  readonly phones?: readonly string[];
  readonly mails?: readonly string[];
  readonly at?: number;
}

export const contact = (id: string, { at = 0, mails, name, phones }: Said): FactObservation => ({
  ...about(at, `d-contact-${id}-${at}`),
  type: 'intake.contact.observed.v1',
  stream: `contact/aircall.main.${id}`,
  data: {
    contact: { id: `aircall.main.${id}` },
    ...{ event: 'contact.updated', normaliser: 1, rank: 20 },
  },
  personal: {
    contact: {
      ...(name !== undefined && { firstName: name }),
      ...(phones && { phones: phonesOf(phones) }),
      ...(mails && { mails: mails.map((value) => ({ value })) }),
    },
  },
});

export const guest = (id: string, { at = 0, mails, name, phones }: Said): FactObservation => ({
  ...about(at, `d-guest-${id}-${at}`),
  type: 'intake.guest.observed.v1',
  stream: `guest/guesty.main.${id}`,
  data: { guest: `guesty.main.${id}`, event: 'guest.updated', normaliser: 1, rank: 20 },
  personal: {
    ...(name !== undefined && { fullName: name }),
    ...(phones && { phones: phonesOf(phones) }),
    ...(mails && { mails: [...mails] }),
  },
});

export const reservation = (id: string, of: string, name: string): FactObservation => ({
  ...about(0, `d-reservation-${id}`),
  type: 'intake.reservation.observed.v1',
  stream: `reservation/guesty.main.${id}`,
  data: {
    ...{ reservation: `guesty.main.${id}`, guest: `guesty.main.${of}`, status: 'confirmed' },
    ...{ event: 'reservation.updated', normaliser: 1, rank: 20 },
  },
  personal: { guestName: name },
});

export const line = (id: string, phone: string): FactObservation => ({
  ...about(0, `d-line-${id}`),
  type: 'intake.phone_number.observed.v1',
  stream: `phone_number/aircall.main.${id}`,
  data: {
    ...{ event: 'number.updated', normaliser: 1, rank: 20 },
    line: { id: `aircall.main.${id}` },
  },
  personal: { line: { phone } },
});

interface Called {
  readonly phone?: string;
  readonly contact?: string;
  readonly name?: string;
}

export const call = (id: string, { contact: of, name, phone }: Called): FactObservation => ({
  ...about(0, `d-call-${id}`),
  type: 'intake.call.observed.v1',
  stream: `call/aircall.main.${id}`,
  data: {
    ...{ call: `aircall.main.${id}`, event: 'call.created', normaliser: 1, rank: 10 },
    ...(of !== undefined && { contact: { id: `aircall.main.${of}` } }),
    ...(phone === undefined && { anonymous: true }),
  },
  personal: {
    ...(phone !== undefined && { phone }),
    ...(of !== undefined && {
      contact: { firstName: name ?? '', phones: phone ? [{ e164: phone }] : [] },
    }),
  },
});

const none = { letters: [], deliveries: [], quarantined: [] };

/** The catalog on embedded parts, and who is who in it. */
export const openIdentities = async () => {
  const world = await openCatalog();
  const generations = createGenerations(world);
  const gate = new LiveGate(
    generations,
    (generation) => projectRecords(world)({ generation, signals: true }),
    world.journal,
  );
  const reading = readLinks({ ...world, generations, readers: recordReaders() })({
    principals: staff,
    isAdmin: false,
  });
  let reached = 1;

  const catchUp = async (): Promise<readonly StoredFact[]> => {
    const facts = await world.log.read(reached, 5000);
    await gate.apply(facts);
    reached = facts.at(-1)?.position ?? reached;
    return facts;
  };
  const show = async (record: string): Promise<Links | undefined> => {
    const [kind = '', id = ''] = record.split('/');
    return reading.show(kind as KindName, id);
  };

  return {
    ...world,
    reading,
    show,
    catchUp,
    /** Into the log, and folded as one batch. */
    async told(...observations: readonly FactObservation[]): Promise<void> {
      await world.tell(...observations);
      await catchUp();
    },
    async settle(a: string, b: string, same: boolean): Promise<number> {
      const settled = await settleIdentity({ ...world, generations })(
        { records: [a, b], same },
        { actor: 'Zoe', cause: randomId(START) },
      );
      await catchUp();
      return settled.position;
    },
    async erase(target: string): Promise<void> {
      const { erase, plan } = eraseStreams({
        ...world,
        deliveriesYielding: () => Promise.resolve([]),
        mentioning: () => Promise.resolve(none),
        rawOf: () => Promise.resolve(undefined),
      });
      await erase(await plan(target), 'Zoe');
      await catchUp();
    },
    rebuild: () =>
      rebuildRecords(world)({
        ...{ switch: true, acceptChanges: false, live: gate },
        checkpoint: () => Promise.resolve(reached),
        term: () => Promise.resolve(1),
        onProgress: () => Promise.resolve(),
        signal: new AbortController().signal,
      }),
    /** The other records of a person, in the words of a list. */
    async linked(record: string): Promise<readonly string[] | string | undefined> {
      const links = await show(record);
      return links?.person?.members.map(({ kind, id }) => `${kind}/${id}`) ?? links?.why;
    },
    questions: async () => (await reading.questions({ limit: 50 })).items,
    /** Everything that is kept of who is who, as text. */
    async kept(generation?: number): Promise<Readonly<Record<string, string>>> {
      const all: Record<string, string> = {};
      for (const collection of identityCollections(generation ?? (await generations.live()))) {
        const { items } = await world.documents.query(collection, { limit: 500 });
        for (const { id, body, fields } of items)
          all[`${collection.name.split('_')[0]} ${id}`] = JSON.stringify([body, fields]);
      }
      return all;
    },
  };
};
export type IdentitiesWorld = Awaited<ReturnType<typeof openIdentities>>;
