import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { QdrantClient } from '@qdrant/js-client-rest';

import { qdrantSearchIndex, type QdrantSearchIndex } from '#libs/adapters/qdrant';
import { randomId, systemClock } from '#libs/kernel';
import { describePeer, type Emulator } from '#libs/testing';
import { asking, foundBy, unitOf } from '#suites/search-index';

import { passageId, passagePayload, unitId, unitPayload } from '../src/points.js';
import { passageVector } from '../src/terms.js';

const HOUR_MS = 3_600_000;
const STRICT = {
  ...{ enabled: true, unindexed_filtering_retrieve: false, unindexed_filtering_update: false },
};

describePeer('qdrant', 'writers and readers of Qdrant that meet', (peer) => {
  let qdrant: Emulator;
  let raw: QdrantClient;
  /** As in processes of their own: they share nothing but the server. */
  let one: QdrantSearchIndex;
  let other: QdrantSearchIndex;
  let later: QdrantSearchIndex;
  let generation = 0;

  beforeAll(async () => {
    qdrant = await peer.shared();
    const open = (now: () => number) =>
      qdrantSearchIndex({
        ...{ url: `http://${qdrant.host}`, prefix: `innkeeper_races_${process.pid}` },
        clock: { now },
      });
    [one, other] = [open(() => systemClock.now()), open(() => systemClock.now())];
    later = open(() => systemClock.now() + HOUR_MS);
    raw = new QdrantClient({ url: `http://${qdrant.host}`, checkCompatibility: false });
  }, 120_000);

  afterAll(async () => {
    for (let each = 1; each <= generation; each++) await one.drop(each);
    for (const each of [one, other, later]) await each.close();
  }, 60_000);

  const names = () => ({
    units: `innkeeper_races_${process.pid}_${generation}_units`,
    passages: `innkeeper_races_${process.pid}_${generation}_passages`,
  });

  /** A unit of three passages that all say the same, so that half of it would be seen. */
  const whole = (position: number, text = 'wifi') =>
    unitOf('call/1', [text, text, `${text} at${position}`], { position });

  /** The first half of a write, as a process leaves it that is killed there. */
  const writePassages = async (position: number, stamp: string): Promise<void> => {
    const unit = whole(position);
    await raw.upsert(names().passages, {
      wait: true,
      points: unit.passages.map((passage, at) => ({
        id: passageId(unit.unit, stamp, at),
        vector: { terms: passageVector(passage.terms) },
        payload: { ...passagePayload(unit, passage, stamp) },
      })),
    });
  };

  describe('writers', () => {
    it('ends with the newest fence, whole, of writers in two processes', async () => {
      generation++;
      const positions = Array.from({ length: 30 }, (_, i) => i + 1);
      const outcomes = await Promise.all(
        positions.flatMap((position) =>
          [one, other].map(async (index) => {
            await new Promise((resolve) => setTimeout(resolve, (position * 7919) % 50));
            return index.replace(generation, [whole(position)]);
          }),
        ),
      );
      expect(outcomes.flat()).toContain('written');
      for (const index of [one, other]) {
        expect(await foundBy({ index, generation }, 'wifi')).toHaveLength(3);
        expect(await foundBy({ index, generation }, 'at30')).toHaveLength(1);
        expect(await index.statistics(generation, [])).toMatchObject({ passages: 3 });
        expect(await index.count(generation, ['wifi', 'at30', 'at29'])).toEqual([1, 1, 0]);
      }
      expect((await raw.count(names().passages)).count).toBe(3);
    });

    it('is not changed by a switch that arrives late', async () => {
      generation++;
      await one.replace(generation, [whole(1)]);
      const [point] = await raw.retrieve(names().units, { ids: [unitId('call/1')] });
      const seen = String(point?.payload?.['stamp']);
      const stamp = randomId(systemClock.now());
      await writePassages(2, stamp);
      await one.replace(generation, [whole(3)]);
      // What the other had sent when it had read the first state.
      await raw.upsert(names().units, {
        ...{ wait: true, update_mode: 'update_only' as unknown as Record<string, unknown> },
        update_filter: { must: [{ key: 'stamp', match: { any: [seen] } }] },
        points: [
          {
            ...{ id: unitId('call/1'), vector: {} },
            payload: { ...unitPayload(whole(2), stamp, seen) },
          },
        ],
      });
      expect(await other.states(generation, ['call/1'])).toMatchObject([
        { fence: { position: 3 } },
      ]);
      expect(await foundBy({ index: other, generation }, 'wifi')).toHaveLength(3);
      expect(await foundBy({ index: other, generation }, 'at2')).toEqual([]);
    });

    it('writes again when the collections were dropped from under it', async () => {
      generation++;
      await one.replace(generation, [whole(1)]);
      await other.drop(generation);
      expect(await one.replace(generation, [whole(1)])).toEqual(['written']);
      expect(await foundBy({ index: one, generation }, 'wifi')).toHaveLength(3);
    });
  });

  describe('readers', () => {
    it('wait for collections that somebody is making just now', async () => {
      generation++;
      // As they are between their first request and their last.
      const config = { sparse_vectors: { terms: {} }, strict_mode_config: STRICT };
      for (const name of Object.values(names())) await raw.createCollection(name, config);
      const asked = Promise.all([
        other.find(generation, asking('wifi')),
        other.statistics(generation, [{ field: 'word', term: 1 }]),
        other.count(generation, ['wifi']),
        other.states(generation, ['call/1']),
        other.unitsOf(generation, ['call/1']),
        other.list(generation, { limit: 3 }),
      ]);
      // What they ask meanwhile is refused by the server at first.
      const [written] = await Promise.all([one.replace(generation, [whole(1)]), asked]);
      expect(written).toEqual(['written']);
      expect(await foundBy({ index: other, generation }, 'wifi')).toHaveLength(3);
    });

    it('shows nothing of a write that was never switched, and sweeps it', async () => {
      generation++;
      await one.replace(generation, [whole(1)]);
      await writePassages(2, randomId(systemClock.now()));
      const seen = async () => ({
        found: (await other.find(generation, asking('wifi'))).length,
        limited: (await other.find(generation, asking('wifi', { limit: 3 }))).length,
        newer: (await other.find(generation, asking('at2'))).length,
      });
      expect(await seen()).toEqual({ found: 3, limited: 3, newer: 0 });
      expect(await other.statistics(generation, [])).toMatchObject({ passages: 3 });
      await one.tidy();
      // It may still be on its way.
      expect((await raw.count(names().passages)).count).toBe(6);
      await later.tidy();
      expect((await raw.count(names().passages)).count).toBe(3);
      expect(await seen()).toEqual({ found: 3, limited: 3, newer: 0 });
    });

    it('finds all passages of a unit or none while it is replaced', async () => {
      generation++;
      await one.replace(generation, [whole(1)]);
      let isOver = false;
      const seen = new Set<number>();
      const looking = (async () => {
        while (!isOver) seen.add((await other.find(generation, asking('wifi'))).length);
      })();
      for (let position = 2; position <= 40; position++)
        await one.replace(generation, [whole(position, position % 4 === 0 ? 'other' : 'wifi')]);
      isOver = true;
      await looking;
      expect([...seen].filter((count) => count !== 3 && count !== 0)).toEqual([]);
      expect(seen).toContain(3);
    });
  });
});
