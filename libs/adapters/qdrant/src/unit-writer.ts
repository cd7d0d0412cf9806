import { setTimeout as delay } from 'node:timers/promises';

import type { Schemas } from '@qdrant/js-client-rest';

import { backoffDelay, fault, randomId } from '#libs/kernel';
import { checkVector, type IndexedUnit, type UnitFence } from '#libs/ports/search-index';

import { TERMS, unlessAbsent, type Collections } from './collections.js';
import { AbsentCollection } from './faults.js';
import { anyOf } from './filters.js';
import { KeptVectors } from './kept-vectors.js';
import { passageId, passagePayload, unitId, unitPayload, type UnitPayload } from './points.js';
import type { QdrantServer } from './server.js';
import { passageVector } from './terms.js';
import { readUnits } from './unit-points.js';
import type { WriteOutcome } from './write-queue.js';

export interface UnitWriterParts {
  readonly server: QdrantServer;
  readonly collections: Collections;
  readonly now: () => number;
}

/** Points of one request, and numbers in it: some 8 MB. */
const MOST_POINTS = 500;
const MOST_NUMBERS = 800_000;
const UNITS_AT_ONCE = 256;
const MOST_ROUNDS = 40;
const BACKOFF = { first: 20, most: 1_000 };

type StandingUnit = Pick<UnitPayload, 'fence' | 'stamp' | 'before'>;

/** Everything that one batch says of one unit, in order. */
interface UnitTurns {
  readonly unit: string;
  readonly turns: readonly { readonly at: number; readonly unit: IndexedUnit }[];
}

/** A unit on its way: its passages carry the stamp, and count from when the unit's point names it. */
interface UnitPlan extends UnitTurns {
  readonly newest: IndexedUnit;
  readonly stamp: string;
  readonly before: StandingUnit | undefined;
  readonly isThere: boolean;
}

/**
 * Writes units over older ones. Passages come first, under a stamp of their own that nobody has seen. Then the
 * unit's point is switched to it, if it still is as it was read. Where there was none this is `insert_only`. Else it is
 * `update_only`, with a filter for the stamp that was read. Stamps never come again, so of those who write at once one
 * wins, and a request that arrives late changes nothing. Who lost reads again, and compares fences again.
 */
export class UnitWriter {
  /** Stamps that count no more, whose passages are still to be removed. */
  readonly #dead = new Set<string>();

  constructor(
    private readonly parts: UnitWriterParts,
    private readonly generation: number,
  ) {}

  async write(units: readonly IndexedUnit[]): Promise<readonly WriteOutcome[]> {
    await this.#checkVectors(units);
    const outcomes: WriteOutcome[] = [];
    for (let from = 0; from < units.length; from += UNITS_AT_ONCE)
      outcomes.push(...(await this.#writePart(units.slice(from, from + UNITS_AT_ONCE))));
    return outcomes;
  }

  async #checkVectors(units: readonly IndexedUnit[]): Promise<void> {
    const vectors = units.flatMap(({ passages }) => passages.flatMap(({ vector }) => vector ?? []));
    if (vectors.length === 0) return;
    const { dimension } = await this.parts.collections.ready(this.generation);
    for (const vector of vectors) checkVector(vector, dimension);
  }

  async #writePart(units: readonly IndexedUnit[]): Promise<readonly WriteOutcome[]> {
    const outcomes = units.map((): WriteOutcome => 'stale');
    let open: readonly (UnitTurns & Partial<UnitPlan>)[] = byUnit(units);
    for (let round = 1; open.length > 0; round++) {
      if (round > MOST_ROUNDS)
        throw fault('SEARCH_INDEX_UNAVAILABLE', { details: { reason: 'writes do not settle' } });
      if (round > 2) await delay(backoffDelay(BACKOFF, round - 2));
      open = await this.#round(open, outcomes).catch((error: unknown) => {
        unlessAbsent(error);
        this.parts.collections.forget(this.generation);
        return open.map(({ unit, turns }) => ({ unit, turns }));
      });
    }
    await this.#removeDead();
    return outcomes;
  }

  /** Gives back what must be tried again. */
  async #round(
    open: readonly (UnitTurns & Partial<UnitPlan>)[],
    outcomes: WriteOutcome[],
  ): Promise<readonly (UnitTurns & Partial<UnitPlan>)[]> {
    await this.parts.collections.ready(this.generation);
    const standing = await this.#standing(open);
    const plans: UnitPlan[] = [];
    for (const [i, each] of open.entries()) {
      const now = standing[i];
      const stamp = each.stamp ?? randomId(this.parts.now());
      // It came after all, and is overwritten already.
      if (now?.before === stamp) continue;
      const before = now?.stamp === stamp ? each.before : now;
      const newest = decide(each.turns, now?.fence, outcomes);
      if (newest) plans.push({ ...each, newest, stamp, before, isThere: each.isThere ?? false });
      // Its point has moved on from where we could have switched it: that will never happen now.
      else if (each.isThere) this.#dead.add(stamp);
    }
    await this.#putPassages(plans.filter(({ isThere }) => !isThere));
    await this.#switch(plans);
    return this.#settled(plans.map((plan) => ({ ...plan, isThere: true })));
  }

  #standing(units: readonly { readonly unit: string }[]) {
    const names = units.map(({ unit }) => unit);
    return readUnits(this.parts, this.generation, names, ['fence', 'stamp', 'before']);
  }

  async #putPassages(plans: readonly UnitPlan[]): Promise<void> {
    const vectors = await KeptVectors.beside(this.parts, this.generation, plans);
    const points = plans.flatMap(({ newest, stamp }) =>
      newest.passages.map((passage, at): Schemas['PointStruct'] => ({
        id: passageId(newest.unit, stamp, at),
        vector: {
          ...(hasTerms(passage.terms) && { [TERMS]: passageVector(passage.terms) }),
          ...vectors.of(newest.unit, passage),
        },
        payload: {
          ...passagePayload(newest, passage, stamp),
          ...vectors.mark(newest.unit, passage),
        },
      })),
    );
    const { passages: name } = this.parts.collections.names(this.generation);
    for (const part of partsOf(points))
      await this.parts.server.write((client) => client.upsert(name, { points: part, wait: true }));
  }

  async #switch(plans: readonly UnitPlan[]): Promise<void> {
    const { units: name } = this.parts.collections.names(this.generation);
    const { server } = this.parts;
    const added = plans.filter(({ before }) => !before);
    const replaced = plans.filter(({ before }) => before);
    const stamps = replaced.map(({ before }) => before?.stamp ?? '');
    // Replicas must agree on who was first.
    const strictly = { wait: true, ordering: 'strong' } as const;
    if (added.length > 0)
      await server.write((client) =>
        client.upsert(name, {
          ...{ ...strictly, points: added.map(unitPoint) },
          update_mode: 'insert_only' as unknown as Record<string, unknown>,
        }),
      );
    // A stamp stands at one unit alone, so one filter holds for each of them.
    if (replaced.length > 0)
      await server.write((client) =>
        client.upsert(name, {
          ...{ ...strictly, points: replaced.map(unitPoint) },
          update_mode: 'update_only' as unknown as Record<string, unknown>,
          update_filter: { must: [anyOf('stamp', stamps)] },
        }),
      );
  }

  /** Reads back who won, and counts what the winners wrote: an answer of the server alone proves neither. */
  async #settled(plans: readonly UnitPlan[]): Promise<readonly (UnitTurns & Partial<UnitPlan>)[]> {
    const standing = await this.#standing(plans);
    const again: (UnitTurns & Partial<UnitPlan>)[] = [];
    const won: UnitPlan[] = [];
    for (const [i, plan] of plans.entries()) {
      const now = standing[i];
      if (now?.stamp === plan.stamp) won.push(plan);
      else if (now?.before !== plan.stamp) again.push(plan);
      if (now && (now.stamp === plan.stamp || now.before === plan.stamp) && plan.before)
        this.#dead.add(plan.before.stamp);
    }
    const lacking = await this.#lacking(won);
    return [...again, ...lacking.map(({ unit, turns }) => ({ unit, turns }))];
  }

  /** Those of which passages are missing: their collection was dropped in between, or they were swept. */
  async #lacking(won: readonly UnitPlan[]): Promise<readonly UnitPlan[]> {
    const { passages: name } = this.parts.collections.names(this.generation);
    const count = async (plans: readonly UnitPlan[]) => {
      const filter = {
        must: [
          anyOf(
            'stamp',
            plans.map(({ stamp }) => stamp),
          ),
        ],
      };
      return this.parts.server.read((client) => client.count(name, { filter, exact: true }));
    };
    const expected = (plans: readonly UnitPlan[]) =>
      plans.reduce((sum, { newest }) => sum + newest.passages.length, 0);
    const written = won.filter(({ newest }) => newest.passages.length > 0);
    if (written.length === 0 || (await count(written)).count === expected(written)) return [];
    const lacking: UnitPlan[] = [];
    for (const plan of written)
      if ((await count([plan])).count !== expected([plan])) lacking.push(plan);
    // Who was overwritten meanwhile lacks nothing: those passages were removed by rights.
    const standing = await this.#standing(lacking);
    return lacking.filter(({ stamp }, i) => standing[i]?.stamp === stamp);
  }

  /** What fails stays in the list, and goes with the next write. */
  async #removeDead(): Promise<void> {
    const stamps = [...this.#dead];
    if (stamps.length === 0) return;
    const { passages: name } = this.parts.collections.names(this.generation);
    try {
      await this.parts.server.write((client) =>
        client.delete(name, { filter: { must: [anyOf('stamp', stamps)] }, wait: true }),
      );
    } catch (error) {
      if (!(error instanceof AbsentCollection)) throw error;
    }
    for (const stamp of stamps) this.#dead.delete(stamp);
  }
}

const hasTerms = (terms: Readonly<Record<string, readonly number[]>>): boolean =>
  Object.values(terms).some(({ length }) => length > 0);

const unitPoint = ({ newest, stamp, before }: UnitPlan): Schemas['PointStruct'] => ({
  id: unitId(newest.unit),
  vector: {},
  payload: { ...unitPayload(newest, stamp, before?.stamp ?? '') },
});

const byUnit = (units: readonly IndexedUnit[]): UnitTurns[] => {
  const turns = new Map<string, { at: number; unit: IndexedUnit }[]>();
  for (const [at, unit] of units.entries()) {
    const known = turns.get(unit.unit);
    if (known) known.push({ at, unit });
    else turns.set(unit.unit, [{ at, unit }]);
  }
  return [...turns].map(([unit, own]) => ({ unit, turns: own }));
};

/** Goes through what a batch says of a unit, as if each were written; what stands at the end is written. */
const decide = (
  turns: UnitTurns['turns'],
  standing: UnitFence | undefined,
  outcomes: WriteOutcome[],
): IndexedUnit | undefined => {
  let fence = standing;
  let newest: IndexedUnit | undefined;
  for (const { at, unit } of turns) {
    const isStale = fence !== undefined && compareFences(unit.fence, fence) < 0;
    outcomes[at] = isStale ? 'stale' : 'written';
    if (isStale) continue;
    newest = unit;
    fence = unit.fence;
  }
  return newest;
};

const compareFences = (a: UnitFence, b: UnitFence): number =>
  a.generation - b.generation || a.era - b.era || a.position - b.position;

const partsOf = (points: readonly Schemas['PointStruct'][]): Schemas['PointStruct'][][] => {
  const parts: Schemas['PointStruct'][][] = [];
  let numbers = Infinity;
  for (const point of points) {
    const size = sizeOf(point);
    const last = parts.at(-1);
    if (last && last.length < MOST_POINTS && numbers + size <= MOST_NUMBERS) last.push(point);
    else parts.push([point]);
    numbers = parts.at(-1)?.length === 1 ? size : numbers + size;
  }
  return parts;
};

const sizeOf = ({ vector, payload }: Schemas['PointStruct']): number => {
  const { terms, meaning } = vector as {
    readonly terms?: { readonly indices: readonly number[] };
    readonly meaning?: readonly number[];
  };
  const { scope = [], audience = [] } = payload as Partial<Record<string, readonly unknown[]>>;
  return (
    4 * (terms?.indices.length ?? 0) +
    2 * (meaning?.length ?? 0) +
    8 * (scope.length + audience.length) +
    64
  );
};
