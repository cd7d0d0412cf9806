import type { FeedTime, GoneReason } from '#libs/contracts';
import type { JsonObject } from '#libs/kernel';
import type { DocumentKey } from '#libs/ports/change-feed';
import type { Collection, Fence, FencedDocument, StoredDocument } from '#libs/ports/documents';

/** What was told last of one document: its digest and when, nothing of itself. */
export interface ToldState {
  readonly key: DocumentKey;
  /** Of the log that was told. Another one knows nothing of it. */
  readonly era: number;
  /** Missing: it was never told, because it was set aside at once. */
  readonly at?: FeedTime;
  /** Missing: what was told last is not known, so the next reading is told. */
  readonly digest?: string;
  readonly there: boolean;
  readonly gone?: GoneReason;
  readonly group?: string;
  /** The last scan that met it. */
  readonly pass: number;
  /** It stands among the parked documents. */
  readonly parked?: true;
}

/**
 * `seen` orders what is there by the scan that met it last, and what is gone by the era that was told. So the end of a
 * scan finds what it did not meet without a look at all others.
 */
export const statesCollection: Collection = {
  name: 'capture_states',
  fields: ['seen', 'group'],
  orderedBy: 'seen',
};

export const stateIdOf = (feed: string, entity: string): string => `${feed}/${entity}`;
export const entityOf = (feed: string, stateId: string): string => stateId.slice(feed.length + 1);

const padded = (number: number): string => String(number).padStart(16, '0');

/** What is there and was met last by this scan. */
export const seenIn = (feed: string, pass: number): string => `${feed}/${padded(pass)}`;
/** What is gone, and was told to the log of this era. */
export const goneIn = (feed: string, era: number): string => `${feed}~${padded(era)}`;

export const groupFieldOf = (feed: string, group: string): string => `${feed}/${group}`;

export const stateDocument = (
  feed: string,
  entity: string,
  state: ToldState | null,
  fence: Fence,
): FencedDocument => ({
  id: stateIdOf(feed, entity),
  body: state && ({ ...state } as unknown as JsonObject),
  ...(state && { fields: fieldsOf(feed, state) }),
  fence,
});

const fieldsOf = (feed: string, state: ToldState): Record<string, string> => ({
  seen: state.there || state.at === undefined ? seenIn(feed, state.pass) : goneIn(feed, state.era),
  ...(state.there && state.group !== undefined && { group: groupFieldOf(feed, state.group) }),
});

export const stateIn = (stored: StoredDocument | undefined): ToldState | undefined =>
  stored?.body as unknown as ToldState | undefined;
