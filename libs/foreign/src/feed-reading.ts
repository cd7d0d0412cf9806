import type { FeedTime, GoneReason } from '#libs/contracts';

import { jsonObjectOf } from './delivery-reading.js';
import { instantOfSeconds, objectOf, whole, type Foreign } from './read-foreign.js';

/** One entry of a feed's delivery that could be read: what to call it, when it was so, and what there is of it. */
export interface ReadEntry {
  readonly id: string;
  readonly at: FeedTime;
  /** Which life of the document; missing: the first. */
  readonly life?: number;
  /** In Extended JSON, as it came; missing where it is gone. */
  readonly document?: Foreign;
  readonly gone?: GoneReason;
}

export interface ReadFeed {
  readonly feed: string;
  readonly entries: readonly ReadEntry[];
  /** Why the others could not be read. */
  readonly leftOut: readonly string[];
}

/** The body of a delivery of a feed. An entry that cannot be read takes none of the others along. */
export const readFeed = (body: Uint8Array): ReadFeed | string => {
  const said = jsonObjectOf(body);
  if (!said) return 'the body is not a JSON object';
  const { feed, entries } = said;
  if (typeof feed !== 'string' || !FEED.test(feed)) return 'no name of a feed at /feed';
  if (!Array.isArray(entries)) return 'no list at /entries';
  const read = (entries as readonly unknown[]).map(entryOf);
  return {
    feed,
    entries: read.filter((one) => typeof one !== 'string'),
    leftOut: read.filter((one) => typeof one === 'string'),
  };
};

const FEED = /^[a-z][a-z0-9_-]{0,63}$/;
/** Ids stand in the clear, in streams and addresses. */
const ID = /^[A-Za-z0-9_.-]{1,100}$/;

const reasons: ReadonlySet<unknown> = new Set<GoneReason>([
  'emptied',
  'hidden',
  'missing',
  'removed',
  'unfollowed',
]);
const isReason = (value: unknown): value is GoneReason => reasons.has(value);

const entryOf = (value: unknown): ReadEntry | string => {
  const said = objectOf(value);
  if (!said) return 'an entry is no object';
  const { document, gone, id } = said;
  if (typeof id !== 'string' || !ID.test(id)) return 'an entry has no id';
  const at = timeOf(said.at);
  if (!at) return 'an entry has no time';
  const life = whole(said.life);
  const head = { id, at, ...(life !== undefined && life > 1 && { life }) };
  if (isReason(gone)) return { ...head, gone };
  const read = objectOf(document);
  return read ? { ...head, document: read } : 'an entry has no document';
};

const timeOf = (value: unknown): FeedTime | undefined => {
  const said = objectOf(value);
  const [t, i] = [whole(said?.t), whole(said?.i)];
  if (t === undefined || i === undefined || instantOfSeconds(t) === undefined) return undefined;
  return { t, i };
};
