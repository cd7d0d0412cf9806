import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import type { Recipe } from '#libs/ports/provider';
import { jsonOf, readAll } from '#libs/testing';

import { aircallWorld, dataOf, sample } from './aircall-world.js';

const MINUTE = 60_000;
const DAY = 86_400_000;

let world: Awaited<ReturnType<typeof aircallWorld>>;
beforeEach(async () => {
  world = await aircallWorld();
});
afterEach(() => world.close());

const recipe = (name: string): Recipe | undefined =>
  world.api.recipes.find((each) => each.name === name);

const putCall = (id: number, startedAt: number): void => {
  const { call } = sample('rest.call.get') as { call: Record<string, unknown> };
  const times = { started_at: Math.floor(startedAt / 1000), answered_at: null };
  world.fake.state.calls.set(String(id), { ...call, id, ...times });
};
const putContact = (id: number, changedAt: number): void => {
  const seconds = Math.floor(changedAt / 1000);
  const contact = dataOf('contact.updated');
  world.fake.state.contacts.set(String(id), {
    ...contact,
    ...{ id, created_at: seconds, updated_at: seconds },
  });
};
const idsOf = (answers: readonly { id: string }[]): string[] =>
  [...new Set(answers.map(({ id }) => id))].sort();
const ids = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, i) => String(from + i)).sort();

describe('reading calls', () => {
  it('reads every call of the stretch, its first second too, each in the form of a single one', async () => {
    const now = world.clock.now();
    const from = now - 3 * DAY;
    putCall(100, from);
    for (let i = 1; i < 130; i++) putCall(100 + i, from + i * 30 * MINUTE);
    putCall(90, from - 1_000);
    const answers = await readAll(recipe('calls'), { from, to: now });
    expect(idsOf(answers)).toEqual(ids(100, 230));
    expect(answers[0] && Object.keys(jsonOf(answers[0]))).toEqual(['call']);
    expect(answers[0] && jsonOf(answers[0])).toMatchObject({
      call: { contact: { first_name: 'Maya' } },
    });
  });

  it('wants what was made of a call that was answered', async () => {
    await world.fake.happen('call.ended', dataOf('call.ended.answered'));
    await world.fake.happen('call.ended', dataOf('call.ended.missed'));
    const started = Number(dataOf('call.ended.answered')['started_at']) * 1000;
    world.clock.pass(Math.max(0, started + DAY - world.clock.now()));
    const stretch = { from: started - DAY, to: world.clock.now() };
    const answers = await readAll(recipe('calls'), stretch);
    const hints = answers.map(({ id, hints = [] }) => [id, hints.map(({ entity }) => entity)]);
    expect(Object.fromEntries(hints)).toMatchObject({
      4190001001: ['transcription', 'summary', 'topics', 'sentiment', 'action_item'],
      [String(dataOf('call.ended.missed')['id'])]: [],
    });
  });

  it('halves a part until none of its pages lies beyond the ten-thousandth place', async () => {
    const now = world.clock.now();
    for (let id = 1_000; id < 11_050; id++) {
      const started_at = Math.floor((now - DAY) / 1000) + 2 + (id - 1_000) * 8;
      world.fake.state.calls.set(String(id), { id, started_at, contact: null });
    }
    const answers = await readAll(recipe('calls'), { from: now - DAY, to: now });
    expect(idsOf(answers)).toHaveLength(10_050);
  }, 120_000);

  it('misses none when some are taken out while it reads', async () => {
    const now = world.clock.now();
    for (let i = 0; i < 200; i++) putCall(100 + i, now - DAY + 2_000 + i * MINUTE);
    let removed = 100;
    const answers = await readAll(recipe('calls'), { from: now - DAY, to: now }, () => {
      for (let i = 0; i < 7 && removed < 121; i++) world.fake.state.calls.delete(String(removed++));
    });
    expect(idsOf(answers)).toEqual(expect.arrayContaining(ids(121, 300)));
  });

  it('goes on from a place that was kept, by another client, after days', async () => {
    const now = world.clock.now();
    for (let i = 0; i < 120; i++) putCall(100 + i, now - DAY + 2_000 + i * MINUTE);
    const stretch = { from: now - DAY, to: now };
    const first = await recipe('calls')?.page(stretch);
    world.clock.pass(2 * DAY);
    const other = world.apiWith('a-token-of-the-api').recipes.find(({ name }) => name === 'calls');
    const second = await other?.page(stretch, first?.next);
    const third = await other?.page(stretch, second?.next);
    const all = [first, second, third].flatMap((page) => page?.answers ?? []);
    expect(idsOf(all)).toEqual(ids(100, 220));
    expect(third?.progress.done).toBe(120);
  });

  it('asks for no more days than there are calls of, and for those of this very minute', async () => {
    const now = world.clock.now();
    putCall(100, now - 1_000);
    putCall(101, now - 181 * DAY);
    const answers = await readAll(recipe('calls'), { from: 0, to: now });
    expect(idsOf(answers)).toEqual(['100', '101']);
    expect(world.fake.requests.length).toBeLessThan(190);
  });

  it('refuses a place that is none', async () => {
    const now = world.clock.now();
    for (const after of ['', 'no place', btoa('{"from":1}'), btoa('null')])
      await expect(recipe('calls')?.page({ from: 0, to: now }, after)).rejects.toMatchObject({
        code: 'PROVIDER_PLACE_INVALID',
      });
  });
});

describe('reading contacts', () => {
  it('reads those that changed, newest first, and no further back', async () => {
    const now = world.clock.now();
    for (let i = 0; i < 400; i++) putContact(500 + i, now - i * 10 * MINUTE);
    const answers = await readAll(recipe('contact_changes'), {
      from: now - 1_000 * MINUTE,
      to: now,
    });
    expect(idsOf(answers)).toEqual(expect.arrayContaining(ids(500, 601)));
    expect(answers.length).toBeLessThan(200);
    expect(answers[0]).toMatchObject({ id: '500', changedAt: now });
  });

  it('meets those twice that change while it reads, and misses none', async () => {
    const now = world.clock.now();
    for (let i = 0; i < 170; i++) putContact(500 + i, now - i * MINUTE);
    let touched = 600;
    const answers = await readAll(recipe('contact_changes'), { from: now - DAY, to: now }, () =>
      putContact(touched++, world.clock.now()),
    );
    expect(idsOf(answers)).toEqual(expect.arrayContaining(ids(500, 600)));
    expect(idsOf(answers)).toEqual(expect.arrayContaining(ids(604, 670)));
  });

  it('reads all of them, since the company began', async () => {
    for (let i = 0; i < 120; i++) putContact(500 + i, Date.UTC(2019, i % 12, 1 + (i % 28)));
    const answers = await readAll(recipe('contacts'), { from: 0, to: world.clock.now() });
    expect(idsOf(answers)).toEqual(ids(500, 620));
  });
});

describe('reading what there is little of', () => {
  it('reads all users and lines, and misses none when some are removed meanwhile', async () => {
    const user = (sample('rest.users.v2.list') as { users: object[] }).users[0];
    for (let i = 0; i < 160; i++) {
      const created_at = new Date(Date.UTC(2024, 0, 1) + i * DAY).toISOString();
      world.fake.state.users.set(String(300 + i), { ...user, id: 300 + i, created_at });
    }
    let removed = 300;
    const answers = await readAll(recipe('users'), { from: 0, to: 0 }, () => {
      if (removed < 312)
        for (let i = 0; i < 4; i++) world.fake.state.users.delete(String(removed++));
    });
    expect(idsOf(answers)).toEqual(expect.arrayContaining(ids(312, 460)));
    world.fake.state.numbers.set('550101', dataOf('number.created'));
    expect(await readAll(recipe('numbers'), { from: 0, to: 0 })).toHaveLength(1);
  });
});
