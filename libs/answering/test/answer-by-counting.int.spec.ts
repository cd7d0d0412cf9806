import { afterEach, describe, expect, it } from '@jest/globals';

import type { FactObservation } from '#libs/journal';

import { openAnswering, openAnsweringAbout, type AnsweringWorld } from './answering-world.js';
import { call, home, review, stay, task } from './count-facts.js';

const HOUR = 3_600_000;
const NOON = Date.UTC(2026, 8, 14, 8);

describe('a question for a number', () => {
  let world: AnsweringWorld;
  const given = async (...facts: readonly FactObservation[]): Promise<AnsweringWorld['ask']> => {
    world = await openAnswering({ hits: [] });
    await world.tell(home('h1', 'Harbour Loft'), home('h2', 'Mill House'), ...facts);
    return world.ask;
  };
  afterEach(() => world.parts.close());

  it('counts arrivals of a day, with the list behind it, and names when and from where', async () => {
    const ask = await given(
      stay({ guest: 'Maya Osei', from: '2026-09-15', to: '2026-09-18' }),
      stay({ guest: 'Tom Aldridge', from: '2026-09-15', to: '2026-09-16', home: 'h2' }),
      stay({ guest: 'Ben Cole', from: '2026-09-15', to: '2026-09-16', status: 'canceled' }),
      stay({ guest: 'Ana Reis', from: '2026-09-16', to: '2026-09-20' }),
    );
    const answer = await ask('How many arrivals tomorrow?');
    expect(answer).toMatchObject({ outcome: 'answered', way: 'records', count: 2, language: 'en' });
    expect(answer.answer).toMatch(/^Arrivals, Tue,? 15 Sept? 2026: 2/);
    expect(answer.answer).toContain('Maya Osei · Harbour Loft');
    expect(answer.answer).toMatch(/As of 10:00.* \(Europe\/Lisbon\) · guesty: last heard 09:59/);
    expect(answer.citations).toHaveLength(2);
  });

  it('answers in the language of the question', async () => {
    const ask = await given(stay({ guest: 'Maya Osei', from: '2026-09-10', to: '2026-09-14' }));
    const { answer, count, language } = await ask('Wer reist heute ab?');
    expect({ count, language }).toEqual({ count: 1, language: 'de' });
    expect(answer).toContain('Abreisen');
  });

  it('knows who is in the house: not who leaves today, but who stays long', async () => {
    const ask = await given(
      stay({ guest: 'Leaving', from: '2026-09-10', to: '2026-09-14' }),
      stay({ guest: 'Coming', from: '2026-09-14', to: '2026-09-15' }),
      stay({ guest: 'Winter', from: '2026-07-01', to: '2026-12-01', home: 'h2' }),
      stay({ guest: 'Later', from: '2026-09-15', to: '2026-09-16' }),
    );
    const { answer, count } = await ask('How many guests are in house today?');
    expect(count).toBe(2);
    expect(answer).toContain('Coming');
    expect(answer).toContain('Winter');
  });

  it('lists the homes that nobody sleeps in', async () => {
    const ask = await given(stay({ guest: 'Maya Osei', from: '2026-09-14', to: '2026-09-16' }));
    const { answer, count } = await ask('Which homes are free tomorrow?');
    expect(count).toBe(1);
    expect(answer).toContain('Mill House');
  });

  it('finds who called twice without an answer, and not who was called back', async () => {
    const ask = await given(
      call({ at: NOON - 2 * HOUR }),
      call({ at: NOON - HOUR }),
      call({ at: NOON - 2 * HOUR, phone: '+351910000002' }),
      call({ at: NOON - HOUR, phone: '+351910000002' }),
      call({ at: NOON, phone: '+351910000002', direction: 'outbound', answered: true }),
      call({ at: NOON - 3 * HOUR, phone: '+351910000004', answered: true }),
      call({ at: NOON - 2 * HOUR, phone: '+351910000004' }),
      call({ at: NOON - HOUR, phone: '+351910000004' }),
      call({ at: NOON - HOUR, phone: '+351910000003' }),
      call({ at: NOON - 26 * HOUR, phone: '+351910000003' }),
    );
    const { answer, count } = await ask('Who called twice today without an answer?');
    expect(count).toBe(2);
    expect(answer).toContain('+351910000001 · 2×');
    expect(answer).toContain('+351910000004 · 2×');
    const missed = await ask('How many missed calls today?');
    expect(missed.count).toBe(7);
  });

  it('adds up what is still to be paid, each currency by itself', async () => {
    const ask = await given(
      stay({ guest: 'Maya Osei', from: '2026-09-15', to: '2026-09-18', due: 12_050 }),
      stay({ guest: 'Tom Aldridge', from: '2026-09-10', to: '2026-09-16', due: 100 }),
      stay({ guest: 'Paid', from: '2026-09-15', to: '2026-09-18', due: 0 }),
      stay({ guest: 'Next month', from: '2026-10-15', to: '2026-10-18', due: 5_000 }),
    );
    const week = await ask('open balances this week');
    expect(week.count).toBe(2);
    expect(week.answer).toContain('2 (121.50 EUR)');
    expect((await ask('Who still has to pay?')).count).toBe(3);
  });

  it('counts tasks that are open, and nights that are booked', async () => {
    const ask = await given(
      task('Change the lamp', 'pending'),
      task('Clean', 'in_progress', NOON),
      task('Done', 'completed', NOON),
      stay({ guest: 'Maya Osei', from: '2026-09-29', to: '2026-10-03' }),
    );
    expect((await ask('How many open tasks are there?')).count).toBe(2);
    expect((await ask('How many open tasks are due today?')).count).toBe(1);
    expect((await ask('How many nights are booked in September?')).count).toBe(2);
  });

  it('takes the average of stars and points as one scale', async () => {
    const ask = await given(review(450, 5, NOON - HOUR), review(800, 10, NOON - HOUR));
    const { answer } = await ask('What is our average rating?');
    expect(answer).toContain('85.0 / 100 (2)');
  });

  it('says zero where there is nothing', async () => {
    const ask = await given();
    expect(await ask('arrivals tomorrow')).toMatchObject({ outcome: 'answered', count: 0 });
  });

  it('leaves all other questions to the passages', async () => {
    const ask = await given();
    expect(await ask('What time is check-in?')).toMatchObject({ outcome: 'abstained' });
    expect(world.asked).toHaveLength(1);
  });

  it('is about one home where it names one, and today is that of the home', async () => {
    const ids = ['listing/guesty.main.h9'];
    world = await openAnsweringAbout({ state: 'found', ids, choices: [] });
    await world.tell(
      home('h9', 'Fuji View', 'Asia/Tokyo'),
      stay({ guest: 'Ken', from: '2026-09-15', to: '2026-09-16', home: 'h9' }),
      stay({ guest: 'Maya', from: '2026-09-15', to: '2026-09-16' }),
    );
    world.parts.clock.pass(8 * HOUR);
    const { answer, count } = await world.ask('Who arrives at Fuji View today?');
    expect(count).toBe(1);
    expect(answer).toContain('Fuji View, Tue');
  });
});
