import type { FollowedFeed } from '#libs/capture';
import type { Clock, Hash } from '#libs/kernel';
import type { FollowedReaders, Packer, ProviderApis, Sources } from '#libs/intake';
import type { Journal } from '#libs/journal';
import type { Bus } from '#libs/ports/bus';
import type { Chat, ChatExaminer } from '#libs/ports/chat';
import type { ChatModel, TokenPrice } from '#libs/ports/chat-model';
import type { Directory } from '#libs/ports/directory';
import type { Documents, Leases } from '#libs/ports/documents';
import type { Embedder } from '#libs/ports/embedder';
import type { EventLog, LogChain } from '#libs/ports/event-log';
import type { JobQueue } from '#libs/ports/job-queue';
import type { Keys } from '#libs/ports/keys';
import type { Outbound } from '#libs/ports/outbound';
import type { Reranker } from '#libs/ports/reranker';
import type { PassageVectors, SearchIndex, Vocabulary } from '#libs/ports/search-index';

import type { OpenedBackups } from './opened-backups.js';
import type { DiskWatch } from './watch-disk.js';

/** Whether a back end answers, asked by health and `doctor`. Throws a fault when it does not. */
export interface BackEnd {
  readonly name: string;
  readonly ping: () => Promise<void>;
}

/** What a store of this process removes itself once it has expired. Stores that are servers do it themselves. */
export interface RetainedStore {
  readonly name: string;
  /** Removes until nothing expired is left, or until the signal says to stop. */
  readonly sweep: (signal: AbortSignal) => Promise<void>;
  /** What has expired and is not removed yet. */
  readonly expired: () => Promise<{ readonly count: number; readonly oldestMs: number }>;
}

/** Every port of this process, opened once by the settings and closed in reverse order. */
export interface Parts {
  readonly log: EventLog & LogChain;
  readonly documents: Documents;
  readonly leases: Leases;
  readonly bus: Bus;
  readonly keys: Keys;
  /** Who may read what, asked at each question. */
  readonly directory: Directory;
  /** Only where settings give us an account there and a role of this process answers questions. */
  readonly chat: (Chat & ChatExaminer) | undefined;
  /** What is followed in databases of others, where a role of this process follows or shows it. */
  readonly feeds: readonly FollowedFeed[];
  /** Only where a role of this process works jobs. */
  readonly jobQueue: JobQueue | undefined;
  /** Only where a role of this process indexes or searches. */
  readonly searchIndex: (SearchIndex & Vocabulary & PassageVectors) | undefined;
  /** Only where settings name one and a role of this process indexes or searches. */
  readonly embedder: Embedder | undefined;
  readonly reranker: Reranker | undefined;
  /** Only where settings name one and a role of this process answers questions. */
  readonly chatModel: (ChatModel & { readonly price: TokenPrice }) | undefined;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly hash: Hash;
  readonly packer: Packer;
  readonly sources: Sources;
  /** How deliveries of collections are read that a setting follows. */
  readonly followed: FollowedReaders;
  /** The one way to servers that are not ours. */
  readonly outbound: Outbound;
  /** Those with credentials, in a process that asks providers. */
  readonly apis: ProviderApis;
  /** Only where a role of this process makes backups. */
  readonly backups: OpenedBackups | undefined;
  readonly backEnds: readonly BackEnd[];
  /** Only where something of this process lies in a data directory. */
  readonly disk: DiskWatch | undefined;
  readonly retained: readonly RetainedStore[];
  /** Removes from every byte of embedded files what was removed from them. */
  readonly tidy: () => Promise<void>;
  readonly close: () => Promise<void>;
}
