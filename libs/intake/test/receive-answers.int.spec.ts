import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { textOf, utf8 } from '#libs/kernel';
import { openEmbedded, type EmbeddedParts } from '#libs/testing';

import { answerOf, FakeApi, syncOn } from './sync-world.js';

describe('what a provider’s API answers', () => {
  let parts: EmbeddedParts;
  let world: ReturnType<typeof syncOn>;
  const told = { provider: 'parrot', backfilled: false };

  beforeEach(async () => {
    parts = await openEmbedded();
    world = syncOn(parts, new FakeApi());
  });
  afterEach(() => parts.close());

  it('becomes a delivery of the provider’s API, with what it is about in its headers', async () => {
    const song = answerOf('7', '{"a":1}', { changedAt: 900 });
    expect(await world.receive(told, [song])).toEqual({ fresh: 1, hints: [], changes: [900] });
    const [delivery] = await world.published();
    expect(delivery).toMatchObject({
      ...{ source: 'parrot-api', sourceTime: 900, receivedAt: 1_000 },
      headers: {
        ...{ 'innkeeper-entity': 'song', 'innkeeper-id': '7', 'innkeeper-asked-at': '1000' },
      },
    });
    expect(textOf(delivery?.body ?? utf8(''))).toBe('{"a":1}');
  });

  it('is published once, however often the same state is answered', async () => {
    const song = answerOf('7', '{"a":1}');
    await world.receive(told, [song]);
    expect(await world.receive(told, [{ ...song, askedAt: 2_000 }])).toMatchObject({ fresh: 0 });
    expect(await world.published()).toHaveLength(1);
  });

  it('is judged by its state, where the provider’s bytes differ each time', async () => {
    const song = answerOf('7', '{"link":"a"}', { state: 's1', hints: [{ entity: 'x', id: '1' }] });
    expect(await world.receive(told, [song])).toMatchObject({ hints: [{ entity: 'x', id: '1' }] });
    const again = { ...song, body: utf8('{"link":"b"}') };
    expect(await world.receive(told, [again])).toEqual({ fresh: 0, hints: [], changes: [] });
    expect(await world.receive(told, [{ ...again, state: 's2' }])).toMatchObject({ fresh: 1 });
  });

  it('tells again a state that comes back, as another delivery', async () => {
    const asked = (text: string, askedAt: number) => answerOf('7', text, { askedAt });
    for (const [i, text] of ['on', 'off', 'on'].entries())
      await world.receive(told, [asked(text, 1_000 + i)]);
    const published = await world.published();
    expect(new Set(published.map(({ id }) => id)).size).toBe(3);
  });

  it('is told apart from another entity in the same bytes', async () => {
    await world.receive(told, [answerOf('7', '[]'), answerOf('8', '[]')]);
    const published = await world.published();
    expect(new Set(published.map(({ id }) => id)).size).toBe(2);
  });

  it('says that a thing is gone, without a body and once', async () => {
    const gone = { entity: 'song', id: '7', askedAt: 1_000, gone: true } as const;
    await world.receive(told, [gone]);
    await world.receive(told, [{ ...gone, askedAt: 2_000 }]);
    const [delivery, ...more] = await world.published();
    expect(more).toEqual([]);
    expect(delivery?.headers).toMatchObject({ 'innkeeper-gone': 'true' });
    expect(delivery?.body).toHaveLength(0);
  });

  it('says so when nobody had told us', async () => {
    await world.receive({ ...told, backfilled: true }, [answerOf('7', 'x')]);
    const [delivery] = await world.published();
    expect(delivery?.headers).toMatchObject({ 'innkeeper-backfilled': 'true' });
  });

  it('is new again to an older log that was put back', async () => {
    const song = answerOf('7', '{"a":1}', { changedAt: 900 });
    await world.receive(told, [song]);
    await parts.log.beginEra((await parts.log.head()).era + 1);
    expect(await world.receive(told, [song])).toMatchObject({ fresh: 1 });
    const published = await world.published();
    expect(new Set(published.map(({ id }) => id)).size).toBe(1);
  });

  it('is published again after a crash between publishing and noting', async () => {
    const crashing = {
      ...parts,
      documents: {
        ...parts.documents,
        get: parts.documents.get.bind(parts.documents),
        swap: () => Promise.reject(new Error('killed')),
      },
    };
    const world2 = syncOn(crashing, new FakeApi());
    const song = answerOf('7', '{"a":1}', { changedAt: 900 });
    await expect(world2.receive(told, [song])).rejects.toThrow('killed');
    await world.receive(told, [song]);
    const published = await world.published();
    expect(published).toHaveLength(2);
    expect(new Set(published.map(({ id }) => id)).size).toBe(1);
  });
});
