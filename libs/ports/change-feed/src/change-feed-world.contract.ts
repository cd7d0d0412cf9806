import { asFault, type Code, type Json, type JsonObject } from '#libs/kernel';
import { expect } from '@jest/globals';

import type {
  ChangeFeed,
  FeedChange,
  FeedOptions,
  FeedPlace,
  OpenFeed,
} from './change-feed.port.js';

export type FollowedPart = Pick<FeedOptions, 'fields' | 'quietFields' | 'groupField' | 'filter'>;

export type Able = true | { readonly not: string };

/** A collection that a behaviour writes, breaks and follows. Documents are canonical Extended JSON. */
export interface ChangeFeedWorld {
  /** A feed of its own each time, as after a restart. */
  follow(part: FollowedPart): Promise<ChangeFeed>;
  /** Whole documents, new or in the place of older ones. */
  write(...documents: readonly JsonObject[]): Promise<void>;
  change(id: Json, fields: JsonObject): Promise<void>;
  remove(id: Json): Promise<void>;
  /** All of these at once: a transaction. */
  writeTogether(documents: readonly JsonObject[]): Promise<void>;
  drop(): Promise<void>;
  /** Makes a document that nobody can read whole, under this identity. */
  writeUnreadable(id: string): Promise<void>;
  away(): Promise<void>;
  back(): Promise<void>;
  /** Every place so far is forgotten. */
  loseHistory(): Promise<void>;
  forbid(): Promise<void>;
  dispose(): Promise<void>;
  readonly capabilities: {
    readonly goesAway: Able;
    readonly losesHistory: Able;
    readonly forbids: Able;
  };
}

export type MakeChangeFeedWorld = () => Promise<ChangeFeedWorld>;
export type ChangeFeedBehaviour = (world: ChangeFeedWorld) => Promise<void>;

/** Long enough for any change to come; it never has to pass. */
export const SOON_MS = 60_000;

export const textKey = (id: string): string => JSON.stringify(id);

export const codeOf = async (asked: Promise<unknown>): Promise<Code | 'answered'> => {
  try {
    await asked;
    return 'answered';
  } catch (error) {
    return asFault(error).code;
  }
};

/** Asks on until so many changes were told. */
export const changesOf = async (
  opened: OpenFeed,
  count: number,
  limit = 100,
): Promise<{ changes: FeedChange[]; place: FeedPlace }> => {
  const changes: FeedChange[] = [];
  for (;;) {
    const batch = await opened.next({ waitMs: SOON_MS, limit });
    expect(batch.changes.length).toBeLessThanOrEqual(limit);
    changes.push(...batch.changes);
    if (changes.length >= count) return { changes, place: batch.place };
  }
};

/** Everything that is told from a place on, up to a last document, which is written for this. */
export const toldUntil = async (
  world: ChangeFeedWorld,
  opened: OpenFeed,
  last = 'the last',
): Promise<string[]> => {
  await world.write({ _id: last });
  const told: string[] = [];
  for (;;) {
    const { changes } = await opened.next({ waitMs: SOON_MS, limit: 100 });
    told.push(...changes.map(({ key, removed }) => (removed ? `removed ${key}` : key)));
    if (told.at(-1) === textKey(last)) return told.slice(0, -1);
  }
};
