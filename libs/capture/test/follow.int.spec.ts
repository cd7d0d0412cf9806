import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { MemoryCollection } from '#libs/testing';

import {
  deliveriesIn,
  FEED,
  message,
  openCapture,
  Rooms,
  type CaptureWorld,
} from './capture-world.js';

const brief = (entries: Awaited<ReturnType<CaptureWorld['settle']>>): readonly string[] =>
  entries.map((entry) =>
    'gone' in entry
      ? `${entry.id} ${entry.gone}`
      : `${entry.id} ${entry.document['msg'] as string}`,
  );

describe('following a collection', () => {
  let collection: MemoryCollection;
  let rooms: Rooms;
  let world: CaptureWorld;

  beforeEach(async () => {
    collection = new MemoryCollection([message('a', 'r1', 'one'), message('b', 'r1', 'two')]);
    rooms = new Rooms('r1', 'r2');
    world = await openCapture(collection, { rooms });
  });

  afterEach(() => world.close());

  const item = async () => (await world.capture.list())[0];

  it('tells all that is there, once, and says that a scan found it', async () => {
    await world.until(async () => (await item())?.phase === 'stream' && (await item())?.done === 2);
    expect(await item()).toMatchObject({ name: FEED, phase: 'stream', done: 2, parked: [] });
    expect(brief(await world.settle())).toEqual([]);
  });

  it('tells a snapshot as deliveries of the feed, under ids that follow from what they say', async () => {
    const ending = new AbortController();
    await world.compose(() => ending.abort()).follow(FEED, { term: 1, signal: ending.signal });
    const [delivery] = deliveriesIn(world.bus.published);
    expect(delivery).toMatchObject({
      source: 'rocketchat-feed',
      headers: { 'innkeeper-backfilled': 'true', 'content-type': 'application/json' },
    });
    expect(delivery?.sourceTime).toBe(1_800_000_000_000);
    expect(brief(world.bus.taken())).toEqual(['a one', 'b two']);
  });

  it('tells what changes, and what is taken away', async () => {
    await world.settle();
    collection.change('a', { msg: 'edited' });
    collection.change('b', { _updatedAt: 5, reads: 7 });
    collection.write(message('c', 'r2', 'new'));
    expect(brief(await world.settle())).toEqual(['a edited', 'c new']);
    collection.remove('a');
    collection.change('b', { _hidden: true });
    collection.change('c', { msg: '' });
    expect(brief(await world.settle())).toEqual(['a removed', 'b hidden', 'c emptied']);
    collection.change('b', { _hidden: false });
    expect(brief(await world.settle())).toEqual(['b two']);
  });

  it('loses nothing that happens after a stop before the first change ever', async () => {
    collection = new MemoryCollection();
    const empty = await openCapture(collection);
    expect(await empty.settle()).toEqual([]);
    collection.write(message('a', 'r1', 'first'));
    expect(brief(await empty.settle())).toEqual(['a first']);
    await empty.close();
  });

  it('finds what was deleted while the history was lost, and shows why it reads all again', async () => {
    await world.settle();
    collection.remove('a');
    collection.write(message('c', 'r1', 'new'));
    collection.loseHistory();
    expect(brief(await world.settle())).toEqual(['c new', 'a missing']);
    expect(world.notices).toContain('halted CAPTURE_HISTORY_LOST');
    expect(await item()).toMatchObject({ phase: 'stream', done: 2 });
    expect(await item()).not.toHaveProperty('code');
  });

  it('is halted while the collection is gone, and reads it again when it is there', async () => {
    await world.settle();
    collection.drop();
    await world.until(async () => (await item())?.phase === 'halted');
    expect(await item()).toMatchObject({ code: 'CAPTURE_COLLECTION_GONE' });
    collection.write(message('b', 'r1', 'two'));
    expect(brief(await world.settle())).toEqual(['a missing']);
  });

  it('goes on where it stopped when the database was away, and says so meanwhile', async () => {
    await world.settle();
    collection.away();
    await world.until(async () => (await item())?.code === 'CAPTURE_UNREACHABLE');
    collection.back();
    collection.change('a', { msg: 'edited' });
    expect(brief(await world.settle())).toEqual(['a edited']);
    expect(await item()).not.toHaveProperty('code');
  });

  it('is halted while it may not read, and goes on when it may', async () => {
    await world.settle();
    collection.forbid();
    await world.until(async () => (await item())?.phase === 'halted');
    expect(await item()).toMatchObject({ code: 'CAPTURE_FORBIDDEN' });
    collection.allow();
    collection.change('a', { msg: 'edited' });
    expect(brief(await world.settle())).toEqual(['a edited']);
    expect(await item()).toMatchObject({ phase: 'stream' });
  });

  it('tells everything again to an older log that was put back, also what is gone', async () => {
    await world.settle();
    collection.remove('a');
    await world.settle();
    world.restored();
    expect(brief(await world.settle())).toEqual(['b two', 'a removed']);
  });

  it('tells a room that is followed now, and takes back one that is not, also after a stop', async () => {
    collection.write(message('x', 'r3', 'far'));
    expect(brief(await world.settle())).toEqual(['a one', 'b two']);
    rooms.turn('r3');
    expect(brief(await world.settle())).toEqual(['x far']);
    rooms.turn('r1');
    rooms.turn('r3');
    expect(brief(await world.settle())).toEqual(['a unfollowed', 'b unfollowed', 'x unfollowed']);
    rooms.turn('r1');
    expect(brief(await world.settle())).toEqual(['a one', 'b two']);
  });

  it('reads what a webhook announced, and believes nothing of it', async () => {
    await world.settle();
    await world.capture.want([
      { source: 'rocketchat', entity: FEED, id: 'a' },
      { source: 'rocketchat', entity: FEED, id: 'nobody' },
      { source: 'guesty', entity: FEED, id: 'b' },
    ]);
    expect(brief(await world.settle())).toEqual([]);
  });

  it('reads a collection again when an operator asks', async () => {
    await world.settle();
    await world.capture.resnapshot(FEED);
    expect(brief(await world.settle())).toEqual([]);
    expect(world.notices.filter((event) => event === 'scan_done')).toHaveLength(2);
    await expect(world.capture.resnapshot('nothing')).rejects.toMatchObject({
      code: 'CAPTURE_FEED_UNKNOWN',
    });
  });
});
