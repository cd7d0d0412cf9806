import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { SqliteDatabase, sqliteDocuments, type SqliteDocuments } from '#libs/adapters/sqlite';
import { documentsContract, manualClock, type DocumentsHarness } from '#suites/documents';

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

  it('sweeps what has expired, a bounded number at a time, from every collection', async () => {
    const expiresAt = clock.now() + 10;
    const other = { name: 'deliveries', fields: [] };
    const short = Array.from({ length: 5 }, (_, i) => at(1, `${i}`, { expiresAt }));
    await documents.put(collection, [
      ...short,
      at(1, 'stays'),
      at(1, 'later', { expiresAt: expiresAt + 1 }),
    ]);
    await documents.put(other, short);
    expect(await documents.sweep(7)).toBe(0);
    clock.forward(10);
    expect(await documents.sweep(7)).toBe(7);
    expect(await documents.sweep(7)).toBe(3);
    expect(await documents.sweep(7)).toBe(0);
    expect([rowsIn('runs'), rowsIn('deliveries')]).toEqual([2, 0]);
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
});
