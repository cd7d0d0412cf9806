import { describe, expect, it } from '@jest/globals';

import { MOST_ENTRIES } from '#libs/contracts';
import { canonicalJson, textOf } from '#libs/kernel';

import { bodiesOf, type ToldEntry } from './feed-deliveries.js';

const entry = (id: string, t: number, document?: string): ToldEntry => ({
  id,
  at: { t, i: 3 },
  told: document === undefined ? { gone: 'missing' } : { document },
});

describe('the bodies of a feed’s deliveries', () => {
  it('are canonical, and have the time of their newest entry', () => {
    const bodies = bodiesOf('orders', [entry('a', 5, '{"a":"ä"}'), entry('b"', 7), entry('c', 6)]);
    expect(bodies).toHaveLength(1);
    const text = textOf(bodies[0]?.body ?? new Uint8Array());
    expect(text).toBe(canonicalJson(JSON.parse(text)));
    expect(JSON.parse(text)).toEqual({
      feed: 'orders',
      entries: [
        { id: 'a', at: { t: 5, i: 3 }, document: { a: 'ä' } },
        { id: 'b"', at: { t: 7, i: 3 }, gone: 'missing' },
        { id: 'c', at: { t: 6, i: 3 }, gone: 'missing' },
      ],
    });
    expect(bodies[0]?.sourceTime).toBe(7000);
  });

  it('hold no more entries than a delivery may', () => {
    const many = Array.from({ length: 2 * MOST_ENTRIES + 1 }, (_, i) => entry(`${i}`, i));
    const sizes = bodiesOf('orders', many).map(
      ({ body }) => (JSON.parse(textOf(body)) as { entries: unknown[] }).entries.length,
    );
    expect(sizes).toEqual([MOST_ENTRIES, MOST_ENTRIES, 1]);
  });

  it('stay below what any door takes, also where a character is three bytes', () => {
    const large = JSON.stringify({ text: '語'.repeat(80_000) });
    const bodies = bodiesOf(
      'orders',
      [1, 2, 3, 4, 5].map((i) => entry(`${i}`, i, large)),
    );
    expect(bodies.length).toBeGreaterThan(1);
    for (const { body } of bodies) expect(body.length).toBeLessThan(1024 * 1024);
  });
});
