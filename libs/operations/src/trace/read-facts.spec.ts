import { createJournal } from '#libs/journal';
import { fault, textOf, utf8 } from '#libs/kernel';
import type { EventLog, StoredFact } from '#libs/ports/event-log';
import type { Keys } from '#libs/ports/keys';
import { describe, expect, it } from '@jest/globals';

import { readFacts } from './read-facts.js';

const erased = 'call/erased';
const SECRET = 'chat_message/m';

/** Seals by a mark, so that a test sees what was opened. */
const keys: Keys = {
  seal: (items) => items.map(({ plain }) => utf8(`sealed ${textOf(plain)}`)),
  open: (items) =>
    items.map(({ stream, sealed }) =>
      stream === erased ? undefined : utf8(textOf(sealed).replace('sealed ', '')),
    ),
  fingerprint: (values) => values.map(() => new Uint8Array(32)),
  destroy: () => Promise.resolve(),
  tombstones: () => Promise.resolve([]),
  retire: () => Promise.resolve(),
  forget: () => Promise.resolve(),
};

const factAt = (position: number, type: string, stream = 'call/a'): StoredFact => ({
  id: `fact-${position}`,
  type,
  stream,
  version: position,
  position,
  era: 1,
  occurredAt: 0,
  recordedAt: 0,
  meta: '{"causationId":"d","correlationId":"d","source":"aircall/main"}',
  data: '{}',
  ...(type === 'personal' && { personal: utf8('sealed {"name":"Zelda"}') }),
});

const readerOf = (facts: readonly StoredFact[]) => {
  const unused = () => Promise.reject(fault('DEFECT_UNKNOWN'));
  const log: EventLog = {
    head: async () => ({ era: 1, position: facts.length, hash: new Uint8Array() }),
    observe: unused,
    decide: unused,
    wake: unused,
    read: async (after, limit) => facts.slice(after, after + limit),
    stream: async (stream, after, limit) =>
      facts.filter((one) => one.stream === stream && one.version > after).slice(0, limit),
    find: async (ids) => facts.filter(({ id }) => ids.includes(id)),
  };
  return readFacts({
    log,
    journal: createJournal({ log, keys }),
    withheldFacts: async ({ principals, isAdmin }, facts) =>
      new Map(
        facts.flatMap(({ id, stream }) => {
          if (principals.includes(stream)) return [];
          return [[id, stream === SECRET && !isAdmin ? 'hidden' : 'withheld'] as const];
        }),
      ),
  });
};

describe('reading facts', () => {
  const common = { after: 0, limit: 10 };
  const shutTo = { principals: ['call/a', erased], personal: false, isAdmin: false };
  const openTo = { ...shutTo, personal: true };

  it('goes on exactly where a page ended, whatever is asked for', async () => {
    const facts = Array.from({ length: 25 }, (_, i) =>
      factAt(i + 1, i % 3 === 0 ? 'rare' : 'often'),
    );
    for (const asked of [{}, { type: 'rare' }, { stream: 'call/a' }]) {
      const seen: number[] = [];
      let after = 0;
      for (let more = true; more;) {
        const page = await readerOf(facts).list({ ...common, ...asked, after, limit: 4 }, shutTo);
        seen.push(...page.items.map(({ position }) => position));
        ({ position: after, more } = page);
      }
      const wanted = facts.filter(({ type }) => !('type' in asked) || type === asked.type);
      expect(seen).toEqual(wanted.map(({ position }) => position));
    }
  });

  it('tells at the end of the log how far it has looked, though it found nothing', async () => {
    const facts = Array.from({ length: 9 }, (_, i) => factAt(i + 1, 'often'));
    const page = await readerOf(facts).list({ ...common, type: 'rare' }, shutTo);
    expect(page).toEqual({ items: [], position: 9, more: false });
  });

  it('stops looking for something rare, and says where to go on', async () => {
    const facts = Array.from({ length: 60_000 }, (_, i) => factAt(i + 1, 'often'));
    const page = await readerOf([...facts, factAt(60_001, 'rare')]).list(
      { ...common, type: 'rare' },
      shutTo,
    );
    expect(page).toMatchObject({ items: [], position: 50_000, more: true });
  });

  it('opens personal parts only when asked, and says which are closed', async () => {
    const reader = readerOf([factAt(1, 'personal'), factAt(2, 'personal', erased), factAt(3, 'x')]);
    const shut = await reader.list(common, shutTo);
    expect(shut.items.map(({ sealed }) => sealed)).toEqual([true, true, undefined]);
    const { items } = await reader.list(common, openTo);
    expect(items.map(({ personal, sealed }) => [personal, sealed])).toEqual([
      [{ name: 'Zelda' }, undefined],
      [undefined, true],
      [undefined, undefined],
    ]);
  });

  it('does not even tell that there is what is for administrators alone', async () => {
    const reader = readerOf([factAt(1, 'personal'), factAt(2, 'personal', SECRET)]);
    const page = await reader.list(common, openTo);
    expect(page.items.map(({ position }) => position)).toEqual([1]);
    expect(page).toMatchObject({ position: 2, more: false });
    expect(await reader.find('fact-2', openTo)).toBeUndefined();
    const admin = { ...openTo, principals: [...openTo.principals, SECRET], isAdmin: true };
    expect((await reader.list(common, admin)).items).toHaveLength(2);
  });

  it('shows of what is for other eyes the envelope alone, and does not open it', async () => {
    const reader = readerOf([factAt(1, 'personal'), factAt(2, 'personal', 'payment/p')]);
    const { items } = await reader.list(common, openTo);
    expect(items.map(({ data, personal, withheld }) => [data, personal, withheld])).toEqual([
      [{}, { name: 'Zelda' }, undefined],
      [{}, undefined, true],
    ]);
    expect(items[1]).not.toHaveProperty('sealed');
    expect(await reader.find('fact-2', openTo)).toEqual(items[1]);
  });
});
