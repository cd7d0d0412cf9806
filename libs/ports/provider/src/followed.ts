import type { JsonObject } from '#libs/kernel';

import type { Normalised, NormaliserInput } from './normalised.js';

/**
 * What a document is to us. `there`: a thing of its kind. `hidden`, `emptied`: it was taken away and the document stays
 * behind. `ignored`: it never was a thing of its kind.
 */
export type DocumentStanding = 'there' | 'hidden' | 'emptied' | 'ignored';

export interface StandingOptions {
  /** Our own account there, by its id. */
  readonly own?: string | undefined;
}

/** A collection of a provider's database that is followed, and how its documents are read. Pure. */
export interface FollowedCollection {
  /** Of the feed; where its documents become records of one kind, that kind. */
  readonly name: string;
  readonly collection: string;
  /** White list of paths; missing: whole documents. */
  readonly fields?: readonly string[];
  /** Among `fields`, those whose change alone tells nothing. */
  readonly quietFields?: readonly string[];
  /** The path of the group of a document: of a message, its room. */
  readonly groupField?: string;
  /** Of what our own account wrote: the path of its author’s id. Nothing is followed while no account of ours is known. */
  readonly ownedBy?: string;
  standing(document: JsonObject, options: StandingOptions): DocumentStanding;
}

/**
 * Documents of a provider's database, which come in as deliveries of the source `<name>-feed`. Their body is a
 * `FeedDelivery`.
 */
export interface FromFeed {
  readonly collections: readonly FollowedCollection[];
  normalise(input: NormaliserInput): Normalised;
}
