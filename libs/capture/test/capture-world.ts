import { decodeDelivery, type Delivery, type FeedDelivery, type FeedEntry } from '#libs/contracts';
import { composeCapture, type Capture, type FollowedFeed, type GroupRule } from '#libs/capture';
import { textOf, type JsonObject } from '#libs/kernel';
import type { Bus } from '#libs/ports/bus';
import type { ChangeFeed } from '#libs/ports/change-feed';
import type { Documents } from '#libs/ports/documents';
import { MemoryCollection, MemoryFeed, openEmbedded, type EmbeddedParts } from '#libs/testing';

export const GROUP_FIELD = 'rid';
export const FEED = 'chat_message';

export const message = (
  id: string,
  rid: string,
  msg: string,
  more: JsonObject = {},
): JsonObject => ({
  _id: id,
  rid,
  msg,
  ...more,
});

/** Which rooms are followed. A change makes another rule, as the real one does. */
export class Rooms {
  #followed: ReadonlySet<string>;
  #rule: GroupRule;

  constructor(...rooms: readonly string[]) {
    this.#followed = new Set(rooms);
    this.#rule = ruleOf(this.#followed);
  }

  readonly current = (): Promise<GroupRule> => Promise.resolve(this.#rule);

  follows(room: string): boolean {
    return this.#followed.has(room);
  }

  turn(room: string): void {
    const followed = new Set(this.#followed);
    if (!followed.delete(room)) followed.add(room);
    this.#followed = followed;
    this.#rule = ruleOf(followed);
  }
}

const ruleOf = (followed: ReadonlySet<string>): GroupRule => ({
  follows: (group) => followed.has(group),
});

/** Messages as a chat keeps them: hidden and emptied ones stay behind, and some never were messages. */
export const messages: FollowedFeed['collection'] = {
  groupField: GROUP_FIELD,
  quietFields: ['reads'],
  standing: ({ _hidden, msg, t }) => {
    if (t === 'system') return 'ignored';
    if (_hidden === true) return 'hidden';
    return msg === '' ? 'emptied' : 'there';
  },
};

export const feedOn = (feed: ChangeFeed, more: Partial<FollowedFeed> = {}): FollowedFeed => ({
  name: FEED,
  source: 'rocketchat-feed',
  kind: FEED,
  provider: 'rocketchat',
  account: 'main',
  collection: messages,
  feed,
  idForm: 'rocketchat',
  ...more,
});

export const deliveriesIn = (published: readonly Uint8Array[]): readonly Delivery[] =>
  published.map((data) => decodeDelivery(data));

export const entriesOf = ({ body }: Delivery): readonly FeedEntry[] =>
  (JSON.parse(textOf(body)) as FeedDelivery).entries;

/** What a bus took, in order. */
export class RecordingBus implements Pick<Bus, 'publish'> {
  published: Uint8Array[] = [];

  readonly publish: Bus['publish'] = (_topic, sent) => {
    this.published.push(...sent.map(({ data }) => data));
    return Promise.resolve();
  };

  get entries(): readonly FeedEntry[] {
    return deliveriesIn(this.published).flatMap(entriesOf);
  }

  taken(): readonly FeedEntry[] {
    const { entries } = this;
    this.published = [];
    return entries;
  }
}

const SETTLED_AFTER = 3;

/** A feed that asks a test when its leader has nothing left to do, and does not wait by the clock. */
export const watched = (feed: ChangeFeed, idle: () => Promise<void>): ChangeFeed =>
  new Proxy(feed, {
    get(target, method) {
      const value: unknown = Reflect.get(target, method);
      if (method !== 'open')
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      return async (...place: Parameters<ChangeFeed['open']>) => {
        const stream = await target.open(...place);
        const closed = Promise.withResolvers<void>();
        let idleFor = 0;
        return {
          close: async () => {
            closed.resolve();
            await stream.close();
          },
          next: async ({ waitMs, limit }: { waitMs: number; limit: number }) => {
            const batch = await stream.next({ waitMs: 0, limit });
            idleFor = batch.changes.length > 0 || waitMs === 0 ? 0 : idleFor + 1;
            if (idleFor < SETTLED_AFTER) return batch;
            idleFor = 0;
            await Promise.race([idle(), closed.promise]);
            return batch;
          },
        };
      };
    },
  });

export interface CaptureWorldOptions {
  readonly rooms?: Rooms;
  readonly documents?: (parts: EmbeddedParts) => Documents;
  readonly feed?: (feed: MemoryFeed) => ChangeFeed;
  readonly more?: Partial<FollowedFeed>;
}

/** One followed collection, on real documents in memory. */
export const openCapture = async (
  collection: MemoryCollection,
  options: CaptureWorldOptions = {},
) => {
  const parts = await openEmbedded();
  const bus = new RecordingBus();
  let era = 1;
  let term = 0;
  const notices: string[] = [];
  const compose = (idle: () => void = () => undefined): Capture => {
    const resting = async (): Promise<void> => {
      idle();
      await new Promise((resolve) => setTimeout(resolve, 1));
    };
    const memory = new MemoryFeed(collection, { groupField: GROUP_FIELD });
    const feed = watched(options.feed?.(memory) ?? memory, resting);
    return composeCapture({
      ...parts,
      feeds: [feedOn(feed, { ...(options.rooms && { groups: options.rooms }), ...options.more })],
      documents: options.documents?.(parts) ?? parts.documents,
      bus,
      log: { head: async () => ({ era, position: 1, hash: new Uint8Array() }) },
      sleep: () => new Promise((resolve) => setTimeout(resolve, 1)),
      notice: ({ event, code }) => void notices.push(code ? `${event} ${code}` : event),
    });
  };
  return {
    ...parts,
    bus,
    collection,
    notices,
    capture: compose(),
    compose,
    /** Another log, put back from a backup. */
    restored: () => void (era += 1),
    /** Lets a leader work until nothing is left to do. */
    async settle(): Promise<readonly FeedEntry[]> {
      const ending = new AbortController();
      const following = compose(() => ending.abort()).follow(FEED, {
        term: ++term,
        signal: ending.signal,
      });
      await following;
      return bus.taken();
    },
    /** Lets a leader work until this is so. */
    async until(isSo: () => Promise<boolean> | boolean): Promise<readonly FeedEntry[]> {
      const ending = new AbortController();
      const following = compose().follow(FEED, { term: ++term, signal: ending.signal });
      while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 1));
      ending.abort();
      await following;
      return bus.taken();
    },
  };
};

export type CaptureWorld = Awaited<ReturnType<typeof openCapture>>;
