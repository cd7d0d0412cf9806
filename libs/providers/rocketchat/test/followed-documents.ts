import type { FeedEntry, FeedTime } from '#libs/contracts';
import type { JsonObject } from '#libs/kernel';
import type { DocumentStanding, FollowedCollection, Normalised } from '#libs/ports/provider';
import { rocketchat } from '#libs/providers/rocketchat';
import { deliveredDocuments } from '#suites/provider';

/** Id of the account that answers questions in the samples. */
export const OWN = 'AwZyTLwwGJm2QkbdE';

const followedOf = (feed: string): FollowedCollection => {
  const found = rocketchat.feed?.collections.find(({ name }) => name === feed);
  if (!found) throw new Error(`no feed ${feed}`);
  return found;
};

/** What leaves the database of a document: what the white list names, and its id. */
export const projected = (feed: string, document: JsonObject): JsonObject => {
  const paths = ['_id', ...(followedOf(feed).fields ?? [])].map((path) => path.split('.'));
  return chosen(document, paths) as JsonObject;
};

const chosen = (value: unknown, paths: readonly (readonly string[])[]): unknown => {
  if (paths.some((path) => path.length === 0)) return value;
  if (Array.isArray(value)) return value.filter(isObject).map((one) => chosen(one, paths));
  if (!isObject(value)) return undefined;
  const kept = Object.keys(value).flatMap((key) => {
    const deeper = paths.filter(([first]) => first === key).map((path) => path.slice(1));
    const inner = deeper.length > 0 ? chosen(value[key], deeper) : undefined;
    return inner === undefined ? [] : [[key, inner] as const];
  });
  return Object.fromEntries(kept);
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const standingOf = (feed: string, document: JsonObject, own = OWN): DocumentStanding =>
  followedOf(feed).standing(projected(feed, document), { own });

/** As capture tells a document that was read: nothing of what never was a thing of its kind. */
export const entryOf = (
  feed: string,
  document: JsonObject,
  at: FeedTime,
): FeedEntry | undefined => {
  const id = document._id as string;
  const standing = standingOf(feed, document);
  if (standing === 'ignored') return undefined;
  if (standing !== 'there') return { id, at, gone: standing };
  return { id, at, document: projected(feed, document) };
};

export const normalisedOf = (feed: string, ...entries: readonly FeedEntry[]): Normalised => {
  const said = rocketchat.feed?.normalise(deliveredDocuments(feed, entries));
  if (!said) throw new Error('no feed');
  return said;
};
