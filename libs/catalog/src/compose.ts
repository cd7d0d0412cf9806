import type { Journal } from '#libs/journal';
import { staff, type Clock, type Hash } from '#libs/kernel';
import type { Bus } from '#libs/ports/bus';
import type { Documents } from '#libs/ports/documents';
import type { EventLog, LogChain } from '#libs/ports/event-log';
import type { Keys } from '#libs/ports/keys';

import { eraseAgain } from './erase/erase-again.js';
import { eraseQuoting, eraseRemoved, eraseStreams } from './erase/erase-streams.js';
import type { ErasureSearch } from './erase/erasure-ports.js';
import { findListings } from './find-listings/find-listings.js';
import { readLinks } from './identities/read-links.js';
import { settleIdentity } from './identities/settle-identity.js';
import { recordReading } from './kinds/record-reading.js';
import { createGenerations } from './project-records/generation.js';
import { projectRecords } from './project-records/project-records.js';
import { projectors } from './projectors.js';
import { phoneScopesOf } from './read-units/phone-scopes-of.js';
import { readUnits } from './read-units/read-units.js';
import { readHomeNames } from './read-names/read-home-names.js';
import {
  everything,
  recordReaders,
  type KindLimits,
  type MayRead,
} from './read-records/readers.js';
import {
  readRecords,
  recordsOverApi,
  recordsSeenBy,
  type ReadRecords,
} from './read-records/read-records.js';
import { withheldFacts } from './read-records/withheld-facts.js';
import { beginAfresh } from './rebuild-records/begin-afresh.js';
import { carryOutRebuilds } from './rebuild-records/carry-out-rebuilds.js';
import { leftGenerations } from './rebuild-records/left-generations.js';
import { LiveGate } from './rebuild-records/live-gate.js';
import { createRebuildRequests } from './rebuild-records/rebuild-requests.js';
import { relayFacts } from './relay-facts/relay-facts.js';

export interface CatalogParts {
  readonly log: EventLog & Pick<LogChain, 'commits'>;
  readonly journal: Journal;
  readonly documents: Documents;
  readonly bus: Bus;
  readonly keys: Keys;
  readonly hash: Hash;
  readonly clock: Clock;
  /** Kinds that not all of the staff may read. */
  readonly kindLimits: KindLimits;
}

/** Of all records, what says nothing of their content. */
type WatchedRecords = Pick<ReadRecords, 'parked' | 'places' | 'placesOf'>;

/** Records as what is searched, with no regard to who asks: no keys and no log are needed. */
export const composeSearchedRecords = (parts: Pick<CatalogParts, 'documents' | 'kindLimits'>) => {
  const readers = recordReaders(parts.kindLimits);
  return {
    units: readUnits({ ...parts, generations: createGenerations(parts) }),
    /** How search reads a record: what it says, who may read it, what it is about. */
    reading: {
      ...recordReading,
      audienceOf: (...asked: Parameters<MayRead>) => readers.audienceOf(...asked),
    },
  };
};

/** Every use case of the catalog. Composing does no I/O, starts nothing and reads no clock. */
export const composeCatalog = (parts: CatalogParts) => {
  const generations = createGenerations(parts);
  const project = projectRecords(parts);
  const readers = recordReaders(parts.kindLimits);
  const recordsFor = readRecords({ ...parts, generations, readers });
  const watched: WatchedRecords = recordsSeenBy({ ...parts, generations }, everything);
  const live = new LiveGate(
    generations,
    (generation) => project({ generation, signals: true }),
    parts.journal,
  );
  return {
    projectors,
    live,
    relay: relayFacts(parts),
    rebuildRequests: createRebuildRequests(parts),
    carryOutRebuilds: carryOutRebuilds({ ...parts, live }),
    beginAfresh: beginAfresh(parts),
    leftGenerations: leftGenerations(parts),
    /** Records as these principals see them: what is for others does not exist. */
    recordsFor,
    /** The same over the API, where some kinds are for administrators alone. */
    recordsOverApi: recordsOverApi({ ...parts, generations, readers }),
    /** Where each of them is, for what looks at the whole process: it shows no content. */
    records: watched,
    ...composeSearchedRecords(parts),
    /** What records about these phone numbers are about, in a passage’s scope. */
    phoneScopesOf: phoneScopesOf(parts),
    /** What homes are called, with no regard to who asks. */
    readHomeNames: readHomeNames({ ...parts, generations, readers }),
    findListings: findListings({ clock: parts.clock, records: recordsFor(staff) }),
    /** Who may read which record. */
    readers,
    withheldFacts: withheldFacts({ ...parts, generations, readers }),
    linksFor: readLinks({ ...parts, generations, readers }),
    settle: settleIdentity({ ...parts, generations }),
    /** Takes what other contexts know about a person: erasing joins them, so `operations` does it. */
    erasuresWith: (search: ErasureSearch) => eraseStreams({ ...parts, ...search }),
    eraseQuoting: eraseQuoting(parts),
    eraseRemoved: eraseRemoved(parts),
    eraseAgain: eraseAgain(parts),
  };
};

export type Catalog = ReturnType<typeof composeCatalog>;
