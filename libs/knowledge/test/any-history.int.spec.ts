import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';

import { sqliteSearchIndex, type SqliteSearchIndex } from '#libs/adapters/sqlite';
import type { KindName } from '#libs/catalog';
import type { KnowledgeParts } from '#libs/knowledge';
import { MemorySearchIndex } from '#libs/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { CHAT_AT, dyingAt, IndexingWorld } from './indexing-world.js';

/** One file for all histories: to open one takes longer than most histories. */
let folder: string;
let onDisk: SqliteSearchIndex;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'innkeeper-history-'));
  onDisk = await sqliteSearchIndex({ path: join(folder, 'index.db') });
});
afterAll(async () => {
  await onDisk.close();
  rmSync(folder, { recursive: true });
});

const inMemory = (): KnowledgeParts['index'] => new MemorySearchIndex();

describe.each([
  ['in memory', inMemory, 60],
  ['on SQLite', () => onDisk, 25],
] as const)('the index after any history, %s', (_, openIndex, numRuns) => {
  it('says what the records say, whatever changed, moved or was erased, and whoever died', () =>
    fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const index = openIndex();
        // The live one of the history before, and the one that it was compared with.
        for (const generation of [1, 2]) await index.drop(generation);
        const world = await IndexingWorld.open({}, index);
        const heard = new SignalsOf(world);
        for (const one of steps) await heard.take(one);
        await heard.all();
        expect(await world.differing()).toEqual([]);
        await world.parts.close();
      }),
      { numRuns },
    ));
});

const step = fc.record({
  what: fc.constantFrom(
    ...['write', 'write', 'erase', 'delete', 'index', 'beside', 'late'],
    ...['say', 'say', 'answer', 'unsay', 'forget'],
  ),
  id: fc.constantFrom('m1', 'm2', 'm3'),
  talk: fc.constantFrom('guesty.main.talk', 'guesty.main.other'),
  call: fc.integer({ min: 1, max: 60 }),
});
const isOfChat = (what: string): boolean => ['say', 'answer', 'unsay', 'forget'].includes(what);

type HistoryStep = typeof step extends fc.Arbitrary<infer Step> ? Step : never;

const HOUR_MS = 3_600_000;

const pointerOf = (record: string): { readonly kind: KindName; readonly id: string } => {
  const [kind = '', id = ''] = record.split('/');
  return { kind: kind as KindName, id };
};
const pointersOf = (records: readonly string[]) => records.map(pointerOf);

/** What changed and was not indexed yet. Signals come in any order, twice, and long after. */
class SignalsOf {
  readonly #unheard = new Set<string>();
  readonly #told: string[] = [];
  readonly #working: Promise<unknown>[] = [];

  constructor(private readonly world: IndexingWorld) {}

  async take({ what, id, talk, call }: HistoryStep): Promise<void> {
    if (what === 'index') return this.#indexUnlessDead([...this.#unheard].reverse(), call);
    if (what === 'beside') return this.#indexBeside(call);
    if (what === 'late') return this.#repeat(call);
    const record = isOfChat(what) ? `chat_message/${id}` : `guest_message/${id}`;
    await this.#change(what, id, talk, call);
    this.#unheard.add(record);
    this.#told.push(record);
  }

  async #change(what: string, id: string, talk: string, call: number): Promise<void> {
    const { world } = this;
    if (what === 'erase') return world.erase('guest_message', id);
    if (what === 'write') return world.message(id, `${what} ${call}`, talk);
    if (what === 'delete') return world.put('guest_message', id, { deletedAt: 9_000 });
    if (what === 'forget') return world.erase('chat_message', id);
    if (what === 'unsay') return world.chat(id, undefined);
    const place = { room: talk, at: CHAT_AT + (call % 2) * HOUR_MS };
    // Also to itself, to each other, and to a message that nobody knows.
    const thread = what === 'answer' ? `m${call % 5}` : undefined;
    return world.chat(id, `${what} ${call}`, { ...place, thread });
  }

  /** Who still works may be the last to write. */
  async all(): Promise<void> {
    const last = this.world.knowledge.indexRecords(pointersOf([...this.#unheard]));
    await Promise.all([...this.#working, last]);
  }

  /** Another process that works while more happens, and stands still for a moment before each of its writes. */
  #indexBeside(turns: number): void {
    const slow = this.world.start(({ index }) => ({ index: slowly(index, turns) }));
    this.#working.push(slow.indexRecords(pointersOf([...this.#unheard])));
    this.#unheard.clear();
  }

  /** A signal that the bus delivers again. */
  async #repeat(which: number): Promise<void> {
    const record = this.#told[which % Math.max(1, this.#told.length)];
    if (record === undefined) return;
    const { kind, id } = pointerOf(record);
    const signal = this.world.signal(kind, id, which * 500);
    await this.world.knowledge.takeSignals([signal, signal]);
  }

  async #indexUnlessDead(ids: readonly string[], call: number): Promise<void> {
    const dying = dyingAt(call);
    const indexer = this.world.start(({ index, documents }) => ({
      index: dying.wrap(index),
      documents: dying.wrap(documents),
    }));
    const ended = await Promise.race([indexer.indexRecords(pointersOf(ids)), dying.died]);
    if (ended !== 'died') for (const id of ids) this.#unheard.delete(id);
  }
}

const slowly = (index: KnowledgeParts['index'], turns: number): KnowledgeParts['index'] =>
  new Proxy(index, {
    get(target, method) {
      const value: unknown = Reflect.get(target, method);
      if (typeof value !== 'function') return value;
      return async (...args: unknown[]) => {
        if (method === 'replace') for (let i = 0; i < turns; i++) await setImmediate();
        return Reflect.apply(value, target, args) as unknown;
      };
    },
  });
