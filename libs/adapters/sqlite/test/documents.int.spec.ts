import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { SqliteDatabase, sqliteDocuments, type SqliteDocuments } from '#libs/adapters/sqlite';
import { planQuery, type Query } from '#libs/ports/documents';
import { documentsContract, manualClock, type DocumentsHarness } from '#suites/documents';

import { selectOf } from '../src/documents-query.js';
import { tableOf } from '../src/documents-table.js';

const newFolder = () => mkdtempSync(join(tmpdir(), 'innkeeper-documents-'));

const onOneFile = (): Promise<DocumentsHarness> => {
  const folder = newFolder();
  const clock = manualClock();
  const open = () => new SqliteDatabase(join(folder, 'innkeeper.db'));
  let database = open();
  return Promise.resolve({
    clock,
    make: () => Promise.resolve(sqliteDocuments({ database, clock })),
    settle: () => Promise.resolve(),
    restart: async () => {
      await database.close();
      database = open();
    },
    dispose: async () => {
      await database.close();
      rmSync(folder, { recursive: true });
    },
  });
};

documentsContract('documents on SQLite', onOneFile);

describe('documents on SQLite, beside the suite', () => {
  const clock = manualClock();
  const collection = { name: 'runs', fields: ['state'] };
  let folder: string;
  let database: SqliteDatabase;
  let documents: SqliteDocuments;

  beforeEach(() => {
    folder = newFolder();
    database = new SqliteDatabase(join(folder, 'innkeeper.db'));
    documents = sqliteDocuments({ database, clock });
  });

  afterEach(async () => {
    await database.close();
    rmSync(folder, { recursive: true });
  });

  const at = (position: number, id: string, more: object = {}) => ({
    ...{ id, body: 'x'.repeat(2000), fence: { era: 1, position } },
    ...more,
  });

  const rowsIn = (name: string) =>
    database.sql(`SELECT count(*) AS n FROM documents_${name}`).get()?.['n'];

  it('says that the disk is full, keeps what it has, and works again after', async () => {
    await documents.put(collection, [at(1, 'first')]);
    const pages = Number(database.sql('PRAGMA page_count').get()?.['page_count']);
    database.exec(`PRAGMA max_page_count = ${pages + 2}`);
    const many = Array.from({ length: 200 }, (_, i) => at(1, `${i}`));
    await expect(documents.put(collection, many)).rejects.toMatchObject({ code: 'STORE_FULL' });
    await expect(documents.put({ name: 'new', fields: [] }, many)).rejects.toMatchObject({
      code: 'STORE_FULL',
    });
    expect((await documents.query(collection, { limit: 9 })).items).toHaveLength(1);
    database.exec('PRAGMA max_page_count = 100000');
    expect(await documents.put(collection, many)).toEqual(many.map(() => 'written'));
    expect(await documents.put({ name: 'new', fields: [] }, many)).toHaveLength(200);
  });

  it('fails the write that does not fit and not the one beside it', async () => {
    await documents.put(collection, [at(1, 'first')]);
    const pages = Number(database.sql('PRAGMA page_count').get()?.['page_count']);
    database.exec(`PRAGMA max_page_count = ${pages + 3}`);
    const many = Array.from({ length: 200 }, (_, i) => at(1, `${i}`));
    const [large, small] = await Promise.allSettled([
      documents.put(collection, many),
      documents.put(collection, [at(2, 'first')]),
    ]);
    expect(large).toMatchObject({ status: 'rejected', reason: { code: 'STORE_FULL' } });
    expect(small).toMatchObject({ status: 'fulfilled', value: ['written'] });
  });

  it('sweeps all that has expired from every collection, and tells what is yet to be swept', async () => {
    const expiresAt = clock.now() + 10;
    const other = { name: 'deliveries', fields: [] };
    const short = Array.from({ length: 1500 }, (_, i) => at(1, `${i}`, { expiresAt }));
    await documents.put(collection, [
      ...short,
      at(1, 'stays'),
      at(1, 'later', { expiresAt: expiresAt + 1 }),
    ]);
    await documents.put(other, short);
    expect(await documents.sweep()).toBe(0);
    expect(await documents.expired()).toEqual({ count: 0, oldestMs: 0 });
    clock.forward(10);
    expect(await documents.expired()).toEqual({ count: 3000, oldestMs: 0 });
    expect(await documents.sweep()).toBe(3000);
    expect(await documents.expired()).toEqual({ count: 0, oldestMs: 0 });
    expect([rowsIn('runs'), rowsIn('deliveries')]).toEqual([2, 0]);
  });

  it.each(['sweep', 'drop'])('lets others write between the slices of a %s', async (work) => {
    const expiresAt = clock.now() + 10;
    const rows = Array.from({ length: 3000 }, (_, i) => at(1, `${i}`, { expiresAt }));
    await documents.put(collection, rows);
    clock.forward(10);
    const left: unknown[] = [];
    const removing = work === 'sweep' ? documents.sweep() : documents.drop(collection);
    let isOver = false;
    void removing.finally(() => (isOver = true));
    for (let i = 0; !isOver; i++) {
      await documents.put({ name: 'others', fields: [] }, [at(1, `${i}`)]);
      if (!isOver) left.push(rowsIn('runs'));
    }
    await removing;
    expect(new Set(left).size).toBeGreaterThan(4);
  });

  it('sweeps large documents few at a time, and stops when its file is closed', async () => {
    const expiresAt = clock.now() + 10;
    const bytes = new Uint8Array(700 * 1024);
    const rows = Array.from({ length: 12 }, (_, i) => at(1, `${i}`, { expiresAt, bytes }));
    await documents.put(collection, rows);
    clock.forward(10);
    const sweeping = documents.sweep();
    await database.write(() => undefined);
    expect(rowsIn('runs')).toBe(10);
    await database.close();
    expect(await sweeping).toBeLessThan(12);
  });

  it('finishes a drop that ended in the middle', async () => {
    await documents.put(
      collection,
      Array.from({ length: 2000 }, (_, i) => at(1, `${i}`)),
    );
    const dropping = documents.drop(collection).catch((error: unknown) => error);
    await database.write(() => undefined);
    await database.write(() => undefined);
    await database.write(() => undefined);
    await database.close();
    expect(await dropping).toMatchObject({ code: 'DOCUMENTS_UNAVAILABLE' });
    database = new SqliteDatabase(join(folder, 'innkeeper.db'));
    documents = sqliteDocuments({ database, clock });
    expect(Number(rowsIn('runs'))).toBeGreaterThan(0);
    await documents.drop(collection);
    const tables = database.sql("SELECT name FROM sqlite_schema WHERE name GLOB 'documents_*'");
    expect(tables.all()).toEqual([]);
  });

  it('does not read the bytes that a query leaves out', async () => {
    await documents.put(collection, [at(1, 'one', { bytes: new Uint8Array(9) })]);
    const query = { limit: 9, bytes: false, order: { field: 'state' } };
    const plan = planQuery(collection, query);
    const { sql } = selectOf(tableOf(collection), plan, { of: 'both' }, 0);
    expect(sql).not.toMatch(/\bbytes\b/);
    const { sql: whole } = selectOf(
      tableOf(collection),
      { ...plan, bytes: true },
      { of: 'both' },
      0,
    );
    expect(whole).toMatch(/\bbytes\b/);
  });

  it('answers unavailable once its file is closed', async () => {
    await documents.put(collection, [at(1, 'one')]);
    await database.close();
    const unavailable = { code: 'DOCUMENTS_UNAVAILABLE' };
    await expect(documents.get(collection, ['one'])).rejects.toMatchObject(unavailable);
    await expect(documents.query(collection, { limit: 1 })).rejects.toMatchObject(unavailable);
    await expect(documents.put(collection, [at(2, 'one')])).rejects.toMatchObject(unavailable);
  });

  it('looks up an equality and walks an order by index', async () => {
    await documents.put(collection, [at(1, 'one')]);
    const plan = (sql: string) =>
      JSON.stringify(database.sql(`EXPLAIN QUERY PLAN SELECT id FROM documents_runs ${sql}`).all());
    expect(plan("WHERE f_state = 'a' ORDER BY id")).toMatch(
      /USING COVERING INDEX documents_runs__state/,
    );
    expect(plan('ORDER BY f_state DESC, id DESC')).not.toMatch(/TEMP B-TREE/);
    expect(plan("WHERE (f_state, id) > ('a', 'b') ORDER BY f_state, id")).toMatch(/SEARCH/);
  });

  describe('in a collection with an order', () => {
    const calls = { name: 'calls', fields: ['deleted', 'source', 'at'], orderedBy: 'at' };
    const order = (descending: boolean) => ({ field: 'at', descending });
    const indexed = () =>
      database
        .sql(`SELECT sql FROM sqlite_schema WHERE tbl_name = 'documents_calls' AND sql LIKE '%f_%'`)
        .all()
        .flatMap(({ sql }) => /INDEX.*\((f_.*)\)/.exec(sql as string)?.[1] ?? []);

    /** What SQLite does for each statement of a query. */
    const stepsOf = (query: Query): string[] => {
      const plan = planQuery(calls, query);
      return plan.stretches.flatMap((stretch) => {
        const { sql } = selectOf(tableOf(calls), plan, stretch, 0);
        return database
          .sql(`EXPLAIN QUERY PLAN ${sql}`)
          .all()
          .map(({ detail }) => detail as string);
      });
    };

    const cursorOf = async (query: Query): Promise<string> => {
      const { next } = await documents.query(calls, query);
      if (next === undefined) throw new Error('there is one page only');
      return next;
    };

    it.each([true, false])('reads a list as one range (descending: %s)', async (descending) => {
      const fields = { deleted: 0, source: 'a' };
      await documents.put(calls, [
        ...['a', 'b', 'c'].map((id, i) => at(1, id, { fields: { ...fields, at: i } })),
        ...['d', 'e'].map((id) => at(1, id, { fields })),
      ]);
      const list: Query = { where: { deleted: 0 }, order: order(descending), limit: 1 };
      const both: Query = { ...list, where: { deleted: 0, source: 'a' } };
      const from: Query = { ...list, from: 0 };
      const later = { ...list, limit: 4 };
      const queries = [list, both, from, { ...list, where: {} }];
      for (const query of [...queries]) queries.push({ ...query, after: await cursorOf(query) });
      queries.push({ ...later, after: await cursorOf(later) });
      const steps = queries.flatMap(stepsOf);
      expect(steps.filter((step) => step.includes('TEMP B-TREE'))).toEqual([]);
      // The list of everything walks its index from the end; all else begins in the middle.
      const walk = 'SCAN documents_calls USING INDEX documents_calls__at';
      expect(steps.filter((step) => !/^SEARCH .* USING INDEX .*[=<>]/.test(step))).toEqual([walk]);
      const bound = descending ? '(f_at,id)<(?,?)' : '(f_at,id)>(?,?)';
      expect(stepsOf({ ...from, after: await cursorOf(from) }).join()).toContain(bound);
    });

    it('makes the indexes anew that an older version made without it', async () => {
      const old = { name: calls.name, fields: ['deleted', 'at'] };
      await documents.put(old, [at(1, 'one', { fields: { deleted: 0, at: 1 } })]);
      expect(indexed()).toEqual(['f_deleted,id', 'f_at,id']);
      await documents.get(calls, ['one']);
      const wanted = ['f_deleted,f_at,id', 'f_source,f_at,id', 'f_at,id'];
      expect(indexed().sort()).toEqual(wanted.sort());
      expect(rowsIn('calls')).toBe(1);
    });
  });
});
