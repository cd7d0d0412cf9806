import { BSON, MongoClient, type Collection, type Db, type Document } from 'mongodb';

import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { databaseName, describePeer, type MongoReplicaSet } from '#libs/testing';

import { Follower, type FollowEntry } from './harness/follower.js';
import { until } from './harness/outside.js';

/** A document whose identity the test chose. */
interface Chosen extends Document {
  readonly _id: string | number;
}

const names = ['plain', 'busy', 'again', 'ids', 'odd', 'together', 'chosen', 'moved'] as const;

/** With identities of any type: the driver would replace some of them. */
const insert = async (db: Db, collection: string, ...documents: readonly Document[]) => {
  const { writeErrors } = await db.command({ insert: collection, documents });
  expect(writeErrors).toBeUndefined();
};

describePeer('mongodb', 'a followed collection, known by its outside alone', (peer) => {
  let set: MongoReplicaSet;
  let client: MongoClient;
  let db: Db;
  let follower: Follower;
  const of = (name: string): Collection<Chosen> => db.collection<Chosen>(name);

  beforeAll(async () => {
    set = await peer.start();
    client = await MongoClient.connect(set.url);
    db = client.db(databaseName());
    const entry = (name: string): FollowEntry => ({
      ...{ name, database: db.databaseName, collection: name, url: set.url },
      ...(name === 'chosen' && {
        filter: { from: { $gte: { $date: '2026-01-01T00:00:00Z' } }, state: { $ne: 'draft' } },
        fields: ['title', 'home.name', 'from'],
        subject: 'home.name',
      }),
    });
    for (const name of names) await db.createCollection(name);
    await insert(db, 'plain', ...[1, 2, 3].map((_id) => ({ _id, text: 'before' })));
    const many = Array.from({ length: 2_000 }, (_, _id) => ({ _id, text: 'before' }));
    await insert(db, 'busy', ...many);
    follower = new Follower(names.map(entry));
  });
  afterAll(async () => {
    await follower.dispose();
    await client.close();
    await set.stop();
  });

  it('is read while others write to it, and ends as it is there', async () => {
    const busy = of('busy');
    const writes = { stop: false };
    const writing = (async () => {
      for (let n = 0; !writes.stop || n < 500; n++) {
        const _id = (n * 7) % 2_000;
        if (n % 5 === 0) await busy.deleteOne({ _id });
        else if (n % 5 === 1) await busy.insertOne({ _id: 10_000 + n, text: `new ${n}` });
        else await busy.updateOne({ _id }, { $set: { text: `changed ${n}` } });
      }
    })();
    await follower.start();
    await follower.streams(...names);
    writes.stop = true;
    await writing;
    const there = await busy.find().toArray();
    const due = Object.fromEntries(there.map(({ _id, text }) => [String(_id), text as unknown]));
    await follower.shows('busy', 'text', due);
  });

  it('is read as it was, and then as it changes: insert, update, replace, delete', async () => {
    await follower.shows('plain', 'text', { 1: 'before', 2: 'before', 3: 'before' });
    const plain = of('plain');
    await plain.insertOne({ _id: 4, text: 'inserted' });
    await plain.updateOne({ _id: 1 }, { $set: { text: 'updated' } });
    await plain.replaceOne({ _id: 2 }, { text: 'replaced' });
    await plain.deleteOne({ _id: 3 });
    await follower.shows('plain', 'text', { 1: 'updated', 2: 'replaced', 4: 'inserted' });
    expect((await follower.feed('plain')).done).toBe(3);
    const counts = [1, 2, 3, 4].map((id) => follower.facts(`plain.main.${id}`));
    expect(await Promise.all(counts)).toEqual([2, 2, 2, 1]);
    const gone = await follower.viewer.get('/api/records/notice/plain.main.3');
    expect(JSON.stringify(gone.json ?? null)).not.toContain('before');
  });

  it('has a document again that was deleted and inserted with the same identity', async () => {
    const again = of('again');
    await again.insertOne({ _id: 'a', text: 'first' });
    await follower.shows('again', 'text', { a: 'first' });
    await again.deleteOne({ _id: 'a' });
    await follower.shows('again', 'text', {});
    await again.insertOne({ _id: 'a', text: 'second' });
    await follower.shows('again', 'text', { a: 'second' });
    // Also where nobody looks between the two.
    for (let n = 0; n < 20; n++) {
      await again.deleteOne({ _id: 'a' });
      await again.insertOne({ _id: 'a', text: `again ${n}` });
    }
    await follower.shows('again', 'text', { a: 'again 19' });
  });

  it('may have identities of every type, one record each', async () => {
    const hex = '6a1f0c9b2d3e4f5061728394';
    const plain: Record<string, unknown> = {
      [hex]: new BSON.ObjectId(hex),
      'plain-word_1': 'plain-word_1',
      '7': new BSON.Int32(7),
      '-5': new BSON.Int32(-5),
      '9007199254740993': BSON.Long.fromString('9007199254740993'),
      '12': new BSON.Double(12),
    };
    const odd: readonly unknown[] = [
      ...['7', hex, 'with space', 'Zoë/№ 1.$x', '', 'x'.repeat(300), 'Case', 'case é'],
      ...[new BSON.Double(1.5), new BSON.Double(NaN), new BSON.Double(Infinity)],
      ...[new BSON.UUID(), new BSON.Binary(Buffer.from([0, 1, 2, 255]))],
      ...[new Date('2026-11-03T08:12:41.318Z'), { home: 'H1', day: new BSON.Int32(2) }],
      ...[{ day: new BSON.Int32(2), home: 'H1' }, {}, true, false, null],
      ...[new BSON.Decimal128('2.50'), new BSON.Decimal128('12345678901234567890123')],
      ...[new BSON.Timestamp({ t: 1, i: 2 }), new BSON.MinKey(), new BSON.MaxKey()],
    ];
    const all = [...Object.values(plain), ...odd];
    await insert(db, 'ids', ...all.map((_id, label) => ({ _id, label, text: 'first' })));
    const labelled = async () =>
      [...(await follower.records('ids'))].map(([id, { body }]) => [id, body['label']] as const);
    await until('every one is a record', async () => (await labelled()).length === all.length);
    const records = new Map((await labelled()).map(([id, label]) => [label, id]));
    expect(all.map((_, label) => records.has(label))).toEqual(all.map(() => true));
    expect(Object.keys(plain)).toEqual(
      Object.values(plain).map((id) => records.get(all.indexOf(id))),
    );
    expect(odd.every((_, i) => /^([\w-]{1,64})$/.test(records.get(i + 6) ?? ''))).toBe(true);

    for (const _id of all)
      await db.command({ update: 'ids', updates: [{ q: { _id }, u: { $set: { text: 'next' } } }] });
    const texts = async () => [...(await follower.records('ids')).values()];
    await until('every one has changed', async () =>
      (await texts()).every(({ body }) => body['text'] === 'next'),
    );
    for (const _id of all) await db.command({ delete: 'ids', deletes: [{ q: { _id }, limit: 1 }] });
    await until('every one is gone', async () => (await texts()).length === 0);
  });

  it('may have fields of odd names and shapes, and shows them as they are', async () => {
    const json =
      '{"a.b":{"c.d":1},"$set":{"x":1},"__proto__":{"admin":true},"constructor":"c","":"empty",' +
      '"deep":[[1,[2,{"k":[]}]],[],{}],"fake":{"$oid":"no id"},"when":{"$date":"never"},"n":{"$numberInt":"x"}}';
    const refers = new BSON.DBRef('homes', new BSON.ObjectId('6a1f0c9b2d3e4f5061728394'), 'other');
    const odd = JSON.parse(json) as Document;
    await insert(db, 'odd', { _id: 'names', ...odd, ['__proto__']: { admin: true } });
    await insert(db, 'odd', { _id: 'ref', refers, re: /a+/i, code: new BSON.Code('f()') });
    await insert(db, 'odd', { _id: 'last', text: 'goes on' });
    await until('all are records', async () => (await follower.records('odd')).size === 3);
    const records = await follower.records('odd');
    const { _id, ...shown } = records.get('names')?.body ?? {};
    expect(JSON.parse(JSON.stringify(shown))).toEqual(JSON.parse(json));
    expect(Object.keys(shown).sort()).toEqual(Object.keys(JSON.parse(json) as object).sort());
    const shownRef = JSON.stringify(records.get('ref')?.body['refers']);
    expect(shownRef).toContain('homes');
    expect(shownRef).toContain('6a1f0c9b2d3e4f5061728394');
    await of('odd').updateOne({ _id: 'names' }, [
      { $replaceWith: { $setField: { field: { $literal: 'a.b' }, input: '$$ROOT', value: 2 } } },
    ]);
    await until('the field with a dot has changed', async () => {
      return (await follower.records('odd')).get('names')?.body['a.b'] === 2;
    });
  });

  it('tells a transaction when it is committed, and nothing of one that is not', async () => {
    const together = of('together');
    await client.withSession(async (session) => {
      session.startTransaction();
      await together.insertMany(
        [
          { _id: 1, text: 'no' },
          { _id: 2, text: 'no' },
        ],
        { session },
      );
      await session.abortTransaction();
      session.startTransaction();
      await together.insertMany(
        [
          { _id: 3, text: 'yes' },
          { _id: 4, text: 'yes' },
        ],
        { session },
      );
      await together.updateOne({ _id: 3 }, { $set: { text: 'yes, changed' } }, { session });
      // Somebody outside writes meanwhile.
      await together.insertOne({ _id: 5, text: 'beside' });
      await follower.shows('together', 'text', { 5: 'beside' });
      await session.commitTransaction();
    });
    await follower.shows('together', 'text', { 3: 'yes, changed', 4: 'yes', 5: 'beside' });
    const counts = [1, 2, 3, 4, 5].map((id) => follower.facts(`together.main.${id}`));
    expect(await Promise.all(counts)).toEqual([0, 0, 1, 1, 1]);
  });

  it('is followed as far as a filter and fields say', async () => {
    const chosen = of('chosen');
    const from = new Date('2026-05-01');
    const home = { name: 'Lakeside', code: 'do not take' };
    await chosen.insertMany([
      { _id: 1, title: 'in', from, home, notes: 'do not take' },
      { _id: 2, title: 'too old', from: new Date('2025-05-01'), home },
      { _id: 3, title: 'a draft', from, state: 'draft', home },
    ]);
    await follower.shows('chosen', 'title', { 1: 'in' });
    const [record] = (await follower.records('chosen')).values();
    expect(record).toMatchObject({ source: 'chosen', subject: 'Lakeside' });
    expect(record?.body).toMatchObject({ title: 'in', home: { name: 'Lakeside' } });
    const log = await follower.type('facts', '--personal', '--stream', 'notice/chosen.main.1');
    expect(log.code).toBe(0);
    expect(JSON.stringify([record, log.documents])).not.toContain('do not take');
    await chosen.updateOne({ _id: 1 }, { $set: { notes: 'changed', 'home.code': 'changed' } });
    await chosen.updateOne({ _id: 3 }, { $set: { state: 'ready' } });
    await follower.shows('chosen', 'title', { 1: 'in', 3: 'a draft' });
    expect(await follower.facts('chosen.main.1')).toBe(1);
    await chosen.updateOne({ _id: 1 }, { $set: { state: 'draft' } });
    await follower.shows('chosen', 'title', { 3: 'a draft' });
  });

  it('is told by the API, the metrics and the command line as the outside says', async () => {
    const feeds = await follower.feeds();
    expect(feeds.map(({ name }) => name).sort()).toEqual([...names].sort());
    for (const feed of feeds) {
      expect(feed).toMatchObject({ phase: 'stream', preImages: false });
      expect([feed.done, feed.lagMs].every(Number.isInteger)).toBe(true);
      expect(Date.parse(feed.tokenAt ?? '')).toBeGreaterThan(0);
      expect(feed).not.toHaveProperty('code');
    }
    const told = await follower.facts('plain.main.1');
    const metrics = (await follower.viewer.get('/metrics')).text;
    for (const name of ['innkeeper_capture_lag_seconds', 'innkeeper_capture_token_age_seconds'])
      expect(metrics).toMatch(new RegExp(`^${name}\\{[^}]*plain[^}]*\\} [0-9.e-]+$`, 'm'));
    const listed = await follower.type('capture', 'list');
    expect([listed.code, listed.documents.length]).toEqual([0, names.length]);
    expect(await follower.type('capture', 'check')).toMatchObject({ code: 0 });
    expect((await follower.type('capture', 'resnapshot', 'plain')).code).toBe(0);
    expect(await follower.type('capture', 'resnapshot', 'nothing')).toMatchObject({ code: 1 });
    const early = await follower.type('capture', 'confirm', 'plain');
    expect([early.code, early.err]).toEqual([1, expect.stringContaining('CAPTURE_NOTHING')]);
    expect((await follower.type('capture', 'turn')).code).toBe(2);
    await follower.streams('plain');
    // Read again, it differs in nothing, and nothing is told again.
    expect(await follower.facts('plain.main.1')).toBe(told);
  });

  it('halts where its collection is renamed, and is read again where there is one', async () => {
    const many = Array.from({ length: 30 }, (_, _id) => ({ _id, text: 'old' }));
    await insert(db, 'moved', ...many);
    await until('all are records', async () => (await follower.records('moved')).size === 30);
    await of('moved').rename('moved_away');
    await until('it has halted', async () => (await follower.feed('moved')).phase === 'halted');
    expect((await follower.feed('moved')).code).toBe('CAPTURE_COLLECTION_GONE');
    expect((await follower.type('capture', 'list')).code).toBe(1);
    const doctor = await follower.type('doctor');
    expect(doctor.code).toBe(1);
    expect(JSON.stringify(doctor.documents)).toContain('CAPTURE_COLLECTION_GONE');

    await insert(db, 'moved', { _id: 1, text: 'new' }, { _id: 'x', text: 'new' });
    await follower.shows('moved', 'text', { 1: 'new', x: 'new' });
    await follower.streams('moved');
    // Nobody said that 29 documents were deleted on purpose.
    expect((await follower.feed('moved')).waiting).toMatchObject({ count: 29 });
    expect((await follower.type('capture', 'list')).code).toBe(1);
    expect((await follower.type('capture', 'confirm', 'moved')).code).toBe(0);
    await until('none waits', async () => !(await follower.feed('moved')).waiting);
    await of('moved').drop();
    await until('it has halted', async () => (await follower.feed('moved')).phase === 'halted');
    await insert(db, 'moved', { _id: 2, text: 'last' });
    await follower.shows('moved', 'text', { 2: 'last' });
  });

  it('goes on after an election, with all that was written before, in it and after it', async () => {
    const plain = of('plain');
    await plain.deleteMany({});
    await follower.shows('plain', 'text', {});
    const due: Record<string, string> = {};
    const write = async (_id: number): Promise<void> => {
      await plain.replaceOne({ _id }, { text: `written ${_id}` }, { upsert: true });
      due[_id] = `written ${_id}`;
    };
    for (let n = 100; n < 120; n++) await write(n);
    const step = client.db('admin').command({ replSetStepDown: 5, force: true });
    const writing = (async () => {
      for (let n = 120; n < 180; n++) await write(n);
    })();
    await Promise.all([step.catch(() => undefined), writing]);
    await follower.shows('plain', 'text', due);
    const counts = await Promise.all(
      [100, 119, 120, 179].map((id) => follower.facts(`plain.main.${id}`)),
    );
    expect(counts).toEqual([1, 1, 1, 1]);
  });

  it.each(['SIGTERM', 'SIGKILL'] as const)(
    'is caught up with after %s, with what changed meanwhile',
    async (signal) => {
      const plain = of('plain');
      const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((each) => `${signal}-${each}`) as [
        string,
        string,
        string,
        string,
      ];
      await plain.deleteMany({});
      await plain.insertMany([a, b, c].map((_id) => ({ _id, text: 'before' })));
      await follower.shows('plain', 'text', { [a]: 'before', [b]: 'before', [c]: 'before' });
      const writing = plain.updateOne({ _id: a }, { $set: { text: 'in the last moment' } });
      const ended = await follower.end(signal);
      await writing;
      if (signal === 'SIGTERM') expect(ended?.code).toBe(0);
      await plain.updateOne({ _id: b }, { $set: { text: 'meanwhile' } });
      await plain.deleteOne({ _id: c });
      await plain.insertOne({ _id: d, text: 'meanwhile' });
      await follower.start();
      await follower.shows('plain', 'text', {
        ...{ [a]: 'in the last moment', [b]: 'meanwhile', [d]: 'meanwhile' },
      });
      const counts = [a, b, c, d].map((id) => follower.facts(`plain.main.${id}`));
      expect(await Promise.all(counts)).toEqual([2, 2, 2, 1]);
    },
  );
});
