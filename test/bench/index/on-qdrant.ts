import { QdrantClient, type Schemas } from '@qdrant/js-client-rest';

import { qdrantSearchIndex } from '#libs/adapters/qdrant';
import { systemClock } from '#libs/kernel';
import type { IndexedUnit } from '#libs/ports/search-index';
import type { findPeer as FindPeer } from '#libs/testing';

import { beside, median, type Measured } from '../figure.js';
import { unitsOfZipf } from './zipf-passages.js';

/** By its path: the door of the testing library leads through Jest, which is not here. */
const { findPeer } = (await import(
  new URL('../../../libs/testing/src/peers/find-peer.js', import.meta.url).href
)) as { findPeer: typeof FindPeer };

const NAME = 'passages with vectors on Qdrant, 256 units a batch';
const PAIRS = 3;
const BATCH = 256;
/** So few that the engine optimises nothing meanwhile, which would hit one side by chance. */
const BATCHES = 1;
const DIMENSION = 384;
const PREFIX = 'innkeeper_bench';
const COLLECTIONS = ['passages', 'units'] as const;

type Points = Schemas['PointStruct'][];

/** Any direction will do: nothing is asked of it. */
const withVectors = (units: readonly IndexedUnit[]): IndexedUnit[] =>
  units.map((unit) => ({
    ...unit,
    passages: unit.passages.map((passage) => ({ ...passage, vector: anyVector() })),
  }));

const anyVector = (): Float32Array => {
  const vector = Float32Array.from({ length: DIMENSION }, () => Math.random() - 0.5);
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
};

const secondsOf = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
};

/** What our index has made of a batch, as it lies there, to be upserted by anybody. */
class SamePoints {
  constructor(private readonly client: QdrantClient) {}

  /** Collections as ours, with the same indexes, and no rules. */
  async make(): Promise<void> {
    for (const name of COLLECTIONS) {
      const ours = await this.client.getCollection(`${PREFIX}_1_${name}`);
      const { vectors, sparse_vectors: sparse } = ours.config.params;
      await this.client.createCollection(`bare_${name}`, {
        ...(vectors && { vectors }),
        ...(sparse && { sparse_vectors: sparse }),
      });
      const schemas = Object.entries(
        ours.payload_schema as Record<string, { data_type: 'keyword' }>,
      );
      for (const [field_name, { data_type: field_schema }] of schemas)
        await this.client.createPayloadIndex(`bare_${name}`, {
          field_name,
          field_schema,
          wait: true,
        });
    }
  }

  async read(name: string, seen: Set<unknown>): Promise<Points> {
    const { points } = await this.client.scroll(`${PREFIX}_1_${name}`, {
      ...{ limit: 1_000_000, with_payload: true, with_vector: true },
    });
    const added = points.filter(({ id }) => !seen.has(id));
    for (const { id } of added) seen.add(id);
    return added.map(({ id, vector, payload }) => ({
      ...{ id, vector: (vector ?? {}) as Schemas['VectorStruct'] },
      payload: payload ?? {},
    }));
  }

  async upsert(name: string, points: Points): Promise<void> {
    await this.client.upsert(`bare_${name}`, { points, wait: true });
  }
}

const batchesIn = (points: Points): Points[] => {
  const size = Math.ceil(points.length / BATCHES);
  return Array.from({ length: BATCHES }, (_, i) => points.slice(i * size, (i + 1) * size));
};

const measure = async (host: string) => {
  const url = `http://${host}`;
  const ours = qdrantSearchIndex({ url, prefix: PREFIX, clock: systemClock });
  const same = new SamePoints(new QdrantClient({ url, checkCompatibility: false }));
  await ours.begin(1, { dimension: DIMENSION });
  await same.make();
  const seen = new Set<unknown>();
  const pairs: { readonly ours: number; readonly limit: number }[] = [];
  for (let pair = 0; pair <= PAIRS; pair++) {
    const batches = Array.from({ length: BATCHES }, (_, i) =>
      withVectors(unitsOfZipf((pair * BATCHES + i) * BATCH, BATCH, 1)),
    );
    const seconds = await secondsOf(async () => {
      for (const units of batches) await ours.replace(1, units);
    });
    const [passages, units] = [await same.read('passages', seen), await same.read('units', seen)];
    const [passageBatches, unitBatches] = [batchesIn(passages), batchesIn(units)];
    const bare = await secondsOf(async () => {
      for (const [i, batch] of passageBatches.entries()) {
        await same.upsert('passages', batch);
        await same.upsert('units', unitBatches[i] ?? []);
      }
    });
    // The first pair warms up.
    if (pair > 0) pairs.push({ ours: passages.length / seconds, limit: passages.length / bare });
  }
  await ours.close();
  return pairs;
};

/** Given terms and vectors against a bare upsert of the same points. */
export const figuresOnQdrant = async (progress: (text: string) => void): Promise<Measured> => {
  const peer = findPeer('qdrant');
  if (!peer.found) return [{ name: NAME, notRun: `${peer.reason}; ${peer.howToGet}` }];
  progress('starting Qdrant');
  const qdrant = await peer.start();
  try {
    const pairs = await measure(qdrant.host);
    const figure = {
      value: median(pairs.map(({ ours }) => ours)),
      limit: median(pairs.map(({ limit }) => limit)),
      ratio: median(pairs.map(({ ours, limit }) => ours / limit)),
    };
    return [beside(NAME, '/s', figure, 0.6)];
  } finally {
    await qdrant.stop();
  }
};
