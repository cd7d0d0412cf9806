import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import type { Recipe } from '#libs/ports/provider';
import { jsonOf, readAll } from '#libs/testing';

import { firstOf, guestyWorld, sample, type GuestyWorld } from './guesty-world.js';

const MINUTE = 60_000;
const DAY = 86_400_000;

let world: GuestyWorld;
beforeEach(async () => {
  world = await guestyWorld();
});
afterEach(() => world.close());

const recipe = (name: string): Recipe | undefined =>
  world.api.recipes.find((each) => each.name === name);
const iso = (ms: number): string => new Date(ms).toISOString();
const idOf = (i: number): string => `66d3${String(i).padStart(8, '0')}`;
const ids = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, i) => idOf(from + i));
const idsOf = (answers: readonly { id: string }[]): string[] =>
  [...new Set(answers.map(({ id }) => id))].sort();

const reservation = firstOf('rest.reservations.list', 'results');
const putReservation = (i: number, changedAt: number): void => {
  const { reservations } = world.fake.state;
  // The newest change lies last, as a list by change has it.
  reservations.delete(idOf(i));
  reservations.set(idOf(i), { ...reservation, _id: idOf(i), lastUpdatedAt: iso(changedAt) });
};

describe('reading reservations by their change', () => {
  it('reads all that changed within the stretch, and asks for all their fields', async () => {
    const now = world.clock.now();
    for (let i = 0; i < 350; i++) putReservation(i, now - DAY + i * MINUTE);
    const from = now - DAY + 50 * MINUTE;
    const answers = await readAll(recipe('reservations'), { from, to: now });
    expect(idsOf(answers)).toEqual(ids(50, 350));
    expect(answers[0] && jsonOf(answers[0])).toMatchObject({ checkInDateLocalized: '2026-09-14' });
  });

  it('misses none when some change while it reads', async () => {
    const now = world.clock.now();
    for (let i = 0; i < 300; i++) putReservation(i, now - DAY + i * MINUTE);
    let touched = 0;
    const answers = await readAll(recipe('reservations'), { from: now - DAY, to: now }, () => {
      for (let i = 0; i < 30 && touched < 90; i++) putReservation(touched++, world.clock.now());
    });
    expect(idsOf(answers)).toEqual(ids(0, 300));
  });

  it('goes on where hundreds changed in one moment, some of them again meanwhile', async () => {
    const now = world.clock.now();
    for (let i = 0; i < 450; i++) putReservation(i, now - DAY);
    let touched = 0;
    const answers = await readAll(recipe('reservations'), { from: now - DAY, to: now }, () => {
      for (let i = 0; i < 10 && touched < 40; i++) putReservation(touched++, world.clock.now());
    });
    expect(idsOf(answers)).toEqual(ids(0, 450));
  });

  it('ends though it changes faster than it is read', async () => {
    const now = world.clock.now();
    for (let i = 0; i < 250; i++) putReservation(i, now - MINUTE);
    world.fake.meanwhile = () => {
      world.clock.pass(1_000);
      for (let i = 0; i < 250; i++) putReservation(i, world.clock.now());
    };
    const answers = await readAll(recipe('reservations'), { from: now - DAY, to: now });
    expect(answers.length).toBeLessThan(1_000);
  });
});

describe('reading lists in whole', () => {
  it('reads the listings that are not active and not listed, too', async () => {
    const listing = firstOf('rest.listings.list', 'results');
    for (let i = 0; i < 120; i++)
      world.fake.state.listings.set(idOf(i), {
        ...listing,
        _id: idOf(i),
        active: i % 2 === 0,
        listed: i % 3 === 0,
      });
    const answers = await readAll(recipe('listings'), { from: 0, to: 0 });
    expect(idsOf(answers)).toEqual(ids(0, 120));
    expect(answers[0] && jsonOf(answers[0])).toMatchObject({ timezone: 'Europe/London' });
  });

  it('misses none when some are removed while it reads, however many', async () => {
    const guest = firstOf('rest.guests-crud.list', 'results');
    for (let i = 0; i < 420; i++) world.fake.state.guests.set(idOf(i), { ...guest, _id: idOf(i) });
    for (const atOnce of [3, 40]) {
      const first = Number([...world.fake.state.guests.keys()].sort()[0]?.slice(4));
      let removed = first;
      const answers = await readAll(recipe('guests'), { from: 0, to: 0 }, () => {
        for (let i = 0; i < atOnce && removed < first + 2 * atOnce; i++)
          world.fake.state.guests.delete(idOf(removed++));
      });
      expect(idsOf(answers)).toEqual(expect.arrayContaining(ids(removed, 420)));
    }
  });

  it('reads reviews of the days of the stretch, which no event tells of', async () => {
    const now = world.clock.now();
    const review = firstOf('rest.reviews.list', 'data');
    for (let i = 0; i < 150; i++)
      world.fake.state.reviews.set(idOf(i), {
        ...review,
        _id: idOf(i),
        updatedAt: iso(now - i * 60 * MINUTE),
      });
    const answers = await readAll(recipe('reviews'), { from: now - 2 * DAY, to: now });
    expect(idsOf(answers)).toEqual(expect.arrayContaining(ids(0, 49)));
    expect(idsOf(answers).length).toBeLessThan(80);
  });

  it('looks each task up, so that it has the form of a single one', async () => {
    const task = sample('api/rest.task.get');
    for (let i = 0; i < 130; i++) world.fake.state.tasks.set(idOf(i), { ...task, _id: idOf(i) });
    const answers = await readAll(recipe('tasks'), { from: 0, to: 0 }, ({ answers }) => {
      expect(answers.length).toBeLessThanOrEqual(10);
      world.fake.state.tasks.delete(idOf(125));
    });
    expect(idsOf(answers)).toEqual(ids(0, 130).filter((id) => id !== idOf(125)));
    expect(answers[0] && jsonOf(answers[0])).toMatchObject({ title: 'Replace key safe battery' });
  });

  it('reads the year ahead of each listing', async () => {
    for (let i = 0; i < 3; i++)
      world.fake.state.listings.set(idOf(i), { _id: idOf(i), active: true });
    const answers = await readAll(recipe('calendars'), { from: 0, to: Date.UTC(2026, 8, 14, 9) });
    expect(answers.map(({ id }) => id)).toEqual(
      ids(0, 3).map((id) => `${id}/2026-09-13/2027-09-14`),
    );
  });
});

describe('reading conversations', () => {
  const event = sample('reservation.messageReceived.airbnb');
  const post = async (conversation: string, postId: string): Promise<void> => {
    const at = iso(world.clock.now());
    await world.fake.happen('reservation.messageReceived', {
      ...event,
      message: { ...(event['message'] as object), postId, createdAt: at },
      conversation: { ...(event['conversation'] as object), _id: conversation, createdAt: at },
    });
  };

  it('reads all of them, and the posts of those where somebody wrote within the stretch', async () => {
    for (let i = 0; i < 150; i++) await post(idOf(i), `old${i}`);
    world.clock.pass(30 * DAY);
    const from = world.clock.now();
    for (let i = 0; i < 150; i += 50)
      for (let n = 0; n < 3; n++) await post(idOf(i), `new${i}-${n}`);
    world.fake.requests.length = 0;
    const answers = await readAll(recipe('conversations'), { from, to: world.clock.now() });
    const of = (entity: string) => idsOf(answers.filter((answer) => answer.entity === entity));
    expect(of('conversation')).toEqual(ids(0, 150));
    expect(of('post').filter((id) => id.startsWith('new'))).toHaveLength(9);
    expect(world.fake.requests.filter((path) => path.endsWith('/posts'))).toHaveLength(3);
  });

  it('reads the posts of a long one page by page, and no older ones than it has to', async () => {
    for (let n = 0; n < 250; n++) {
      await post(idOf(1), `post${n}`);
      world.clock.pass(MINUTE);
    }
    const now = world.clock.now();
    const all = await readAll(recipe('conversations'), { from: now - DAY, to: now });
    expect(idsOf(all.filter(({ entity }) => entity === 'post'))).toHaveLength(250);
    const some = await readAll(recipe('conversations'), { from: now - 90 * MINUTE, to: now });
    expect(idsOf(some.filter(({ entity }) => entity === 'post'))).toHaveLength(100);
  });
});

it('refuses a place that belongs to none of its recipes', async () => {
  for (const { page } of world.api.recipes)
    for (const after of ['', '!', btoa('{"x":1}'), btoa('[]'), btoa('null')])
      await expect(page({ from: 0, to: 1 }, after)).rejects.toMatchObject({
        code: 'PROVIDER_PLACE_INVALID',
      });
});
