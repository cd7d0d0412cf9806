import type { JsonObject } from '#libs/kernel';

/** Which documents, and what of them: nothing else leaves the database. */
export interface ChatQuery {
  readonly collection: string;
  /** In the query language of MongoDB. Values of other people stand in it as values, never as keys. */
  readonly filter: JsonObject;
  readonly fields: readonly string[];
}

/** Documents with their `_id` as text, and dates left out. */
export type FindChat = (query: ChatQuery) => Promise<readonly JsonObject[]>;

/**
 * The chat's own database, read only. What hands it over holds the driver.
 *
 * One moment: all that one `reading` finds was so at one moment, and a majority of the database stands behind it.
 * Failure: `DIRECTORY_UNAVAILABLE`, after `patienceMs` at the latest.
 */
export interface ChatDatabase {
  reading<R>(patienceMs: number, read: (find: FindChat) => Promise<R>): Promise<R>;
}
