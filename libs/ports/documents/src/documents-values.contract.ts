import { expect } from '@jest/globals';

import type { Json } from '#libs/kernel';

import { DOCUMENT_LIMIT } from './limits.js';
import {
  at,
  expectFault,
  idsOf,
  only,
  type DocumentsBehaviours,
} from './documents-world.contract.js';

const everything: Json = {
  text: 'Zoë 🛎️ \u0000 "quoted" \\ \u2028 \ud83d',
  $where: { 'a.b': 1, '': [] },
  numbers: [0, -1, 1.5, 1e-300, 1.7976931348623157e308, 5e-324, 9007199254740991, 2 ** 53, 2 ** 63],
  nothing: null,
  nested: [[[{ deep: [true, false, null] }]]],
  order: { z: 1, a: 2 },
};

const oddIds = [
  ...['a/b', '.', '..', '__x__', '__', '%2F', 'a%b', '$a.b', ' ', ' a ', '0', '-1', '{"a":1}'],
  ...['🛎️', 'é', 'e\u0301', 'A', 'a', '\u0000', 'a\u0000b', '\n', "o'neill", '"', '\\', '*', '?'],
  ...[
    'x'.repeat(1000),
    `${'x'.repeat(999)}y`,
    '/'.repeat(1000),
    '🛎'.repeat(250),
    'null',
    'constructor',
  ],
];

export const values: DocumentsBehaviours = {
  'gives back unicode and numbers, big and small, exactly': async ({ documents, collection }) => {
    await documents.put(collection, [at(1, { body: everything })]);
    const stored = await only(documents, collection);
    expect(stored?.body).toEqual(everything);
    expect(JSON.stringify(stored?.body)).toBe(JSON.stringify(everything));
  },

  'gives back bodies that are not objects': async ({ documents, collection }) => {
    const bodies: Json[] = ['', 'text', 0, -1.5, true, false, [], {}, [null]];
    await documents.put(
      collection,
      bodies.map((body, i) => at(1, { id: `${i}`, body })),
    );
    const stored = await documents.get(collection, [...bodies.keys()].map(String));
    expect(stored.map((each) => each?.body)).toEqual(bodies);
  },

  'gives back bytes exactly, and none where none were given': async ({ documents, collection }) => {
    const bytes = Uint8Array.from({ length: 512 }, (_, i) => i % 256);
    await documents.put(collection, [
      at(1, { id: 'all', bytes }),
      at(1, { id: 'empty', bytes: new Uint8Array(0) }),
      at(1, { id: 'none' }),
    ]);
    const stored = await documents.get(collection, ['all', 'empty', 'none']);
    expect(stored.map((each) => each?.bytes && [...each.bytes])).toEqual([
      [...bytes],
      [],
      undefined,
    ]);
    expect(stored[0]?.bytes?.constructor.name).toBe('Uint8Array');
  },

  'gives back fields, fence, expiry and version': async ({ documents, collection, clock }) => {
    const expiresAt = clock.now() + 60_000;
    const fields = { name: '$name', rank: 0.1 };
    await documents.put(collection, [at(7, { era: 1_763_000_000_000, fields, expiresAt })]);
    expect(await only(documents, collection)).toMatchObject({
      ...{ id: 'one', version: 1, fields, expiresAt },
      fence: { era: 1_763_000_000_000, position: 7 },
    });
  },

  'forgets fields, bytes and expiry that the next write leaves out': async ({
    documents,
    collection,
    clock,
  }) => {
    const whole = {
      fields: { name: 'a' },
      bytes: new Uint8Array(3),
      expiresAt: clock.now() + 1000,
    };
    await documents.put(collection, [at(1, whole), at(1, { ...whole, id: 'two' })]);
    await documents.put(collection, [at(2)]);
    await documents.swap(collection, { id: 'two', body: 2 }, 1);
    for (const stored of await documents.get(collection, ['one', 'two'])) {
      expect(stored).toMatchObject({ version: 2, fields: {} });
      expect(stored).not.toHaveProperty('bytes');
      expect(stored).not.toHaveProperty('expiresAt');
    }
  },

  'tells apart ids of any characters': async ({ documents, collection }) => {
    const written = oddIds.map((id, i) => at(1, { id, body: i }));
    const outcomes = await documents.put(collection, written);
    expect(outcomes).toEqual(oddIds.map(() => 'written'));
    const stored = await documents.get(collection, oddIds);
    expect(stored.map((each) => [each?.id, each?.body])).toEqual(oddIds.map((id, i) => [id, i]));
    const { items } = await documents.query(collection, { limit: 100 });
    expect(new Set(idsOf(items))).toEqual(new Set(oddIds));
    await documents.remove(collection, oddIds.slice(1));
    expect(idsOf((await documents.query(collection, { limit: 100 })).items)).toEqual([oddIds[0]]);
  },

  'answers one per id, in order, also for ids that are absent or asked twice': async ({
    documents,
    collection,
  }) => {
    await documents.put(collection, [at(1, { id: 'a' }), at(1, { id: 'b' })]);
    const stored = await documents.get(collection, ['b', 'x', 'a', 'b']);
    expect(stored.map((each) => each?.id)).toEqual(['b', undefined, 'a', 'b']);
  },

  'answers empty lists, also of a collection that nobody has written to': async ({
    documents,
    another,
  }) => {
    const unknown = another();
    expect(await documents.get(unknown, [])).toEqual([]);
    expect(await documents.put(unknown, [])).toEqual([]);
    await documents.remove(unknown, []);
    await documents.remove(unknown, ['a']);
    expect(await documents.get(unknown, ['a'])).toEqual([undefined]);
    expect(await documents.query(unknown, { limit: 5 })).toEqual({ items: [] });
  },

  'takes hundreds of documents at once': async ({ documents, collection }) => {
    const many = Array.from({ length: 600 }, (_, i) => at(i + 1, { id: `${i}`, body: i }));
    expect(await documents.put(collection, many)).toEqual(many.map(() => 'written'));
    const stored = await documents.get(
      collection,
      many.map(({ id }) => id),
    );
    expect(stored.map((each) => each?.body)).toEqual(many.map(({ body }) => body));
  },

  'holds a document at the limit': async ({ documents, collection }) => {
    const half = DOCUMENT_LIMIT / 2;
    const largest = [
      at(1, { id: 'text', body: 'x'.repeat(DOCUMENT_LIMIT - 2) }),
      at(1, { id: 'wide', body: '€'.repeat((DOCUMENT_LIMIT - 3) / 3) }),
      at(1, { id: 'both', body: 'x'.repeat(half - 2), bytes: new Uint8Array(half).fill(7) }),
    ];
    expect(await documents.put(collection, largest)).toEqual(['written', 'written', 'written']);
    for (const { id, body, bytes } of largest) {
      const stored = await only(documents, collection, id);
      expect(stored?.body === body).toBe(true);
      expect(stored?.bytes?.length).toBe(bytes?.length);
    }
  },

  'refuses a document beyond the limit, and one with an id beyond its own': async ({
    documents,
    collection,
  }) => {
    const beyond = [
      { id: 'text', body: 'x'.repeat(DOCUMENT_LIMIT - 1) },
      { id: 'wide', body: '€'.repeat(DOCUMENT_LIMIT / 3) },
      { id: 'both', body: 'x', bytes: new Uint8Array(DOCUMENT_LIMIT - 2) },
      { id: '€'.repeat(342), body: 'the id is too long' },
      { id: 'field', body: 'so is the field', fields: { name: 'x'.repeat(1025) } },
    ];
    for (const document of beyond) {
      await expectFault(documents.put(collection, [at(1, document)]), 'DOCUMENT_TOO_LARGE');
      await expectFault(documents.swap(collection, document, 0), 'DOCUMENT_TOO_LARGE');
    }
    expect(await documents.query(collection, { limit: 5 })).toEqual({ items: [] });
  },
};
