import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { expectedTold } from '#libs/intake';
import { openEmbedded, type EmbeddedParts } from '#libs/testing';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('what a stretch of silence would have told', () => {
  let parts: EmbeddedParts;
  let from: number;
  beforeEach(async () => {
    parts = await openEmbedded();
    from = parts.clock.now();
  });
  afterEach(() => parts.close());

  let facts = 0;
  const tell = async (event: string, source = 'aircall/main'): Promise<void> => {
    const call = `aircall.main.${++facts}`;
    const about = { type: 'intake.call.observed.v1', stream: `call/${call}` };
    const [draft] = await parts.journal.prepare([
      {
        ...{ ...about, occurredAt: parts.clock.now() },
        data: { call, event, normaliser: 1, rank: 1 },
        meta: { source, causationId: call, correlationId: call },
      },
    ]);
    if (draft) await parts.journal.observe([draft]);
  };
  /** One an hour, and as much that is not asked about. */
  const hours = async (count: number): Promise<void> => {
    for (let i = 0; i < count; i++) {
      parts.clock.pass(HOUR);
      await tell('call.hold');
      await tell('call.ended');
      await tell('call.hold', 'aircall2/main');
    }
  };
  const expected = (stretch: { from: number; to: number }) =>
    expectedTold(parts)({ source: 'aircall', events: ['call.hold'] }, stretch);

  it('goes by the rate before, of these events and this source', async () => {
    await hours(48);
    const begin = parts.clock.now() + 1;
    expect(await expected({ from: begin, to: begin + 12 * HOUR })).toBe(12);
    expect(await expected({ from: begin, to: begin + 1 })).toBe(0);
  });

  it('is less what was told all the same', async () => {
    await hours(48);
    const begin = parts.clock.now() + 1;
    await hours(5);
    expect(await expected({ from: begin, to: begin + 12 * HOUR })).toBe(7);
    expect(await expected({ from: begin, to: begin + 2 * HOUR })).toBe(0);
  });

  it('goes no further back than a week', async () => {
    await hours(100);
    parts.clock.pass(8 * DAY);
    const begin = parts.clock.now();
    expect(await expected({ from: begin, to: begin + 12 * HOUR })).toBe(0);
  });

  it('is nothing where there was no time before', async () => {
    expect(await expected({ from: from - DAY, to: from })).toBe(0);
    await hours(3);
    expect(await expected({ from: from - DAY, to: parts.clock.now() })).toBe(0);
  });
});
