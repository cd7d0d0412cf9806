import { isBefore } from '#libs/contracts';
import { expect } from '@jest/globals';

import {
  changesOf,
  codeOf,
  SOON_MS,
  textKey,
  toldUntil,
  type ChangeFeedBehaviour,
} from './change-feed-world.contract.js';

const whole = {};

const tellsInOrder: ChangeFeedBehaviour = async (world) => {
  await world.write({ _id: 'before', n: 'x' });
  const feed = await world.follow(whole);
  const opened = await feed.open(await feed.now());
  await world.write({ _id: 'a', n: 'x' }, { _id: 'b' }, { _id: 'a', n: 'y' });
  await world.change('b', { n: 'z' });
  await world.remove('a');
  const { changes } = await changesOf(opened, 5);
  expect(changes.map(({ key, removed }) => [key, removed])).toEqual([
    ['"a"', false],
    ['"b"', false],
    ['"a"', false],
    ['"b"', false],
    ['"a"', true],
  ]);
  for (const [i, { at }] of changes.entries())
    expect(isBefore(at, changes[i - 1]?.at ?? at)).toBe(false);
};

const losesNothingBetween: ChangeFeedBehaviour = async (world) => {
  await world.write({ _id: 'before' });
  const first = await world.follow(whole);
  const place = await first.now();
  await first.close();
  await world.write({ _id: 'a' });
  await world.remove('a');
  const second = await world.follow(whole);
  expect(await toldUntil(world, await second.open(place))).toEqual(['"a"', 'removed "a"']);
};

const tellsAgain: ChangeFeedBehaviour = async (world) => {
  await world.write({ _id: 'before' });
  const feed = await world.follow(whole);
  const place = await feed.now();
  const opened = await feed.open(place);
  await world.write({ _id: 'a' }, { _id: 'b' }, { _id: 'c' });
  const { changes, place: after } = await changesOf(opened, 2, 1);
  await opened.close();
  const again = await feed.open(place);
  expect((await changesOf(again, 2, 1)).changes).toEqual(changes);
  const rest = await (await world.follow(whole)).open(after);
  expect(await toldUntil(world, rest)).toEqual(['"c"']);
};

const movesOnInQuiet: ChangeFeedBehaviour = async (world) => {
  await world.write({ _id: 'a', text: 'x', seen: '1', other: '1' });
  const feed = await world.follow({ fields: ['text', 'seen'], quietFields: ['seen'] });
  const opened = await feed.open(await feed.now());
  await world.change('a', { other: '2' });
  await world.change('a', { seen: '2' });
  await world.change('a', { seen: '3', text: 'y' });
  await world.change('a', { seen: '4' });
  expect(await toldUntil(world, opened)).toEqual(['"a"']);
  const before = await feed.now();
  await world.change('a', { seen: '5' });
  const quiet = await feed.open(before);
  let place = before;
  // A database says how far it is by what it did last: each round gives it something to say.
  for (let round = 0; place.token === before.token; round++) {
    await world.change('a', { seen: `round ${round}` });
    ({ place } = await quiet.next({ waitMs: 50, limit: 10 }));
  }
  const later = await world.follow({ fields: ['text', 'seen'], quietFields: ['seen'] });
  expect(await toldUntil(world, await later.open(place), 'the very last')).toEqual([]);
};

const tellsWhatDecides: ChangeFeedBehaviour = async (world) => {
  await world.write({ _id: 'a', text: 'x', room: 'r1', kind: 'k' });
  const feed = await world.follow({ fields: ['text'], groupField: 'room', filter: { kind: 'k' } });
  const opened = await feed.open(await feed.now());
  await world.change('a', { room: 'r2' });
  await world.change('a', { kind: 'other' });
  expect(await toldUntil(world, opened)).toEqual(['"a"', '"a"']);
};

const tellsTransactions: ChangeFeedBehaviour = async (world) => {
  await world.write({ _id: 'before' });
  const feed = await world.follow(whole);
  const opened = await feed.open(await feed.now());
  await world.writeTogether([{ _id: 'a' }, { _id: 'b' }, { _id: 'c' }]);
  const { changes } = await changesOf(opened, 3);
  expect(changes.map(({ key }) => key)).toEqual(['"a"', '"b"', '"c"']);
  expect(new Set(changes.map(({ at }) => JSON.stringify(at))).size).toBe(1);
};

const closesWhileWaiting: ChangeFeedBehaviour = async (world) => {
  await world.write({ _id: 'before' });
  const feed = await world.follow(whole);
  const opened = await feed.open(await feed.now());
  const waiting = opened.next({ waitMs: SOON_MS, limit: 10 });
  await opened.close();
  expect((await waiting).changes).toEqual([]);
  expect(await codeOf(opened.next({ waitMs: 1, limit: 10 }))).toBe('CAPTURE_UNREACHABLE');
  await feed.close();
};

const tellsTheEnd: ChangeFeedBehaviour = async (world) => {
  await world.write({ _id: 'a' });
  const feed = await world.follow(whole);
  const place = await feed.now();
  const opened = await feed.open(place);
  await world.change('a', { n: 'x' });
  await world.drop();
  expect((await changesOf(opened, 1)).changes.map(({ key }) => key)).toEqual([textKey('a')]);
  const gone = 'CAPTURE_COLLECTION_GONE';
  const end = async () => {
    for (;;) await opened.next({ waitMs: SOON_MS, limit: 10 });
  };
  expect(await codeOf(end())).toBe(gone);
  for (const asked of [() => feed.now(), () => feed.read(['"a"']), () => feed.scan({ limit: 5 })])
    expect(await codeOf(asked())).toBe(gone);
  await world.write({ _id: 'b' });
  expect(await codeOf(feed.read(['"a"']))).toBe(gone);
  const again = await feed.open(await feed.now());
  expect((await feed.read(['"a"'])).documents).toEqual([{ key: '"a"' }]);
  expect(await toldUntil(world, again)).toEqual([]);
};

const saysItWasNeverThere: ChangeFeedBehaviour = async (world) => {
  const feed = await world.follow(whole);
  for (const asked of [() => feed.now(), () => feed.scan({ limit: 5 }), () => feed.count()])
    expect(await codeOf(asked())).toBe('CAPTURE_COLLECTION_GONE');
  expect((await feed.examine()).obstacles.map(({ kind }) => kind)).toContain('place');
};

const saysThatHistoryIsLost: ChangeFeedBehaviour = async (world) => {
  if (world.capabilities.losesHistory !== true) return;
  await world.write({ _id: 'a' });
  const feed = await world.follow(whole);
  const place = await feed.now();
  await world.write({ _id: 'b' });
  await world.loseHistory();
  const lost = async () => (await feed.open(place)).next({ waitMs: SOON_MS, limit: 10 });
  expect(await codeOf(lost())).toBe('CAPTURE_HISTORY_LOST');
  const again = await feed.open(await feed.now());
  expect(await toldUntil(world, again)).toEqual([]);
};

const knowsNoOtherPlaces: ChangeFeedBehaviour = async (world) => {
  await world.write({ _id: 'a' });
  const feed = await world.follow(whole);
  const { at } = await feed.now();
  for (const token of ['', 'not one', '{}', '{"_data":"zz"}', '{"_data":"8265"}']) {
    const opening = async () =>
      (await feed.open({ token, at })).next({ waitMs: SOON_MS, limit: 1 });
    expect(await codeOf(opening())).toBe('CAPTURE_HISTORY_LOST');
  }
};

/** By title; the README of this port names them. */
export const changeBehaviours: Readonly<Record<string, ChangeFeedBehaviour>> = {
  'tells what changed after its place, oldest first': tellsInOrder,
  'loses nothing when it stops before the first change ever': losesNothingBetween,
  'tells again from an earlier place, and from the last one only what is new': tellsAgain,
  'does not tell a change of quiet or other fields, and moves its place': movesOnInQuiet,
  'tells a change of what decides whether a document is ours': tellsWhatDecides,
  'tells all of a transaction, at one time': tellsTransactions,
  'ends a waiting question when it is closed': closesWhileWaiting,
  'tells the end of a collection after its last change, and follows the next only when asked':
    tellsTheEnd,
  'says that a collection was never there': saysItWasNeverThere,
  'says that its place is forgotten, and goes on from a new one': saysThatHistoryIsLost,
  'takes no place that is not its own': knowsNoOtherPlaces,
};
