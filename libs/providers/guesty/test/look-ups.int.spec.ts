import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import type { RawAnswer } from '#libs/ports/provider';
import { jsonOf } from '#libs/testing';

import { firstOf, guestyWorld, sample, type GuestyWorld } from './guesty-world.js';

let world: GuestyWorld;
beforeEach(async () => {
  world = await guestyWorld();
});
afterEach(() => world.close());

const answersOf = async (entity: string, id: string): Promise<readonly RawAnswer[]> => {
  const found = await world.api.lookUp({ entity, id });
  if (found.outcome !== 'found') throw new Error(found.outcome);
  return found.answers;
};

const LISTING = '65b1c2d3e4f5a6b7c8d9e0f1';
const CONVERSATION = '66e4f5a6b7c8d9e0f1a2b3c4';

describe('looking something up at Guesty', () => {
  it('gives a reservation whole, with its own time, and names its guest', async () => {
    const reservation = firstOf('rest.reservations.list', 'results');
    world.fake.state.reservations.set(String(reservation['_id']), reservation);
    const [answer] = await answersOf('reservation', String(reservation['_id']));
    expect(answer).toMatchObject({
      entity: 'reservation',
      id: reservation['_id'],
      changedAt: Date.parse(String(reservation['lastUpdatedAt'])),
      hints: [{ entity: 'guest', id: reservation['guestId'] }],
    });
    expect(answer && jsonOf(answer)).toEqual(reservation);
  });

  it.each([
    ['guest', 'guests', firstOf('rest.guests-crud.list', 'results')],
    ['listing', 'listings', firstOf('rest.listings.list', 'results')],
    ['task', 'tasks', sample('api/rest.task.get')],
    ['review', 'reviews', firstOf('rest.reviews.list', 'data')],
  ] as const)(
    'gives a %s as its list does, out of whatever envelope',
    async (entity, key, thing) => {
      const id = String(thing['_id']);
      world.fake.state[key].set(id, thing);
      const [answer] = await answersOf(entity, id);
      expect(answer && jsonOf(answer)).toMatchObject({ _id: id, accountId: thing['accountId'] });
    },
  );

  it('gives a conversation with every post of it', async () => {
    const event = sample('reservation.messageReceived.airbnb');
    for (let i = 0; i < 250; i++) {
      const message = {
        ...(event['message'] as object),
        postId: `671${i}`,
        createdAt: `2026-09-14T09:${i}`,
      };
      await world.fake.happen('reservation.messageReceived', { ...event, message });
    }
    const answers = await answersOf('conversation', CONVERSATION);
    expect(answers[0]).toMatchObject({ entity: 'conversation', id: CONVERSATION });
    expect(new Set(answers.slice(1).map(({ id }) => id)).size).toBe(250);
    expect(answers[1] && jsonOf(answers[1])).toMatchObject({ conversationId: CONVERSATION });
  });

  it('gives the days of a listing that a change names', async () => {
    const { days } = sample('api/rest.calendar.listing')['data'] as { days: { date: string }[] };
    world.fake.state.listings.set(LISTING, { _id: LISTING });
    world.fake.state.days.set(LISTING, days);
    const id = `${LISTING}/2026-09-14/2026-09-20`;
    const [answer] = await answersOf('calendar', id);
    expect(answer).toMatchObject({ entity: 'calendar', id });
    const { data } = answer ? jsonOf(answer) : {};
    expect((data as { days: object[] }).days).toEqual(days.slice(1));
  });

  it('tells what is gone', async () => {
    for (const [entity, id] of [
      ['reservation', 'a1'],
      ['conversation', 'a1'],
      ['task', 'a1'],
      ['calendar', 'a1/2026-09-14/2026-09-20'],
    ] as const)
      expect(await world.api.lookUp({ entity, id })).toEqual({ outcome: 'gone' });
  });

  it('refuses kinds that it does not know, and ids that are a path', async () => {
    for (const [entity, id] of [
      ['call', '1'],
      ['payment', 'a1'],
      ['toString', 'a1'],
      ['reservation', 'a/../b'],
      ['calendar', 'a1'],
      ['calendar', '../2026-09-14/2026-09-20'],
    ] as const)
      await expect(world.api.lookUp({ entity, id })).rejects.toMatchObject({
        code: 'PROVIDER_ENTITY_UNKNOWN',
      });
    expect(world.fake.requests).toEqual([]);
  });

  it('waits as long as it is told to, and is answered then', async () => {
    for (let i = 0; i < 125; i++) await world.api.ping();
    expect(world.fake.throttled).toBeGreaterThan(0);
    expect(world.fake.throttled).toBeLessThan(30);
  });
});
