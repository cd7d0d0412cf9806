import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { sqliteSearchIndex } from '#libs/adapters/sqlite';
import {
  composeCatalog,
  createGenerations,
  readHomeNames,
  readRecords,
  type Catalog,
  type MayRead,
  type RecordReaders,
} from '#libs/catalog';
import type { FactObservation } from '#libs/journal';
import {
  groupPrincipal,
  mayRead,
  roomPrincipal,
  staff,
  supersetOf,
  userPrincipal,
  type Audience,
  type JsonObject,
  type Principals,
  type Readers,
} from '#libs/kernel';
import { composeKnowledge, type Found, type QuestionLinks } from '#libs/knowledge';
import type { RoomsAndGroups } from '#libs/ports/directory';
import { MemoryDirectory, type MemoryEmbedder, openEmbedded } from '#libs/testing';

import { stayFacts, STAYS, stayRecords } from './stays-of-rooms.js';

export const ROOMS = 50;
export const GROUPS = 6;
export const PEOPLE = 20;
const NOTES = 240;
const HOMES = 20;

export const person = (i: number): string => `person-${i}`;
export const room = (i: number): string => `room-${i}`;
export const group = (i: number): string => `group-${i}`;
/** Stands in one note and nowhere else. */
export const secretOf = (note: number): string => `zq${(note + 1) * 7919}x`;
/** The same in letters alone: a word as people mistype them. */
export const secretWordOf = (note: number): string =>
  [...secretOf(note)].map((sign) => 'bcdfghjklm'[Number(sign)] ?? sign).join('');

const topics = ['wifi password', 'parking space', 'door code', 'late arrival', 'fuse box'];
const streets = ['Harbour', 'Garden', 'Castle', 'Mill'];
/** Several homes have names that are much alike, so that it is asked back which is meant. */
const homeName = (i: number): string => `${streets[i % 4]} ${['Loft', 'Studio'][i % 2]} ${i}`;

/** As the company began: who is where, and who may read what. Always the same. */
const rightsAtFirst = (i: number): RoomsAndGroups => ({
  rooms: Array.from({ length: ROOMS }, (_, r) => r)
    .filter((r) => (r * 7 + i * 3) % 5 === 0)
    .map(room),
  groups: Array.from({ length: GROUPS }, (_, g) => g)
    .filter((g) => (g + i) % 3 === 0)
    .map(group),
});

/** Mostly of a room; some are for a group, for one person, for two rooms, and for somebody in both of two. */
const readersAtFirst = (i: number): Readers => {
  const here = roomPrincipal(room(i % ROOMS));
  switch (i % 8) {
    case 0:
      return [staff];
    case 1:
      return [[groupPrincipal(group(i % GROUPS))]];
    case 2:
      return [[userPrincipal(person(i % PEOPLE))]];
    case 3:
      return [[here, roomPrincipal(room((i * 3) % ROOMS))]];
    case 4:
      return [[here], [groupPrincipal(group(i % GROUPS))]];
    default:
      return [[here]];
  }
};

const told = (stream: string, data: object, personal: object): FactObservation => ({
  type: `intake.${stream.slice(0, stream.indexOf('/'))}.observed.v1`,
  stream,
  occurredAt: Date.UTC(2026, 8, 13),
  data: { event: 'told', normaliser: 1, rank: 10, ...data },
  personal: personal as JsonObject,
  meta: { source: 'notes/main', causationId: 'a-delivery', correlationId: 'a-delivery' },
});

const facts = (): FactObservation[] => [
  ...Array.from({ length: HOMES }, (_, i) =>
    told(`listing/home.${i}`, { listing: `home.${i}`, nickname: homeName(i) }, {}),
  ),
  ...Array.from({ length: NOTES }, (_, i) =>
    told(
      `note/note.${i}`,
      { note: `note.${i}`, listing: `home.${i % HOMES}` },
      {
        title: topics[i % 5],
        text: `The ${topics[i % 5]} is written here: ${secretOf(i)} ${secretWordOf(i)}.`,
      },
    ),
  ),
  ...stayFacts(HOMES),
];

/** Sees each call of a port. */
export type WatchPort = <T extends object>(port: T, name: string) => T;

/** A pipeline that is put together wrongly, to see that it is found out. */
export type Mistake = 'no join' | 'no filter in the index';

/** The real catalog, index and search of a company whose records have readers that a test changes at any moment. */
export const openCompany = async (
  mistake?: Mistake,
  watched: WatchPort = (port) => port,
  isTold: (fact: FactObservation) => boolean = () => true,
  embedder?: MemoryEmbedder,
) => {
  const parts = await openEmbedded();
  const folder = mkdtempSync(join(tmpdir(), 'innkeeper-rights-'));
  const index = await sqliteSearchIndex({ path: join(folder, 'index.db') });
  const directory = new MemoryDirectory();
  const rights = new Map<string, RoomsAndGroups>();
  const readers = new Map<string, Readers>();
  const readersOf = (kind: string, state: JsonObject): Readers =>
    readers.get(`${kind}/${idIn(state)}`) ?? [staff];
  const readableBy =
    (principals: Principals): MayRead =>
    (kind, state) =>
      mistake === 'no join' || mayRead(readersOf(kind, state), principals);
  const recordReaders: RecordReaders = {
    readableBy,
    readableOverApi: ({ principals }) => readableBy(principals),
    audienceOf: (kind, state): Audience =>
      mistake === 'no filter in the index' ? everybody : supersetOf(readersOf(kind, state)),
    isForAllStaff: () => false,
  };
  const documents = watched(parts.documents, 'documents');
  const catalog = await filled({ ...parts, documents }, recordReaders, facts().filter(isTold));
  const knowledge = composeKnowledge({
    ...{ ...parts, documents, catalog },
    index: watched(index, 'index'),
    makeKey: () => randomBytes(32),
    digest: (bytes) => createHash('sha256').update(bytes).digest(),
    onIndexed: () => undefined,
    letOthersWork: () => Promise.resolve(),
    excludedKinds: new Set(),
    timeZone: 'UTC',
    kindLimits: {},
    embedder,
  });
  const all = [
    ...Array.from({ length: HOMES }, (_, i) => ({ kind: 'listing', id: `home.${i}` })),
    ...Array.from({ length: NOTES }, (_, i) => ({ kind: 'note', id: `note.${i}` })),
    ...Array.from({ length: STAYS }, (_, i) => stayRecords(i))
      .flat()
      .map((name) => {
        const end = name.indexOf('/');
        return { kind: name.slice(0, end), id: name.slice(end + 1) };
      }),
  ];
  const reset = (): void => {
    for (let i = 0; i < PEOPLE; i++) rights.set(person(i), rightsAtFirst(i));
    for (let i = 0; i < NOTES; i++) readers.set(`note/note.${i}`, readersAtFirst(i));
    for (let i = 0; i < HOMES; i++) readers.set(`listing/home.${i}`, readersAtFirst(i * 5));
    for (let i = 0; i < STAYS; i++)
      stayRecords(i).forEach((name, k) => readers.set(name, readersAtFirst(i * (k + 1) + k)));
    directory.change(new Map(rights));
  };
  const principalsOf = async (name: string): Promise<readonly string[]> => {
    const { rooms, groups } = await directory.rightsOf(name);
    return [
      ...staff,
      userPrincipal(name),
      ...rooms.map(roomPrincipal),
      ...groups.map(groupPrincipal),
    ];
  };
  reset();
  await knowledge.indexRecords(all);
  // Its vectors are those of what all could read then, as the index is.
  if (embedder) await knowledge.keepIndex(new AbortController().signal);
  return {
    directory,
    rights,
    readers,
    reset,
    /** Their rights count as they are written from now on. */
    tell: () => directory.change(new Map(rights)),
    reindex: (note: number) => knowledge.indexRecords([{ kind: 'note', id: `note.${note}` }]),
    /** What is remembered for so long is looked at again. */
    later: (ms: number) => parts.clock.pass(ms),
    /** As the platform asks: rights first, then search. */
    async ask(name: string, text: string): Promise<Found> {
      const principals = await principalsOf(name);
      return knowledge.search({ text, turns: [], principals, timeZone: 'UTC', limit: 20 });
    },
    async links(name: string, text: string): Promise<QuestionLinks> {
      const principals = await principalsOf(name);
      return knowledge.findLinks({ text, turns: [], principals, timeZone: 'UTC' });
    },
    async calls(name: string, links: QuestionLinks): Promise<readonly string[]> {
      const principals = await principalsOf(name);
      const { calls } = await knowledge.findCalls({ links, principals });
      const shown = await catalog.recordsFor(principals).showMany(calls);
      return [...shown.keys()];
    },
    async close() {
      await index.close();
      await parts.close();
      rmSync(folder, { recursive: true });
    },
  };
};

export type Company = Awaited<ReturnType<typeof openCompany>>;

/** Every principal there is. */
const everybody: Audience = [
  ...staff,
  ...Array.from({ length: PEOPLE }, (_, i) => userPrincipal(person(i))),
];

const idIn = (state: JsonObject): string => {
  const layers = (state.layers ?? []) as readonly (readonly [string, { id?: string }])[];
  // Asked of a kind as a whole, without any of its records, there is none.
  return layers.map(([, { id }]) => id).find((id) => id !== undefined) ?? '';
};

const filled = async (
  parts: Awaited<ReturnType<typeof openEmbedded>>,
  readers: RecordReaders,
  told: readonly FactObservation[],
): Promise<Catalog> => {
  const catalog = composeCatalog({ ...parts, kindLimits: {} });
  await parts.journal.observe(await parts.journal.prepare(told));
  await catalog.live.apply(await parts.log.read(0, 5_000));
  const reading = { ...parts, readers, generations: createGenerations(parts) };
  return {
    ...catalog,
    readers,
    readHomeNames: readHomeNames(reading),
    recordsFor: readRecords(reading),
    reading: { ...catalog.reading, audienceOf: readers.audienceOf },
  };
};
