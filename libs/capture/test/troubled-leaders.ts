import { composeCapture, type Capture, type FollowedGroups } from '#libs/capture';
import type { FeedEntry } from '#libs/contracts';
import type { JsonObject } from '#libs/kernel';
import type { ChangeFeed, ScanRequest } from '#libs/ports/change-feed';
import {
  keyOf,
  MemoryCollection,
  MemoryFeed,
  openEmbedded,
  type EmbeddedParts,
} from '#libs/testing';

import {
  FEED,
  feedOn,
  GROUP_FIELD,
  message,
  messages,
  RecordingBus,
  Rooms,
  watched,
} from './capture-world.js';

/** What befalls a collection and who follows it. `after`: so many steps of a leader later. */
export type Trouble = { readonly after: number } & (
  | { readonly is: 'write'; readonly id: string; readonly room: string; readonly msg: string }
  | {
      readonly is: 'remove' | 'hide' | 'show' | 'touch' | 'break' | 'mend' | 'want';
      readonly id: string;
    }
  | { readonly is: 'system'; readonly id: string }
  | { readonly is: 'room'; readonly room: string }
  | {
      readonly is:
        'crash' | 'pause' | 'away' | 'history_lost' | 'dropped' | 'restored' | 'resnapshot';
    }
);

export const ROOMS = ['r1', 'r2', 'r3'] as const;

/** What one leader has of the world; its process can die and stand still at each call of a port. */
class TroubledLeader {
  readonly ending = new AbortController();
  isDead = false;
  #paused: Promise<void> | undefined;
  #wake: (() => void) | undefined;

  constructor(readonly term: number) {}

  die(): void {
    this.isDead = true;
  }

  pause(): void {
    const waking = Promise.withResolvers<void>();
    this.#paused = waking.promise;
    this.#wake = waking.resolve;
  }

  wake(): void {
    this.#paused = undefined;
    this.#wake?.();
  }

  async point(): Promise<void> {
    if (this.#paused) await this.#paused;
    if (this.isDead) await new Promise(() => undefined);
  }
}

/** So many steps a leader that stood still comes late. */
const LATE = 9;

/**
 * Real documents, a collection in memory and leaders, of which each call of a port is two steps: before it is made and
 * before its answer arrives.
 */
export class TroubledWorld {
  readonly collection = new MemoryCollection();
  readonly rooms = new Rooms('r1', 'r2');
  readonly bus = new RecordingBus();
  readonly #settled = Promise.withResolvers<void>();
  readonly #leaders: TroubledLeader[] = [];
  readonly #coming: { steps: number; happen: () => void }[] = [];
  readonly #orders: Promise<void>[] = [];
  readonly #broken = new Set<string>();
  readonly #left: Trouble[];
  #waited = 0;
  #befallen = 0;
  #seen = 0;
  #era = 1;
  #isOver = false;

  private constructor(
    private readonly parts: EmbeddedParts,
    troubles: readonly Trouble[],
    private readonly plant: (parts: EmbeddedParts) => EmbeddedParts,
  ) {
    this.#left = [...troubles];
  }

  static async run(
    troubles: readonly Trouble[],
    check: (world: TroubledWorld) => Promise<void>,
    plant: (parts: EmbeddedParts) => EmbeddedParts = (parts) => parts,
  ): Promise<void> {
    const parts = await openEmbedded();
    const world = new TroubledWorld(parts, troubles, plant);
    try {
      world.#lead();
      await world.#settled.promise;
      world.#end();
      await Promise.all(world.#orders);
      await check(world);
    } finally {
      world.#end();
      await parts.close();
    }
  }

  get documents(): EmbeddedParts['documents'] {
    return this.parts.documents;
  }

  pass(ms: number): void {
    this.parts.clock.pass(ms);
  }

  removals(): Capture['removals'] {
    return this.#operator().removals;
  }

  /** What the log must say in the end: each message that is there, in a room that is followed. */
  expected(): ReadonlyMap<string, JsonObject> {
    const there = [...this.collection.state().documents.values()].filter(
      (document) =>
        messages.standing(document, {}) === 'there' &&
        this.rooms.follows(document[GROUP_FIELD] as string),
    );
    return new Map(there.map((document) => [document['_id'] as string, document]));
  }

  #operator(): Capture {
    return composeCapture({
      ...this.parts,
      feeds: [feedOn(new MemoryFeed(this.collection))],
      bus: this.bus,
      sleep: () => Promise.resolve(),
    });
  }

  #lead(): void {
    const leader = new TroubledLeader(this.#leaders.length + 1);
    this.#leaders.push(leader);
    const parts = this.plant(this.parts);
    const groups: FollowedGroups = this.#stepwise(leader, this.rooms);
    const memory = new MemoryFeed(this.collection, {
      groupField: GROUP_FIELD,
      fields: ['rid', 'msg', '_hidden', 't', '_updatedAt', 'reads'],
      quietFields: ['_updatedAt', 'reads'],
    });
    const feed = watched(inSmallPages(this.#stepwise(leader, memory)), () => this.#idle(leader));
    const capture = composeCapture({
      feeds: [feedOn(feed, { groups })],
      documents: this.#stepwise(leader, parts.documents),
      bus: this.#stepwise(leader, this.bus),
      log: this.#stepwise(leader, {
        head: async () => ({ era: this.#era, position: 1, hash: new Uint8Array() }),
      }),
      keys: this.#stepwise(leader, parts.keys),
      hash: parts.hash,
      clock: parts.clock,
      sleep: () => this.#rest(leader),
    });
    void capture.follow(FEED, { term: leader.term, signal: leader.ending.signal });
  }

  /** Who was followed by another waits until it dies; who has a failure tries again. */
  async #rest(leader: TroubledLeader): Promise<void> {
    await this.#step(leader);
    if (leader !== this.#leaders.at(-1)) await new Promise(() => undefined);
  }

  #stepwise<T extends object>(leader: TroubledLeader, port: T): T {
    return new Proxy(port, {
      get: (target, method) => {
        const value: unknown = Reflect.get(target, method);
        if (typeof value !== 'function') return value;
        return async (...args: unknown[]): Promise<unknown> => {
          await this.#step(leader);
          const answer: unknown = await (value as (...all: unknown[]) => unknown).apply(
            target,
            args,
          );
          await this.#step(leader);
          // A stream that was opened is a port, too.
          return method === 'open' ? this.#stepwise(leader, answer as object) : answer;
        };
      },
    });
  }

  async #step(leader: TroubledLeader): Promise<void> {
    if (!this.#isOver && leader === this.#leaders.at(-1)) this.#pass();
    await leader.point();
  }

  #pass(): void {
    for (const { steps, happen } of this.#coming.splice(0)) {
      if (steps <= 1) happen();
      else this.#coming.push({ steps: steps - 1, happen });
    }
    const [next] = this.#left;
    this.#waited += 1;
    if (!next || this.#waited < next.after) return;
    this.#left.shift();
    this.#waited = 0;
    this.#befall(next);
  }

  /** Nothing is left to do for the newest leader: the next thing happens, or it is over. */
  async #idle(leader: TroubledLeader): Promise<void> {
    if (leader !== this.#leaders.at(-1) || leader.isDead) return new Promise(() => undefined);
    const next = this.#left.shift() ?? this.#mendAll();
    if (next) this.#befall(next);
    const isComing = this.#coming.length > 0;
    for (const { happen } of this.#coming.splice(0)) happen();
    await Promise.all(this.#orders.splice(0));
    // Who was late writes what it still has.
    if (isComing) await new Promise((resolve) => setTimeout(resolve, 1));
    // What happened since it was idle before, it has not seen yet.
    if (!next && !isComing && this.#befallen === this.#seen) this.#settled.resolve();
    this.#seen = this.#befallen;
  }

  /** In the end everything can be read, and was asked for. */
  #mendAll(): Trouble | undefined {
    this.collection.create();
    this.collection.back();
    if (this.#broken.size === 0) return undefined;
    for (const id of this.#broken) this.collection.mendDocument(id);
    this.#broken.clear();
    return { after: 0, is: 'resnapshot' };
  }

  #befall(trouble: Trouble): void {
    this.#befallen += 1;
    const { collection } = this;
    const newest = this.#leaders.at(-1);
    switch (trouble.is) {
      case 'write':
        return void collection.write(message(trouble.id, trouble.room, trouble.msg));
      case 'remove':
        return collection.remove(trouble.id);
      case 'hide':
        return collection.change(trouble.id, { _hidden: true });
      case 'show':
        return collection.change(trouble.id, { _hidden: false });
      case 'system':
        return collection.change(trouble.id, { t: 'system' });
      case 'touch':
        return collection.change(trouble.id, {
          _updatedAt: this.#waited,
          reads: this.#left.length,
        });
      case 'break':
        this.#broken.add(trouble.id);
        return collection.breakDocument(trouble.id);
      case 'mend':
        return collection.mendDocument(trouble.id);
      case 'want':
        return this.#order((capture) =>
          capture.want([{ source: 'rocketchat', entity: FEED, id: trouble.id }]),
        );
      case 'resnapshot':
        return this.#order((capture) => capture.resnapshot(FEED));
      case 'room':
        return this.rooms.turn(trouble.room);
      case 'away':
        collection.away();
        return void this.#coming.push({ steps: LATE, happen: () => collection.back() });
      case 'history_lost':
        return collection.loseHistory();
      case 'dropped':
        collection.drop();
        return collection.create();
      case 'restored':
        this.#era += 1;
        this.bus.published = this.bus.published.slice(0, this.bus.published.length >> 1);
        newest?.die();
        return this.#lead();
      case 'crash':
        newest?.die();
        return this.#lead();
      case 'pause':
        newest?.pause();
        this.#coming.push({ steps: LATE, happen: () => newest?.wake() });
        return this.#lead();
    }
  }

  #order(give: (capture: Capture) => Promise<void>): void {
    this.#orders.push(give(this.#operator()));
  }

  #end(): void {
    this.#isOver = true;
    for (const leader of this.#leaders) {
      leader.die();
      leader.ending.abort();
    }
  }
}

/** Six documents are several chunks. */
const inSmallPages = (feed: ChangeFeed): ChangeFeed =>
  new Proxy(feed, {
    get(target, method) {
      if (method === 'scan') return (request: ScanRequest) => target.scan({ ...request, limit: 2 });
      const value: unknown = Reflect.get(target, method);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });

const before = (one: FeedEntry, other: FeedEntry): number =>
  one.at.t - other.at.t || one.at.i - other.at.i;

/** The states of each entity as the log orders them. The same moment twice must be the same bytes. */
export const toldStates = (
  entries: readonly FeedEntry[],
): ReadonlyMap<string, readonly FeedEntry[]> => {
  const states = new Map<string, Map<string, FeedEntry>>();
  for (const entry of entries) {
    const of = states.get(entry.id) ?? new Map<string, FeedEntry>();
    const at = keyOf({ ...entry.at });
    const known = of.get(at);
    if (known && JSON.stringify(known) !== JSON.stringify(entry))
      throw new Error(`two states of ${entry.id} at ${at}`);
    of.set(at, entry);
    states.set(entry.id, of);
  }
  return new Map([...states].map(([id, of]) => [id, [...of.values()].sort(before)]));
};

/** What quiet fields say is not told by itself. */
export const loud = ({ _updatedAt, reads: _reads, ...document }: JsonObject): JsonObject =>
  document;
