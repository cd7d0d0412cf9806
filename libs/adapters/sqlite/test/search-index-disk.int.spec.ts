import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Worker } from 'node:worker_threads';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { sqliteSearchIndex } from '#libs/adapters/sqlite';
import { itNeeding } from '#libs/testing';
import { asking, numbered, unitOf } from '#suites/search-index';

import { IndexFile } from '../src/search-index/index-file.js';
import { IndexThread } from '../src/search-index/index-thread.js';
import { sourceFlags, startWorker } from '../src/search-index/start-worker.js';
import { IndexWriter } from '../src/search-index/writer.js';

const PAGE_BYTES = 16_384;
const PLANTED = 'zyxlindqvistovsky';

describe('the file of the search index', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'innkeeper-index-'));
    path = join(folder, 'index.db');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const bytes = (): Buffer =>
    Buffer.concat(
      ['', '-wal', '-shm'].map((end) => {
        try {
          return readFileSync(path + end);
        } catch {
          return Buffer.alloc(0);
        }
      }),
    );

  /** Words in no order, so that every page is written to again and again. */
  const wordsOf = (i: number): string =>
    Array.from({ length: 30 }, (_, j) => `w${(i * 30 + j) * 7919}`).join(' ');

  it('holds a removed word in no byte once it was tidied, though others came and went', async () => {
    const index = await sqliteSearchIndex({ path });
    const planted = ['call/planted0', 'call/planted400', 'call/planted750'];
    for (let i = 0; i < 1000; i += 50) {
      const units = numbered(`call/${i}`, 50).map((unit, j) => unitOf(unit, [wordsOf(i + j)]));
      await index.replace(1, units);
      if (planted.includes(`call/planted${i}`))
        await index.replace(1, [unitOf(`call/planted${i}`, [`${PLANTED} ${PLANTED}${i} wifi`])]);
    }
    await index.tidy();
    expect(bytes().includes(PLANTED)).toBe(true);
    await index.replace(1, [
      ...planted.slice(1).map((unit) => unitOf(unit, [], { position: 2 })),
      unitOf(planted[0] ?? '', ['wifi'], { position: 2 }),
    ]);
    await index.replace(
      1,
      numbered('call/later', 300).map((unit, i) => unitOf(unit, [wordsOf(5000 + i)])),
    );
    await index.tidy();
    expect(bytes().includes(PLANTED)).toBe(false);
    expect(await index.near(1, [PLANTED])).toEqual([[]]);
    await index.close();
    expect(bytes().includes(PLANTED)).toBe(false);
  });

  it('holds no word of a generation that was dropped', async () => {
    const index = await sqliteSearchIndex({ path });
    const units = numbered('call', 500).map((unit, i) =>
      unitOf(unit, [`${PLANTED}${i} ${wordsOf(i)}`]),
    );
    await index.replace(1, units);
    const others = numbered('call', 10).map((unit) => unitOf(unit, ['wifi']));
    await index.replace(2, others);
    await index.drop(1);
    await index.tidy();
    expect(bytes().includes(PLANTED)).toBe(false);
    expect(await index.count(2, ['wifi'])).toEqual([10]);
    await index.close();
  });

  it('finishes a drop that ended in the middle', () => {
    const units = numbered('call', 20).map((unit) => unitOf(unit, ['wifi']));
    const file = new IndexFile(path);
    new IndexWriter(file).replace([{ generation: 3, units }]);
    file.sql('DELETE FROM generations WHERE generation = 3').run();
    file.close();
    const again = new IndexFile(path);
    new IndexWriter(again).replace([{ generation: 4, units }]);
    const tables = again.sql("SELECT name FROM sqlite_schema WHERE name GLOB '*_3*'").all();
    expect(tables).toEqual([]);
    again.close();
  });

  it('merges away the terms of what was removed, in slices, also after a restart', () => {
    const segments = (of: IndexFile) =>
      Number(of.sql('SELECT count(DISTINCT segid) AS n FROM terms_1_idx').get()?.['n']);
    let file = new IndexFile(path);
    let writer = new IndexWriter(file);
    const units = (from: number) =>
      Array.from({ length: 60 }, (_, i) => unitOf(`call/${from + i}`, [wordsOf(from + i)]));
    for (let i = 0; i < 600; i += 60) writer.replace([{ generation: 1, units: units(i) }]);
    writer.replace([{ generation: 1, units: [unitOf('call/7', [], { position: 2 })] }]);
    expect(segments(file)).toBeGreaterThan(1);
    file.close();
    file = new IndexFile(path);
    writer = new IndexWriter(file);
    while (writer.tidy());
    expect(segments(file)).toBe(1);
    writer.replace([{ generation: 1, units: units(600) }]);
    while (writer.tidy());
    expect(segments(file)).toBe(2);
    writer.replace([{ generation: 1, units: [unitOf('call/8', [], { position: 2 })] }]);
    while (writer.tidy());
    expect(segments(file)).toBe(1);
    file.close();
  });

  it('says that the disk is full, keeps what it has, and works again after', () => {
    const file = new IndexFile(path);
    const writer = new IndexWriter(file);
    const first = [unitOf('call/1', ['wifi code'])];
    writer.replace([{ generation: 1, units: first }]);
    const pages = Number(file.sql('PRAGMA page_count').get()?.['page_count']);
    file.exec(`PRAGMA max_page_count = ${pages + 2}`);
    const units = numbered('call', 400).map((unit, i) => unitOf(unit, [wordsOf(i)]));
    const many = () => writer.replace([{ generation: 1, units }]);
    expect(many).toThrow(expect.objectContaining({ code: 'STORE_FULL' }));
    expect(many).toThrow(expect.objectContaining({ code: 'STORE_FULL' }));
    file.exec('PRAGMA max_page_count = 100000');
    expect(many().outcomes.flat()).toEqual(units.map(() => 'written'));
    const [words] = writer.replace([
      { generation: 1, units: [unitOf('call/1', [], { position: 2 })] },
    ]).words;
    expect(words?.changed).toEqual(
      expect.arrayContaining([
        ['wifi', 0],
        ['code', 0],
      ]),
    );
    file.close();
  });

  it('says that the file is damaged, to whoever reads it and to whoever asks how it is', async () => {
    const before = await sqliteSearchIndex({ path });
    const units = numbered('call', 400).map((unit, i) => unitOf(unit, [wordsOf(i)]));
    await before.replace(1, units);
    await before.tidy();
    await before.close();
    const whole = readFileSync(path);
    // The first pages say which tables there are; a broken disk leaves garbage in the others.
    writeFileSync(path, whole.fill(0xa5, 6 * PAGE_BYTES));
    const index = await sqliteSearchIndex({ path });
    await expect(index.states(1, numbered('call', 400))).rejects.toMatchObject({
      code: 'STORE_CORRUPT',
    });
    await expect(index.answer()).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
    await index.close();
  });

  it('cannot be reached where there is no folder for it', async () => {
    await expect(sqliteSearchIndex({ path: join(folder, 'no/index.db') })).rejects.toMatchObject({
      code: 'SEARCH_INDEX_UNAVAILABLE',
    });
  });

  it('answers with a fault when a thread dies, and with another thread after', async () => {
    const started: Worker[] = [];
    const thread = new IndexThread('write', path, undefined, (data) => {
      const worker = startWorker(data);
      started.push(worker);
      return worker;
    });
    await thread.ask('replace', 1, [unitOf('call/1', ['wifi'])]);
    const units = numbered('call', 5000).map((unit, i) => unitOf(unit, [wordsOf(i)]));
    const interrupted = thread.ask('replace', 1, units).catch((error: unknown) => error);
    await started[0]?.terminate();
    expect(await interrupted).toMatchObject({ code: 'SEARCH_INDEX_UNAVAILABLE' });
    expect(await thread.ask('replace', 1, [unitOf('call/1', ['wifi'])])).toEqual(['written']);
    expect(started).toHaveLength(2);
    await thread.close();
  });

  it('has every unit that was answered before it was killed with -9', async () => {
    const program = fileURLToPath(new URL('./search-index-process.ts', import.meta.url));
    const child = spawn(process.execPath, [...sourceFlags, program, path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const answered: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      answered.push(...line.split(' '));
      if (answered.length === 400) child.kill('SIGKILL');
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    const index = await sqliteSearchIndex({ path });
    const states = await index.states(1, answered);
    expect(states.filter((state) => state?.passages === 1)).toHaveLength(answered.length);
    const { passages } = await index.statistics(1, []);
    expect(passages).toBeGreaterThanOrEqual(answered.length);
    expect(await index.count(1, ['seven', 'owncall/3'])).toEqual([passages, 1]);
    await index.close();
  });

  const tmpfs = {
    name: 'root',
    met: process.getuid?.() === 0,
    reason: 'mounting needs root',
    howToGet: 'run as root',
  };

  itNeeding(tmpfs, 'survives a file system that is really full', async () => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', folder]);
    try {
      const index = await sqliteSearchIndex({ path });
      await index.replace(1, [unitOf('call/1', ['wifi'])]);
      const batches = Array.from({ length: 400 }, (_, i) =>
        numbered(`call/${i}`, 20).map((unit, j) => unitOf(unit, [wordsOf(i * 20 + j)])),
      );
      const outcomes = await Promise.allSettled(batches.map((units) => index.replace(1, units)));
      const failed = outcomes.filter(({ status }) => status === 'rejected');
      expect(failed.length).toBeGreaterThan(0);
      for (const each of failed) expect(each).toMatchObject({ reason: { code: 'STORE_FULL' } });
      expect(await index.find(1, asking('wifi'))).toHaveLength(1);
      execFileSync('mount', ['-o', 'remount,size=64m', folder]);
      expect((await index.replace(1, batches.flat())).every((each) => each === 'written')).toBe(
        true,
      );
      await index.tidy();
      await index.close();
    } finally {
      execFileSync('umount', [folder]);
    }
  });
});
