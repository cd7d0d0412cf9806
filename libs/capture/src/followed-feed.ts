import type { Hash, Clock, Code } from '#libs/kernel';
import type { Bus } from '#libs/ports/bus';
import type { ChangeFeed, FeedHealth } from '#libs/ports/change-feed';
import type { Documents } from '#libs/ports/documents';
import type { EventLog } from '#libs/ports/event-log';
import type { Keys } from '#libs/ports/keys';
import type { FollowedCollection } from '#libs/ports/provider';

/** Which groups (rooms) are followed, at the moment of one look. */
export interface GroupRule {
  follows(group: string): boolean;
}

/** Asked before each step, so it must be cheap. */
export interface FollowedGroups {
  /** The same object for as long as nothing changed: only another one is compared with what was decided before. */
  current(): Promise<GroupRule>;
}

/** Which identities of a collection stand in ids as they are; of all others a keyed hash does. */
export type EntityIdForm = 'rocketchat' | 'notice';

/** One followed collection, and what its documents are to us. */
export interface FollowedFeed {
  /** `chat_message`, or the name that a setting gives. */
  readonly name: string;
  /** Of its deliveries: `rocketchat-feed`. */
  readonly source: string;
  /** Of the streams of its entities: `chat_message`, `notice`. */
  readonly kind: string;
  /** First part of its entities' ids: `rocketchat`, or the name that a setting gives. */
  readonly provider: string;
  readonly account: string;
  readonly collection: Pick<FollowedCollection, 'standing' | 'groupField' | 'quietFields'>;
  readonly feed: ChangeFeed;
  /** Our own account there, by its id. */
  readonly own?: string;
  /** Missing: each document is followed, of any group. */
  readonly groups?: FollowedGroups;
  readonly idForm: EntityIdForm;
}

/** What following tells a role, for its log lines and figures. */
export interface CaptureNotice {
  readonly feed: string;
  readonly event:
    /** So many changes came from the database. */
    | 'changed'
    /** So many documents differed from what was told before, and were told. */
    | 'told'
    | 'scan_began'
    | 'scan_done'
    | 'recovered'
    | 'parked'
    | 'halted'
    | 'unreachable'
    | 'failed'
    | 'superseded'
    | 'groups_changed';
  readonly code?: Code;
  readonly count?: number;
}

export interface CaptureParts {
  readonly feeds: readonly FollowedFeed[];
  readonly documents: Documents;
  readonly bus: Pick<Bus, 'publish'>;
  readonly log: Pick<EventLog, 'head'>;
  readonly keys: Pick<Keys, 'fingerprint'>;
  readonly hash: Hash;
  readonly clock: Clock;
  /** Ends early when the signal is aborted, and then does not throw. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly notice?: (notice: CaptureNotice) => void;
}

export interface LeaderOptions {
  /** Of the lease `capture/<feed>`: what an older one still writes is refused. */
  readonly term: number;
  readonly signal: AbortSignal;
}

/** A document that was set aside, because it cannot be read or is too large. */
export interface ParkedDocument {
  /** Of its entity, the last part. */
  readonly id: string;
  readonly code: Code;
  readonly bytes?: number;
  /** When it was tried last. */
  readonly triedAt: number;
}

/** So many are missing that their keys stay until somebody confirms it. */
export interface WaitingDeletion {
  /** At least: no more are counted than it takes to know. */
  readonly count: number;
  /** So many could go without a confirmation. */
  readonly most: number;
}

export type CapturePhase = 'snapshot' | 'stream' | 'halted';

/** How far a feed is: one item of `GET /api/capture`. */
export interface CaptureItem {
  readonly name: string;
  readonly phase: CapturePhase;
  /** Documents of the snapshot that runs, or of the last one. */
  readonly done: number;
  readonly of?: number;
  readonly lagMs: number;
  /** The database's time of our place (ms); 0 before the first one. */
  readonly tokenAt: number;
  readonly preImages: boolean;
  /** Why it is halted, waits, or reads everything again. */
  readonly code?: Code;
  readonly waiting?: WaitingDeletion;
  /** The first of them. */
  readonly parked: readonly ParkedDocument[];
}

export interface FeedExamination extends Omit<FeedHealth, 'preImages'> {
  readonly name: string;
  readonly preImages?: boolean;
  /** The examination itself failed. */
  readonly code?: Code;
}

/** An entity whose keys must be destroyed now. */
export interface DueRemoval {
  /** `chat_message/rocketchat.main.<id>`, in a later life with its number behind. */
  readonly stream: string;
  /** `chat_message/rocketchat.main.<id>` */
  readonly record: string;
  readonly feed: string;
  readonly version: number;
}
