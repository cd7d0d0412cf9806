import { createJournal, ERASURES, type FactObservation } from '#libs/journal';
import { isId, textOf } from '#libs/kernel';
import { openEmbedded, type EmbeddedParts } from '#libs/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

let parts: EmbeddedParts;

beforeEach(async () => {
  parts = await openEmbedded();
});
afterEach(() => parts.close());

const observation = (changed: Partial<FactObservation> = {}): FactObservation => ({
  type: 'intake.contact.observed.v1',
  stream: 'contact/aircall.main.1',
  occurredAt: 1_789_377_124_000,
  data: { rank: 1, normaliser: 1 },
  personal: { name: 'Zelda' },
  meta: { source: 'aircall/main', causationId: 'a', correlationId: 'a' },
  ...changed,
});
const prepared = async (...changes: Partial<FactObservation>[]) =>
  parts.journal.prepare(changes.map(observation));
const idOf = async (changed: Partial<FactObservation>) => (await prepared(changed))[0]?.id ?? '';
const appended = async (...changes: Partial<FactObservation>[]) => {
  await parts.journal.observe(await prepared(...changes));
  return parts.log.read(1, 100);
};

describe('the id of a fact', () => {
  it('is the same for the same content, however its keys are ordered', async () => {
    const data = { b: 1, a: { d: 2, c: 3 } };
    const id = await idOf({ data });
    expect(isId(id)).toBe(true);
    expect(await idOf({ data: { a: { c: 3, d: 2 }, b: 1 } })).toBe(id);
  });

  it('is the same however it came: another delivery, actor or trace', async () => {
    const meta = { source: 'other/one', causationId: 'b', correlationId: 'c', actor: 'Zoe' };
    expect(await idOf({ meta })).toBe(await idOf({}));
  });

  it('is another for any other content', async () => {
    const ids = await Promise.all(
      [
        {},
        { type: 'intake.call.observed.v1' },
        { stream: 'contact/aircall.main.2' },
        { occurredAt: 1_789_377_124_001 },
        { data: { rank: 2, normaliser: 1 } },
        { data: { rank: 1, normaliser: 2 } },
        { personal: { name: 'Zoe' } },
      ].map(idOf),
    );
    const { personal: _none, ...impersonal } = observation();
    const [draft] = await parts.journal.prepare([impersonal]);
    expect(new Set([...ids, draft?.id]).size).toBe(8);
  });

  it('sorts by the time of the source', async () => {
    const times = [0, 1, 4_294_967_296, 1_789_377_124_000];
    const ids = await Promise.all(times.map((occurredAt) => idOf({ occurredAt })));
    expect(ids.toSorted()).toEqual(ids);
  });

  it('is keyed: another platform gives another id, so nobody can guess what was said', async () => {
    const other = await openEmbedded();
    const [draft] = await other.journal.prepare([observation()]);
    await other.close();
    expect(draft?.id).not.toBe(await idOf({}));
  });

  it('survives the loss of its stream’s key', async () => {
    const before = await idOf({});
    await parts.keys.destroy(['contact/aircall.main.1'], 1);
    expect(await idOf({})).toBe(before);
  });
});

describe('what is prepared', () => {
  it('says nothing personal outside its sealed part', async () => {
    const [draft] = await prepared({ data: { z: 1, a: 2 } });
    const { personal, ...open } = draft ?? {};
    expect(draft).toMatchObject({ data: '{"a":2,"z":1}', stream: 'contact/aircall.main.1' });
    expect(`${JSON.stringify(open)}${textOf(personal ?? new Uint8Array())}`).not.toMatch(/Zelda/);
    expect(personal?.length).toBeGreaterThan(0);
  });

  it('stands in the order it was asked for, each personal part with its own fact', async () => {
    const { personal: _none, ...impersonal } = observation({ stream: 'contact/none' });
    const named = ['a', 'b'].map((name) =>
      observation({ stream: `contact/${name}`, personal: { name } }),
    );
    const [a, b] = named;
    if (!a || !b) throw new Error('two were made');
    const drafts = await parts.journal.prepare([a, impersonal, b]);
    expect(drafts.map(({ stream }) => stream)).toEqual(['contact/a', 'contact/none', 'contact/b']);
    await parts.journal.observe(drafts);
    const opened = await parts.journal.open(await parts.log.read(1, 10));
    expect(opened.map(({ personal }) => personal?.name)).toEqual(['a', undefined, 'b']);
  });

  it('goes without its personal part where the key is destroyed, and is stored all the same', async () => {
    await parts.keys.destroy(['contact/b'], 1);
    const facts = await appended(...['a', 'b', 'c'].map((one) => ({ stream: `contact/${one}` })));
    expect(facts.map(({ personal }) => personal !== undefined)).toEqual([true, false, true]);
    const opened = await parts.journal.open(facts);
    expect(opened.map((fact) => 'personal' in fact)).toEqual([true, false, true]);
  });

  it('is not in the log before it is observed', async () => {
    await prepared({}, { stream: 'contact/other' });
    expect((await parts.log.head()).position).toBe(1);
    expect(await parts.journal.prepare([])).toEqual([]);
  });
});

describe('what is observed', () => {
  it('is answered one by one: new, known, too large', async () => {
    const large = { stream: 'contact/large', personal: { text: 'x'.repeat(300_000) } };
    await appended({});
    const drafts = await prepared({ stream: 'contact/new' }, {}, large);
    expect(await parts.journal.observe(drafts)).toEqual([
      { outcome: 'appended', position: 3 },
      { outcome: 'known', position: 2 },
      { outcome: 'too_large', bytes: expect.any(Number) },
    ]);
  });
});

describe('what is read', () => {
  it('comes back as it was said, with where it came from and where it stands', async () => {
    const meta = { source: 'a/b', causationId: 'c', correlationId: 'd', traceparent: 'e' };
    const stored = await appended({ meta });
    expect(await parts.journal.open(stored)).toEqual([
      {
        ...meta,
        id: await idOf({}),
        type: 'intake.contact.observed.v1',
        stream: 'contact/aircall.main.1',
        occurredAt: 1_789_377_124_000,
        recordedAt: parts.clock.now(),
        position: 2,
        version: 2,
        era: stored[0]?.era,
        data: { rank: 1, normaliser: 1 },
        personal: { name: 'Zelda' },
      },
    ]);
  });

  it('can be decoded without a key: all but the personal part', async () => {
    const stored = await appended({});
    const [decoded] = parts.journal.decode(stored);
    const [opened] = await parts.journal.open(stored);
    const { personal: _opened, ...rest } = opened ?? {};
    expect(decoded).toEqual(rest);
  });

  it('lacks its personal part once the key is destroyed; others keep theirs', async () => {
    const stored = await appended({ stream: 'contact/a' }, { stream: 'contact/b' });
    await parts.keys.destroy(['contact/a'], 1);
    const opened = await parts.journal.open(stored);
    expect(opened.map((fact) => 'personal' in fact)).toEqual([false, true]);
    expect(opened[0]).toMatchObject({ data: { rank: 1, normaliser: 1 } });
  });

  it('opens under no other stream’s name', async () => {
    const [fact] = await appended({});
    if (!fact) throw new Error('one was appended');
    await parts.journal.prepare([observation({ stream: 'contact/other' })]);
    const moved = { ...fact, stream: 'contact/other' };
    await expect(createJournal(parts).open([moved])).rejects.toMatchObject({
      code: 'KEYS_SEALED_BROKEN',
    });
  });
});

describe('what is erased', () => {
  /** Says so in the log, as an erasure does. The keys of this world are still there, as a process remembers them. */
  const erase = async (...streams: string[]): Promise<void> => {
    await parts.journal.observe(
      await parts.journal.prepare([
        {
          type: 'log.stream.erased.v1',
          stream: ERASURES,
          occurredAt: 1,
          data: { streams, deliveries: [], reason: 'a test' },
          meta: { source: 'innkeeper/catalog', causationId: 'a', correlationId: 'a' },
        },
      ]),
    );
  };
  const names = (facts: Iterable<{ readonly personal?: { readonly name?: unknown } }>) =>
    [...facts].map(({ personal }) => personal?.name);
  const sealedFacts = () => appended({ stream: 'contact/a' }, { stream: 'contact/b' });

  it('is not opened, whatever key is remembered, by whoever asks the log each time', async () => {
    const stored = await sealedFacts();
    expect(names(await parts.journal.open(stored))).toEqual(['Zelda', 'Zelda']);
    await erase('contact/a');
    expect(names(await parts.journal.open(stored))).toEqual([undefined, 'Zelda']);
  });

  it('is not opened by a process that starts after it', async () => {
    const stored = await sealedFacts();
    await erase('contact/b');
    expect(names(await createJournal(parts).openEach(stored))).toEqual(['Zelda', undefined]);
  });

  it('is not opened in a stretch of the log by whoever meets the erasure, or reads them again', async () => {
    const stored = await sealedFacts();
    const [meeting, reading] = [createJournal(parts), createJournal(parts)];
    for (const journal of [meeting, reading]) await journal.openEach(stored);
    await erase('contact/a');
    await meeting.forgetStreams(['contact/a']);
    expect(await reading.readErasures()).toBe(4);
    for (const journal of [meeting, reading])
      expect(names(await journal.openEach(stored))).toEqual([undefined, 'Zelda']);
  });

  it('stays closed where the fact was sealed with a remembered key and stored afterwards', async () => {
    const drafts = await prepared({ stream: 'contact/a' }, { stream: 'contact/b' });
    await erase('contact/a');
    await parts.journal.observe(drafts);
    const stored = await parts.log.find(drafts.map(({ id }) => id));
    expect(stored.map(({ personal }) => personal !== undefined)).toEqual([true, true]);
    expect(names(await createJournal(parts).openEach(stored))).toEqual([undefined, 'Zelda']);
  });

  it('is known however many erasures there are', async () => {
    const stored = await sealedFacts();
    for (let i = 0; i < 1001; i += 1) await erase(`contact/other.${i}`);
    await erase('contact/a');
    expect(names(await createJournal(parts).openEach(stored))).toEqual([undefined, 'Zelda']);
  });
});
