import type { FeedTime, GoneReason } from '#libs/contracts';
import { asFault, type Code, type Json, type JsonObject } from '#libs/kernel';
import type { DocumentKey } from '#libs/ports/change-feed';

import type { FollowedFeed, GroupRule } from '../followed-feed.js';
import { textsOf, type DocumentTexts } from './document-texts.js';

/** One document as a reading found it. */
export interface DocumentReading {
  readonly key: DocumentKey;
  readonly at: FeedTime;
  /** Missing: it is not there, or `unread` says why it was not read. */
  readonly document?: JsonObject;
  readonly unread?: { readonly code: Code; readonly bytes?: number };
  /** What its absence means. `removed`: an event said so. `missing`: it was only looked for. */
  readonly absence: 'removed' | 'missing';
}

/** What a document is to us now. */
export type DocumentVerdict =
  | { readonly is: 'there'; readonly texts: DocumentTexts; readonly group?: string }
  | { readonly is: 'gone'; readonly reason: GoneReason; readonly group?: string }
  /** It never was a thing of its kind, or is none any more. */
  | { readonly is: 'ignored' }
  | { readonly is: 'unread'; readonly code: Code; readonly bytes?: number };

type JudgedFeed = Pick<FollowedFeed, 'collection' | 'own' | 'groups'>;

/** Pure. What fails on one document sets that document aside, and no other. */
export const judgeReading = (
  feed: JudgedFeed,
  rule: GroupRule | undefined,
  { document, unread, absence }: DocumentReading,
): DocumentVerdict => {
  if (unread) return { is: 'unread', ...unread };
  if (!document) return { is: 'gone', reason: absence };
  try {
    return judgeDocument(feed, rule, document);
  } catch (thrown) {
    return { is: 'unread', code: asFault(thrown).code };
  }
};

const judgeDocument = (
  { collection, own }: JudgedFeed,
  rule: GroupRule | undefined,
  document: JsonObject,
): DocumentVerdict => {
  const standing = collection.standing(document, { own });
  if (standing === 'ignored') return { is: 'ignored' };
  const group = groupOf(document, collection.groupField);
  const inGroup = group !== undefined && { group };
  if (standing !== 'there') return { is: 'gone', reason: standing, ...inGroup };
  // A document without a group is in none that is followed.
  const followed = !rule || (group !== undefined && rule.follows(group));
  return followed
    ? { is: 'there', texts: textsOf(document, collection.quietFields), ...inGroup }
    : { is: 'gone', reason: 'unfollowed', ...inGroup };
};

/** Longer ones are not groups of anybody. */
const LONGEST_GROUP = 250;

const groupOf = (document: JsonObject, path: string | undefined): string | undefined => {
  if (path === undefined) return undefined;
  let value: Json | undefined = document;
  for (const part of path.split('.'))
    value =
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? (value as JsonObject)[part]
        : undefined;
  return typeof value === 'string' && value !== '' && value.length <= LONGEST_GROUP
    ? value
    : undefined;
};

/** Somebody took it away there, so its keys go at once. The other reasons may be a mistake, and wait. */
export const isExplicit = (reason: GoneReason | undefined): boolean =>
  reason === 'removed' || reason === 'hidden' || reason === 'emptied';
