import { composeCatalog, kindNames, type Catalog, type KindName } from '#libs/catalog';
import type { FactObservation } from '#libs/journal';
import { roomPrincipal, staff, type JsonObject, type Principals } from '#libs/kernel';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { contact, openCatalog, START, type CatalogWorld } from './catalog-world.js';

const id = (own: string): string => `rocketchat.main.${own}`;
const kinds: readonly KindName[] = ['chat_member', 'chat_message', 'chat_room', 'chat_user'];

/** In the room, not in it, and by a name that only looks like the room’s. */
const member = [...staff, roomPrincipal('secret')];
const others: readonly Principals[] = [
  [...staff, roomPrincipal('open'), 'user:1', 'group:finance'],
  [...staff, roomPrincipal(id('secret')), 'secret', `chat_room/${id('secret')}`],
  [],
];

const told = (
  kind: KindName | 'chat_answer',
  own: string,
  data: JsonObject,
  personal: JsonObject,
) =>
  ({
    type: `intake.${kind}.observed.v1`,
    stream: `${kind}/${id(own)}`,
    occurredAt: START,
    data: { event: 'feed', normaliser: 1, rank: 1, ...data },
    personal,
    meta: { source: 'rocketchat-feed/main', causationId: 'd', correlationId: 'd' },
  }) satisfies FactObservation;

const room = id('secret');
const facts = [
  told('chat_room', 'secret', { room, form: 'group' }, { name: 'PLANTED', topic: 'PLANTED' }),
  told('chat_user', 'u', { user: id('u'), active: true }, { name: 'PLANTED' }),
  told('chat_member', 's', { member: id('s'), room, user: id('u') }, { name: 'PLANTED' }),
  told(
    'chat_message',
    'm',
    { at: START, author: id('u'), message: id('m'), room },
    { authorName: 'PLANTED', text: 'PLANTED', fileNames: ['PLANTED'] },
  ),
  told(
    'chat_message',
    'n',
    { at: START, author: id('u'), message: id('n'), room, thread: id('m') },
    { alias: 'PLANTED', text: 'PLANTED' },
  ),
];
const records = facts.map(({ stream }) => stream);

let world: CatalogWorld;
let catalog: Catalog;
beforeEach(async () => {
  world = await openCatalog();
  catalog = composeCatalog({ ...world, kindLimits: {} });
  await world.project(await world.tell(...facts, contact(id('u'), 'Ann')));
});
afterEach(() => world.close());

/** Everything that these eyes can get at, by each way to it. */
const seenBy = async (principals: Principals): Promise<Readonly<Record<string, unknown>>> => {
  const seen = catalog.recordsFor(principals);
  const reader = { principals, isAdmin: false };
  const links = catalog.linksFor(reader);
  const each = async (ask: (kind: KindName, own: string) => Promise<unknown>) =>
    Promise.all(records.map((name) => ask(...(name.split('/') as [KindName, string]))));
  const stored = await world.log.read(0, 100);
  const chat = world.journal.decode(stored).filter(({ type }) => type.includes('.chat_'));
  const withheld = await catalog.withheldFacts(reader, chat);
  const filtered = [
    { kind: 'chat_message', where: { room } },
    { kind: 'chat_message', where: { author: id('u') } },
    { kind: 'chat_message', where: { talk: id('m') } },
    { kind: 'chat_member', where: { user: id('u') } },
  ] as const;
  const lists = [...kinds.flatMap((kind) => [{ kind }, { kind, updatedAfter: 1 }]), ...filtered];
  return {
    lists: await Promise.all(lists.map((query) => seen.list({ limit: 2, ...query }))),
    shown: await each((kind, own) => seen.show(kind, own)),
    many: [...(await seen.showMany(records))],
    range: await Promise.all(
      kinds.map((kind) => seen.inRange({ kind, field: 'updatedAt', from: 0, limit: 9 })),
    ),
    then: await each((kind, own) => seen.showAt(kind, own, START + 1)),
    histories: await each((kind, own) => seen.history(kind, own, 0, 9)),
    places: (await Promise.all(records.map((name) => seen.places(name)))).flat(),
    placesOf: (await Promise.all(chat.map((fact) => seen.placesOf(fact)))).flat(),
    facts: chat.filter((fact) => !withheld.has(fact.id)).map(({ stream }) => stream),
    links: await each((kind, own) => links.show(kind, own)),
    questions: await links.questions({ limit: 9 }),
  };
};

describe('what stands in a room of the chat', () => {
  it.each(others.map((principals) => ({ principals })))(
    'does not exist to $principals, who are not in it',
    async ({ principals }) => {
      const seen = await seenBy(principals);
      const none = records.map(() => undefined);
      expect(seen).toEqual({
        lists: expect.arrayContaining([{ items: [] }]),
        shown: none,
        many: [],
        range: kinds.map(() => ({ items: [], more: false })),
        then: none,
        histories: records.map(() => ({ items: [] })),
        places: [],
        placesOf: [],
        facts: [],
        links: none,
        questions: { items: [] },
      });
      // No page, and no word of a next one, which would tell that there is something.
      expect(new Set((seen.lists as object[]).map((page) => JSON.stringify(page)))).toEqual(
        new Set([JSON.stringify({ items: [] })]),
      );
    },
  );

  it('is there for who is in it, less the accounts', async () => {
    const seen = await seenBy(member);
    const inRoom = records.filter((name) => !name.startsWith('chat_user/'));
    expect((seen.many as [string, unknown][]).map(([name]) => name).sort()).toEqual(
      inRoom.toSorted(),
    );
    // Facts are read over the API, where the chat is for administrators.
    expect(seen.facts).toEqual([]);
    expect(JSON.stringify(seen.shown)).toContain('PLANTED');
    expect((seen.shown as unknown[]).filter((one) => one === undefined)).toHaveLength(1);
  });

  it('stands in no record of another kind, and in no name of anything', async () => {
    const seen = catalog.recordsFor(staff);
    for (const kind of kindNames) {
      const { items } = await seen.list({ kind, limit: 50 });
      expect(JSON.stringify(items)).not.toContain('PLANTED');
    }
    expect(JSON.stringify(await catalog.readHomeNames())).not.toContain('PLANTED');
    const links = await catalog
      .linksFor({ principals: staff, isAdmin: true })
      .show('contact', id('u'));
    expect(JSON.stringify(links)).not.toContain('PLANTED');
  });

  it('is gone with who left: what counts are the rooms of the asker now', async () => {
    expect((await seenBy(member)).many).toHaveLength(4);
    expect((await seenBy(staff)).many).toEqual([]);
  });

  it('is nobody’s any more once it was taken away, not even as it was before', async () => {
    const gone: FactObservation = {
      ...told('chat_message', 'm', { deleted: true, message: id('m'), reason: 'removed' }, {}),
      occurredAt: START + 1_000,
      personal: undefined,
    };
    await world.project(await world.tell(gone));
    const seen = catalog.recordsFor(member);
    expect(await seen.show('chat_message', id('m'))).toBeUndefined();
    expect(await seen.showAt('chat_message', id('m'), START)).toBeUndefined();
    expect(await seen.history('chat_message', id('m'), 0, 9)).toEqual({ items: [] });
    const { items } = await seen.list({ kind: 'chat_message', limit: 9 });
    expect(items.map(({ id: own }) => own)).toEqual([id('n')]);
  });

  it('is hidden from them, is no record, and is erased, where it is an answer of ours', async () => {
    const answer: FactObservation = {
      ...told('chat_answer', 'z', { message: id('z'), room, thread: id('m') }, {}),
      personal: undefined,
    };
    const [fact] = await world.tell(answer);
    await world.project(fact ? [fact] : []);
    const judged = async (isAdmin: boolean) =>
      catalog.withheldFacts({ principals: member, isAdmin }, world.journal.decode([fact as never]));
    expect([...(await judged(false)).values()]).toEqual(['hidden']);
    expect([...(await judged(true)).values()]).toEqual([]);
    for (const kind of kindNames) {
      const { items } = await catalog.recordsFor(member).list({ kind, limit: 50 });
      expect(items.map(({ id: own }) => own)).not.toContain(id('z'));
    }
    await world.signals('gone');
    const { stream } = answer;
    const { position } = await catalog.eraseRemoved([{ stream, record: stream }], 'capture');
    await world.project(await world.log.read(position - 1, 10));
    expect([await world.parked(), await world.signals('gone')]).toEqual([[], []]);
  });
});
