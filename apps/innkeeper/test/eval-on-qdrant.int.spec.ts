import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { describePeer, type Emulator } from '#libs/testing';

import { processOutside } from '../src/process-outside.js';
import { runWith } from './fake-outside.js';

const COLLECTION = join(import.meta.dirname, '../../../test/fixtures/eval');
const GOAL = 0.9;

describePeer('qdrant', 'a collection that is measured on Qdrant', (peer) => {
  let qdrant: Emulator;
  let folder = '';
  beforeAll(async () => {
    qdrant = await peer.shared();
    folder = await mkdtemp(join(tmpdir(), 'eval-qdrant-'));
  }, 120_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const environment = `measured-${process.pid}`;
  const onQdrant = () => ({
    INNKEEPER_SEARCH_INDEX_KIND: 'qdrant',
    INNKEEPER_QDRANT_URL: `http://${qdrant.host}`,
    INNKEEPER_ENVIRONMENT: environment,
  });

  /** The ten best of each question, in order. */
  const measured = async (settings: Record<string, string>) => {
    const file = join(folder, `${Object.keys(settings).length}.jsonl`);
    const { code, documents } = await runWith(
      ['eval', COLLECTION, '--json', '--hits', file],
      (io) => processOutside(settings, io),
    );
    expect(code).toBe(0);
    const best = new Map<string, string[]>();
    for (const line of (await readFile(file, 'utf8')).trim().split('\n')) {
      const { query, document, start } = JSON.parse(line) as Record<string, string>;
      const hits = best.get(query ?? '') ?? [];
      if (hits.length < 10) hits.push(`${document} ${start}`);
      best.set(query ?? '', hits);
    }
    return { figures: documents[0] as Record<string, number>, best };
  };

  const collections = async (): Promise<readonly string[]> => {
    const response = await fetch(`http://${qdrant.host}/collections`);
    const { result } = (await response.json()) as { result: { collections: { name: string }[] } };
    return result.collections.map(({ name }) => name).filter((name) => name.includes(environment));
  };

  it('finds what SQLite finds, but for one of the best ten in ten, and leaves nothing behind', async () => {
    const [here, there] = [await measured({}), await measured(onQdrant())];
    expect([...there.best.keys()]).toEqual([...here.best.keys()]);
    const overlaps = [...here.best].map(([query, hits]) => {
      const others = there.best.get(query) ?? [];
      const both = hits.filter((hit) => others.includes(hit)).length;
      return both / Math.max(hits.length, others.length);
    });
    expect(overlaps.length).toBeGreaterThan(5);
    expect(overlaps.reduce((sum, each) => sum + each, 0) / overlaps.length).toBeGreaterThanOrEqual(
      GOAL,
    );
    expect(there.figures['recall@10']).toBeGreaterThanOrEqual(
      (here.figures['recall@10'] ?? 1) - 0.02,
    );
    expect(await collections()).toEqual([]);
  }, 120_000);

  it('removes what an evaluation left that was killed a day ago, and nothing younger', async () => {
    const prefix = `innkeeper_${environment}_eval`;
    const [old, young] = [0x0100_0000_0000, Date.now()].map((time) => {
      const hex = time.toString(16).padStart(12, '0');
      return `${prefix}_${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000_1_units`;
    });
    for (const name of [old, young])
      await fetch(`http://${qdrant.host}/collections/${name}`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ sparse_vectors: { none: {} } }),
      });
    await measured(onQdrant());
    expect(await collections()).toEqual([young]);
    await fetch(`http://${qdrant.host}/collections/${young}`, { method: 'DELETE' });
  }, 120_000);
});
