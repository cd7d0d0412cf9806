import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { task } from './count-facts.js';
import { changedStay, homeOf, stayId, story } from './linked-facts.js';
import { openLinked, type LinkedWorld } from './linked-world.js';

const at = (day: number): number => Date.UTC(2026, 8, day, 12);

describe('a question about how a stay was', () => {
  let world: LinkedWorld;
  beforeAll(async () => {
    world = await openLinked([
      homeOf('h12', 'Seehaus 12'),
      ...story({
        ...{ key: 'hannah', guest: 'Hannah Müller', phone: '+351910000101', home: 'h12' },
        ...{ from: '2026-09-20', to: '2026-09-24', code: 'HMABC123', due: 12_000, people: 3 },
      }).map((fact) => ({ ...fact, occurredAt: at(1) })),
      changedStay('hannah', at(11), { checkInDate: '2026-09-22', status: 'reserved' }),
      task('Change the water filter', 'pending', at(15)),
    ]);
  });
  afterAll(() => world.close());

  it('is answered from the facts up to that day, beside how it is now', async () => {
    const answer = await world.ask('What was the arrival date of HMABC123 on 10 September?');
    expect(answer).toMatchObject({
      ...{ outcome: 'answered', way: 'history' },
      citations: [{ record: `reservation/${stayId('hannah')}` }],
    });
    expect(answer.answer).toMatch(
      /^Arrival, Hannah Müller.*, Thu,? 10 Sept? 2026: Sun,? 20 Sept? 2026 \[1\]/,
    );
    expect(answer.answer).toMatch(/Now: Tue,? 22 Sept? 2026/);
  });

  it('is found by the name of the guest, and shows both where it changed on that day', async () => {
    const { answer } = await world.ask(
      'Wie war der Buchungsstatus von Hannah Müller am 11. September?',
    );
    expect(answer).toContain('confirmed → reserved [1]');
  });

  it('does not invent what was not known then', async () => {
    const { answer } = await world.ask('What was the status of HMABC123 on 20 August?');
    expect(answer).toContain('not known then');
  });

  it('is not for who may not read the stay now', async () => {
    const answer = await world.ask('What was the arrival date of HMABC123 on 10 September?', {
      principals: ['user:anna'],
    });
    expect(answer).toMatchObject({ outcome: 'abstained', citations: [] });
  });

  it('reads a task by most words of its title', async () => {
    const answer = await world.ask(
      'What was the status of the task change the water filter on 12 September?',
    );
    expect(answer.way).toBe('history');
    expect(answer.answer).toMatch(/^Status, Change the water filter/);
  });
});
