import { strictTextOf, type JsonObject } from '#libs/kernel';
import { z } from 'zod';

import type { FeedTime, GoneReason } from './feed-delivery.js';

/** One entry of a feed's delivery that could be read: what to call it, when it was so, and what there is of it. */
export interface ReadEntry {
  readonly id: string;
  readonly at: FeedTime;
  /** Which life of the document; missing: the first. */
  readonly life?: number;
  /** In Extended JSON, as it came; missing where it is gone. */
  readonly document?: JsonObject;
  readonly gone?: GoneReason;
}

export interface ReadFeed {
  readonly feed: string;
  readonly entries: readonly ReadEntry[];
  /** Why the others could not be read. */
  readonly leftOut: readonly string[];
}

const LAST_SECOND = 253_402_300_799;

/** Ids stand in the clear, in streams and addresses. */
const id = z.string().regex(/^[A-Za-z0-9_.-]{1,100}$/);
const at = z.strictObject({ t: z.int().min(1).max(LAST_SECOND), i: z.int().min(0) });
const life = z.int().min(2);
const gone = z.enum(['emptied', 'hidden', 'missing', 'removed', 'unfollowed']);
const feedName = z.string().regex(/^[a-z][a-z0-9_-]{0,63}$/);

/** The body of a delivery of a feed. An entry that cannot be read takes none of the others along. */
export const readFeed = (body: Uint8Array): ReadFeed | string => {
  const said = jsonIn(body);
  if (!isObject(said)) return 'the body is not a JSON object';
  const feed = feedName.safeParse(said.feed);
  if (!feed.success) return 'no name of a feed at /feed';
  if (!Array.isArray(said.entries)) return 'no list at /entries';
  const read = (said.entries as readonly unknown[]).map(entryOf);
  return {
    feed: feed.data,
    entries: read.filter((one) => typeof one !== 'string'),
    leftOut: read.filter((one) => typeof one === 'string'),
  };
};

const entryOf = (said: unknown): ReadEntry | string => {
  if (!isObject(said)) return 'an entry is no object';
  const named = id.safeParse(said.id);
  if (!named.success) return 'an entry has no id';
  const time = at.safeParse(said.at);
  if (!time.success) return 'an entry has no time';
  // Most entries have neither, and a refusal costs more than the rest of an entry.
  const later = said.life === undefined ? undefined : life.safeParse(said.life);
  const about = { id: named.data, at: time.data, ...(later?.success && { life: later.data }) };
  const reason = said.gone === undefined ? undefined : gone.safeParse(said.gone);
  if (reason?.success) return { ...about, gone: reason.data };
  const { document } = said;
  return isObject(document) && Object.keys(document).length > 0
    ? { ...about, document }
    : 'an entry has no document';
};

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const jsonIn = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(strictTextOf(bytes));
  } catch {
    return undefined;
  }
};
