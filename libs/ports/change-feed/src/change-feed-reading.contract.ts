import { isBefore } from '#libs/contracts';
import type { Json, JsonObject } from '#libs/kernel';
import { expect } from '@jest/globals';

import {
  LARGEST_DOCUMENT,
  type ChangeFeed,
  type DocumentRead,
  type ScanRequest,
} from './change-feed.port.js';
import {
  changesOf,
  codeOf,
  textKey,
  type Able,
  type ChangeFeedBehaviour,
} from './change-feed-world.contract.js';

const whole = {};

const readsAbsenceToo: ChangeFeedBehaviour = async (world) => {
  await world.write({ _id: 'a', n: 'x' }, { _id: 'b', n: 'y' });
  await world.remove('b');
  const feed = await world.follow(whole);
  const keys = ['"b"', '"a"', '"never"', '"a"'];
  expect((await feed.read(keys)).documents).toEqual([
    { key: '"b"' },
    { key: '"a"', document: { _id: 'a', n: 'x' } },
    { key: '"never"' },
    { key: '"a"', document: { _id: 'a', n: 'x' } },
  ]);
  expect((await feed.read([])).documents).toEqual([]);
};

const readsOneMoment: ChangeFeedBehaviour = async (world) => {
  const ids = Array.from({ length: 20 }, (_, i) => `d${i}`);
  const round = (n: number) => world.writeTogether(ids.map((_id) => ({ _id, n: `${n}` })));
  await world.write(...ids.map((_id) => ({ _id, n: '0' })));
  const feed = await world.follow(whole);
  let isDone = false;
  const writing = (async () => {
    for (let n = 1; n <= 20; n++) await round(n);
    isDone = true;
  })();
  let last = (await feed.read(['"d0"'])).at;
  do {
    const { at, documents } = await feed.read(ids.map(textKey));
    expect(new Set(documents.map(({ document }) => document?.n)).size).toBe(1);
    expect(isBefore(at, last)).toBe(false);
    last = at;
  } while (!isDone);
  await writing;
};

const readsNoEarlierThanTold: ChangeFeedBehaviour = async (world) => {
  await world.write({ _id: 'a', n: '0' });
  const feed = await world.follow(whole);
  const opened = await feed.open(await feed.now());
  for (let n = 1; n <= 10; n++) {
    await world.change('a', { n: `${n}` });
    const { changes } = await changesOf(opened, 1);
    const { at, documents } = await feed.read(['"a"']);
    expect(documents[0]?.document?.n).toBe(`${n}`);
    expect(isBefore(at, changes[0]?.at ?? at)).toBe(false);
  }
};

const readsTheWhiteListOnly: ChangeFeedBehaviour = async (world) => {
  const user = { username: 'mira', password: 'hidden' };
  await world.write({ _id: 'a', text: 'x', secret: 'hidden', u: user, list: [user, user] });
  const fields = ['text', 'u.username', 'list.username', 'u.username.deep', 'absent'];
  const feed = await world.follow({ fields });
  const chosen = {
    ...{ _id: 'a', text: 'x', u: { username: 'mira' } },
    list: [{ username: 'mira' }, { username: 'mira' }],
  };
  expect((await feed.read(['"a"'])).documents[0]?.document).toEqual(chosen);
  expect((await feed.scan({ limit: 5 })).documents[0]?.document).toEqual(chosen);
};

const leavesOutWhatDoesNotFit: ChangeFeedBehaviour = async (world) => {
  await world.write({ _id: 'a', kind: 'k' }, { _id: 'b', kind: 'other' }, { _id: 'c', kind: 'k' });
  const feed = await world.follow({ filter: { kind: 'k' } });
  const { documents } = await feed.read(['"a"', '"b"']);
  expect(documents.map(({ document }) => document?._id)).toEqual(['a', undefined]);
  expect(await keysOfAll(feed, { limit: 1 })).toEqual(['"a"', '"c"']);
  expect(await feed.count()).toBe(2);
};

/** Of each type that can be an identity, in no order. */
const IDENTITIES: readonly Json[] = [
  ...['text', '', 'with "quotes" and \u{1f600}', '$set', 'a.b', '5'],
  { $oid: '6b0e028fcb5391488dc51ba8' },
  { $numberInt: '5' },
  { $numberInt: '-7' },
  { $numberLong: '9007199254740993' },
  { $numberDouble: '2.5' },
  { $numberDecimal: '7.1' },
  { $binary: { base64: 'AQI=', subType: '00' } },
  { $binary: { base64: 'NKqK+7FURmWyu5Pbs1k1ww==', subType: '04' } },
  { $date: { $numberLong: '5' } },
  { $timestamp: { t: 5, i: 1 } },
  { $ref: 'rooms', $id: { $oid: '6b0e028fcb5391488dc51ba8' } },
  { room: 'r1', user: { name: 'mira', n: { $numberInt: '1' } } },
  { user: 'mira', room: 'r1' },
  { $minKey: 1 },
  { $maxKey: 1 },
  ...[true, false, null],
];

const scansEveryType: ChangeFeedBehaviour = async (world) => {
  await world.write(...IDENTITIES.map((_id) => ({ _id, n: 'x' })));
  const feed = await world.follow({ fields: ['n'] });
  const expected = IDENTITIES.map((id) => JSON.stringify(id));
  const orders: string[][] = [];
  for (const limit of [1, 2, 5, IDENTITIES.length, 100])
    orders.push(await keysOfAll(await world.follow({ fields: ['n'] }), { limit }));
  for (const order of orders) expect(order).toEqual(orders[0]);
  expect([...(orders[0] ?? [])].sort()).toEqual([...expected].sort());
  const { documents } = await feed.read(expected);
  expect(documents.map(({ document }) => document)).toEqual(
    IDENTITIES.map((_id) => ({ _id, n: 'x' })),
  );
};

const tellsEveryType: ChangeFeedBehaviour = async (world) => {
  await world.write({ _id: 'before' });
  const feed = await world.follow(whole);
  const opened = await feed.open(await feed.now());
  await world.write(...IDENTITIES.map((_id) => ({ _id })));
  const { changes } = await changesOf(opened, IDENTITIES.length, 7);
  expect(changes.map(({ key }) => key)).toEqual(IDENTITIES.map((id) => JSON.stringify(id)));
};

const scansAGroup: ChangeFeedBehaviour = async (world) => {
  const documents = Array.from({ length: 12 }, (_, i) => ({ _id: `d${i}`, room: `r${i % 3}` }));
  await world.write(...documents, { _id: { $numberInt: '3' }, room: 'r1' });
  const feed = await world.follow({ fields: ['room'], groupField: 'room' });
  for (const limit of [2, 50]) {
    const keys = await keysOfAll(feed, { limit, group: 'r1' });
    expect(keys.sort()).toEqual(['"d1"', '"d10"', '"d4"', '"d7"', '{"$numberInt":"3"}']);
  }
  expect(await keysOfAll(feed, { limit: 2, group: 'nobody' })).toEqual([]);
};

const scansWhileOthersWrite: ChangeFeedBehaviour = async (world) => {
  const ids = Array.from({ length: 30 }, (_, i) => `d${10 + i}`);
  await world.write(...ids.map((_id) => ({ _id })));
  const feed = await world.follow(whole);
  const first = await feed.scan({ limit: 10 });
  await world.remove(ids[9] ?? '');
  await world.write({ _id: 'd00' }, { _id: 'd199' });
  const rest = await keysOfAll(feed, { limit: 10, ...(first.next && { after: first.next }) });
  const untouched = [...keysOf(first.documents), ...rest].filter((key) => key !== '"d199"');
  expect(untouched).toEqual(ids.map(textKey));
};

const saysThatOneIsTooLarge: ChangeFeedBehaviour = async (world) => {
  const text = 'x'.repeat(LARGEST_DOCUMENT + 1);
  await world.write({ _id: 'big', text }, { _id: 'small', text: 'x' });
  const feed = await world.follow(whole);
  const [big, small] = (await feed.read(['"big"', '"small"'])).documents;
  expect(big).toEqual({ key: '"big"', tooLarge: expect.any(Number) });
  expect(big?.tooLarge).toBeGreaterThan(LARGEST_DOCUMENT);
  expect(small?.document).toEqual({ _id: 'small', text: 'x' });
  const cut = await world.follow({ fields: ['other'] });
  expect((await cut.read(['"big"'])).documents[0]?.document).toEqual({ _id: 'big' });
};

const setsOneAside: ChangeFeedBehaviour = async (world) => {
  await world.write({ _id: 'a' }, { _id: 'z' });
  await world.writeUnreadable('broken');
  const feed = await world.follow(whole);
  const unreadable = 'CAPTURE_DOCUMENT_UNREADABLE';
  expect(await codeOf(feed.read(['"a"', '"broken"', '"z"']))).toBe(unreadable);
  expect(await codeOf(feed.read(['"broken"']))).toBe(unreadable);
  expect(keysOf((await feed.read(['"a"', '"z"'])).documents)).toEqual(['"a"', '"z"']);
  const { documents } = await feed.scan({ limit: 10 });
  expect(documents.map(({ key, unreadable: isSo }) => [key, isSo])).toEqual([
    ['"a"', undefined],
    ['"broken"', true],
    ['"z"', undefined],
  ]);
};

const keepsOddNames: ChangeFeedBehaviour = async (world) => {
  const document: JsonObject = {
    ...{ _id: 'a', date: { $date: { $numberLong: '5' } }, int: { $numberInt: '1' } },
    ...{ double: { $numberDouble: '1.0' }, long: { $numberLong: '1' }, none: null },
    inner: { ['constructor']: 'c', list: [{ $numberInt: '1' }, [true], { x: null }] },
    link: { $ref: 'rooms', $id: 'r1' },
  };
  await world.write(document);
  const feed = await world.follow(whole);
  expect((await feed.read(['"a"'])).documents[0]?.document).toEqual(document);
};

const saysThatItIsAway: ChangeFeedBehaviour = async (world) => {
  if (!isAble(world.capabilities.goesAway)) return;
  await world.write({ _id: 'a' });
  const feed = await world.follow(whole);
  const place = await feed.now();
  await world.away();
  const away = 'CAPTURE_UNREACHABLE';
  for (const asked of everyQuestion(feed)) expect(await codeOf(asked())).toBe(away);
  await world.back();
  expect(keysOf((await feed.read(['"a"'])).documents)).toEqual(['"a"']);
  const again = await feed.open(place);
  await world.write({ _id: 'b' });
  expect((await changesOf(again, 1)).changes.map(({ key }) => key)).toEqual(['"b"']);
};

const saysWhatIsForbidden: ChangeFeedBehaviour = async (world) => {
  if (!isAble(world.capabilities.forbids)) return;
  await world.write({ _id: 'a' });
  await world.forbid();
  const feed = await world.follow(whole);
  for (const asked of everyQuestion(feed)) expect(await codeOf(asked())).toBe('CAPTURE_FORBIDDEN');
  expect((await feed.examine()).obstacles.map(({ kind }) => kind)).toContain('right');
};

const findsNothingInTheWay: ChangeFeedBehaviour = async (world) => {
  await world.write({ _id: 'a' });
  const { obstacles } = await (await world.follow(whole)).examine();
  expect(obstacles.filter(({ kind }) => kind !== 'advice')).toEqual([]);
};

const isAble = (able: Able): boolean => able === true;

const everyQuestion = (feed: ChangeFeed): readonly (() => Promise<unknown>)[] => [
  () => feed.now(),
  () => feed.read(['"a"']),
  () => feed.scan({ limit: 1 }),
  () => feed.count(),
];

const keysOf = (documents: readonly DocumentRead[]): string[] => documents.map(({ key }) => key);

const keysOfAll = async (feed: ChangeFeed, request: ScanRequest): Promise<string[]> => {
  const keys: string[] = [];
  let after = request.after;
  do {
    const page = await feed.scan({ ...request, ...(after !== undefined && { after }) });
    expect(page.documents.length).toBeLessThanOrEqual(request.limit);
    keys.push(...keysOf(page.documents));
    after = page.next;
  } while (after !== undefined);
  return keys;
};

/** By title; the README of this port names them. */
export const readingBehaviours: Readonly<Record<string, ChangeFeedBehaviour>> = {
  'reads one each in order, and what is absent as absent': readsAbsenceToo,
  'reads all at one moment, and never an earlier one': readsOneMoment,
  'reads nothing as it was before a change that it told': readsNoEarlierThanTold,
  'reads the white list and the key, and nothing else': readsTheWhiteListOnly,
  'leaves out what does not fit the filter': leavesOutWhatDoesNotFit,
  'scans every document once, over all types of identity': scansEveryType,
  'tells changes of all types of identity': tellsEveryType,
  'scans one group': scansAGroup,
  'scans what nobody touches exactly once while others write': scansWhileOthersWrite,
  'says that a document is too large, by what is chosen of it': saysThatOneIsTooLarge,
  'sets one document aside that cannot be read': setsOneAside,
  'keeps types and odd names': keepsOddNames,
  'says that the database is away, and works again after': saysThatItIsAway,
  'says that it is not allowed': saysWhatIsForbidden,
  'finds nothing in the way where all is well': findsNothingInTheWay,
};
