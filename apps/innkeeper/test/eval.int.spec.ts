import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from '@jest/globals';

import { processOutside } from '../src/process-outside.js';
import { runWith } from './fake-outside.js';

const COLLECTION = join(import.meta.dirname, '../../../test/fixtures/eval');

let folder = '';
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'eval-spec-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));

const run = (...words: string[]) => runWith(words, (io) => processOutside({}, io));

interface WrittenHit {
  readonly query: string;
  readonly document: string;
  readonly start: number;
  readonly end: number;
  readonly score: number;
}

const linesIn = async <T>(file: string): Promise<readonly T[]> =>
  (await readFile(file, 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);

test('answers the questions of a collection, each from the home it is about', async () => {
  const { code, documents } = await run('eval', COLLECTION, '--json');
  expect(code).toBe(0);
  const [figures] = documents as [Record<string, number>];
  expect(Object.keys(figures)).toEqual(
    expect.arrayContaining([
      ...['ndcg@10', 'recall@5', 'recall@10', 'recall@100', 'mrr@10', 'r@1', 'outside@10'],
      ...['msPerQuery', 'expects'],
    ]),
  );
  expect(figures['recall@10']).toBeGreaterThanOrEqual(0.9);
  expect(figures['r@1']).toBeGreaterThanOrEqual(0.8);
  expect(figures['outside@10']).toBe(0);
  expect(figures['scope']).toMatchObject({ decided: 1 });
  expect(figures['expects']).toMatchObject({ ask: { answered: 0 } });
});

test('writes every hit with its place in the text, best first, and none that the staff may not read', async () => {
  const file = join(folder, 'hits.jsonl');
  expect((await run('eval', COLLECTION, '--hits', file)).code).toBe(0);
  const hits = await linesIn<WrittenHit>(file);
  const texts = new Map(
    (await linesIn<{ _id: string; text: string }>(join(COLLECTION, 'corpus.jsonl'))).map(
      ({ _id, text }) => [_id, text],
    ),
  );
  expect(hits.length).toBeGreaterThan(10);
  for (const [i, { document, end, query, score, start }] of hits.entries()) {
    expect(texts.get(document)?.slice(start, end).trim()).not.toBe('');
    expect(end).toBeLessThanOrEqual(texts.get(document)?.length ?? 0);
    if (hits[i - 1]?.query === query) expect(score).toBeLessThanOrEqual(hits[i - 1]?.score ?? 0);
  }
  expect(hits.map(({ document }) => document)).not.toContain('board-1');
});

test('says in which line of which file something is wrong, and exits 2', async () => {
  const broken = join(folder, 'broken');
  await cp(COLLECTION, broken, { recursive: true });
  const queries = join(broken, 'queries.jsonl');
  await writeFile(queries, '{"_id":"1","text":"well"}\n{"_id":"2","turns":[]}\n');
  const { code, err } = await run('eval', broken);
  expect(code).toBe(2);
  expect(err).toContain(queries);
  expect(err).toContain('line=2');
});

test('says which file is missing, and exits 2', async () => {
  const { code, err } = await run('eval', join(folder, 'nowhere'));
  expect(code).toBe(2);
  expect(err).toContain('corpus.jsonl is missing');
});

test('leaves no index behind', async () => {
  const { TMPDIR } = process.env;
  process.env['TMPDIR'] = folder;
  try {
    await run('eval', COLLECTION, '--json');
  } finally {
    if (TMPDIR === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = TMPDIR;
  }
  expect((await readdir(folder)).filter((name) => name.startsWith('innkeeper-eval-'))).toEqual([]);
});
