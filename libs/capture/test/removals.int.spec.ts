import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { MemoryCollection } from '#libs/testing';

import { HELD_MS } from '../src/removals/removals.js';
import { FEED, message, openCapture, Rooms, type CaptureWorld } from './capture-world.js';

const MANY = 1000;
const idAt = (i: number): string => `m${String(i).padStart(5, '0')}`;

describe('entities whose keys must be destroyed', () => {
  let collection: MemoryCollection;
  let rooms: Rooms;
  let world: CaptureWorld;

  beforeEach(async () => {
    collection = new MemoryCollection(
      Array.from({ length: MANY }, (_, i) => message(idAt(i), i < 18 ? 'r2' : 'r1', `text ${i}`)),
    );
    rooms = new Rooms('r1', 'r2');
    world = await openCapture(collection, { rooms });
    await world.settle();
  });

  afterEach(() => world.close());

  const due = async (): Promise<readonly string[]> =>
    (await world.capture.removals.due(10_000)).map(({ stream }) => stream);

  const withoutTheirEvents = async (count: number): Promise<void> => {
    for (let i = 0; i < count; i++) collection.remove(idAt(i));
    collection.loseHistory();
    await world.settle();
  };

  it('are at once those that somebody took away, and are settled one by one', async () => {
    collection.remove(idAt(0));
    collection.change(idAt(1), { _hidden: true });
    await world.settle();
    expect(await due()).toEqual([0, 1].map((i) => `chat_message/rocketchat.main.${idAt(i)}`));
    const [first] = await world.capture.removals.due(1);
    await world.capture.removals.settle(first ? [first] : []);
    expect(await due()).toEqual([`chat_message/rocketchat.main.${idAt(1)}`]);
    collection.change(idAt(1), { _hidden: false });
    await world.settle();
    expect(await due()).toEqual([]);
  });

  it('are a few missing ones after seven days, unless they come back', async () => {
    await withoutTheirEvents(15);
    collection.write(message(idAt(3), 'r1', 'here again'));
    await world.settle();
    expect(await due()).toEqual([]);
    world.clock.pass(HELD_MS - 1);
    expect(await due()).toEqual([]);
    world.clock.pass(1);
    expect(await due()).toHaveLength(14);
  });

  it('are none of a half-restored collection until somebody confirms it', async () => {
    await withoutTheirEvents(MANY / 2);
    world.clock.pass(2 * HELD_MS);
    expect(await due()).toEqual([]);
    const [item] = await world.capture.list();
    expect(item).toMatchObject({ waiting: { most: 20 }, done: MANY / 2 });
    expect(item?.waiting?.count).toBeGreaterThan(20);
    await world.capture.confirm(FEED);
    expect(await due()).toHaveLength(MANY / 2);
    await expect(world.capture.confirm(FEED)).rejects.toMatchObject({
      code: 'CAPTURE_NOTHING_TO_CONFIRM',
    });
  });

  it('are none of a collection that was dropped and is empty, also with what is missing later', async () => {
    collection.drop();
    collection.create();
    const told = await world.settle();
    expect(told).toHaveLength(MANY);
    world.clock.pass(2 * HELD_MS);
    expect(await due()).toEqual([]);
    await world.capture.confirm(FEED);
    world.clock.pass(1);
    // What is missing after the confirmation needs another one.
    for (let i = 0; i < 40; i++) collection.write(message(idAt(i), 'r1', 'again'));
    await world.settle();
    await withoutTheirEvents(40);
    expect(await due()).toHaveLength(MANY - 40);
    world.clock.pass(HELD_MS);
    expect(await due()).toHaveLength(MANY - 40);
  });

  it('are those of a room that is not followed any more as if they were missing', async () => {
    rooms.turn('r2');
    expect(await world.settle()).toHaveLength(18);
    world.clock.pass(HELD_MS);
    expect(await due()).toHaveLength(18);
    rooms.turn('r2');
    expect(await world.settle()).toHaveLength(18);
    expect(await due()).toEqual([]);
  });

  it('are at once those that were missing first, and whose deletion is told later', async () => {
    rooms.turn('r2');
    await world.settle();
    collection.remove(idAt(7));
    expect(await world.settle()).toEqual([]);
    expect(await due()).toEqual([`chat_message/rocketchat.main.${idAt(7)}`]);
  });
});
