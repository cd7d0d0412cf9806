import type { Catalog } from '#libs/catalog';
import type { Awaitable, Clock } from '#libs/kernel';

import type { NameSpan } from '../names/mentions-in.js';
import type { NameBook } from '../names/name-book.js';
import type { SearchedIndex } from '../searched-index.js';
import type { LinkQuestion } from './link-question.js';
import type { AskersRecords } from './linked-stays.js';
import type { PeopleParts } from './people-found.js';

export interface FindLinksParts extends PeopleParts {
  readonly recordsFor: (principals: readonly string[]) => AskersRecords;
  readonly phoneScopesOf: Catalog['phoneScopesOf'];
  /** Of these records (`kind/id`), those that are there now and that the asker may read now. */
  readonly readableNow: (
    ids: readonly string[],
    principals: readonly string[],
  ) => Awaitable<ReadonlySet<string>>;
  readonly clock: Clock;
}

/** The index that answers now, and what homes are called in it. */
export interface LinkPlaces {
  readonly searched: SearchedIndex;
  readonly book: NameBook;
}

/** One text of a dialogue while links are looked for in it. */
export interface LinkLook extends LinkPlaces {
  readonly parts: FindLinksParts;
  readonly question: LinkQuestion;
  readonly records: AskersRecords;
  readonly text: string;
  readonly principals: readonly string[];
  /** Homes that the text names, and where. */
  readonly homes: readonly string[];
  readonly homeSpans: readonly NameSpan[];
}

/** A guest who is named by the home: of several homes it is asked which one. */
export interface HomeGuest {
  readonly homes: readonly string[];
  readonly spans: readonly NameSpan[];
}
