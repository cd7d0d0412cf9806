import { afterEach, describe, expect, it } from '@jest/globals';

import type { FactObservation } from '#libs/journal';

import { openAnsweringAbout, type AnsweringWorld } from './answering-world.js';
import { home } from './count-facts.js';

const HOME = 'listing/guesty.main.h1';

/** The home as its source had it from some day of September on. */
const from = (day: number, checkInTime: string): FactObservation => {
  const fact = home('h1', 'Harbour Loft');
  return {
    ...fact,
    occurredAt: Date.UTC(2026, 8, day, 12),
    data: { ...fact.data, checkInTime },
  };
};

describe('a question about how something was', () => {
  let world: AnsweringWorld;
  const given = async (...facts: readonly FactObservation[]): Promise<AnsweringWorld['ask']> => {
    world = await openAnsweringAbout({ state: 'found', ids: [HOME], choices: [] }, { hits: [] });
    await world.tell(...facts);
    return world.ask;
  };
  afterEach(() => world.parts.close());

  it('is answered from the facts up to that day, beside how it is now', async () => {
    const ask = await given(from(1, '15:00'), from(12, '16:00'));
    const answer = await ask('What was the check-in time of Harbour Loft on 10 September?');
    expect(answer).toMatchObject({
      outcome: 'answered',
      way: 'history',
      citations: [{ record: HOME }],
    });
    expect(answer.answer).toMatch(/^Check-in time, Harbour Loft, Thu,? 10 Sept? 2026: 15:00 \[1\]/);
    expect(answer.answer).toContain('Now: 16:00');
  });

  it('shows both where it changed on that day, however late that was told', async () => {
    const ask = await given(from(12, '16:00'), from(1, '15:00'));
    const { answer } = await ask('What was the check-in time on 12 September?');
    expect(answer).toContain('15:00 → 16:00');
  });

  it('does not invent what was not known then', async () => {
    const ask = await given(from(12, '16:00'));
    const { answer } = await ask('What was the check-in time on 10 September?');
    expect(answer).toContain('not known then');
  });

  it('is left to the passages for today and for what comes', async () => {
    const ask = await given(from(1, '15:00'));
    expect(await ask('What was the check-in time today?')).toMatchObject({ outcome: 'abstained' });
  });
});
