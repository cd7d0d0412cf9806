import type { Clock, Hash } from '#libs/kernel';
import type { Allowance, Packer, ProviderApis, Sources } from '#libs/intake';
import type { Journal } from '#libs/journal';
import type { DeadLetters } from '#libs/operations';
import type { Bus } from '#libs/ports/bus';
import type { Documents, Leases } from '#libs/ports/documents';
import type { EventLog, LogChain } from '#libs/ports/event-log';
import type { JobQueue } from '#libs/ports/job-queue';
import type { Keys } from '#libs/ports/keys';
import type { Outbound } from '#libs/ports/outbound';

import type { Log } from '../logs/log.js';
import type { ProjectorParts } from '../projector/run-projector.js';
import type { Settings } from '../settings/read-settings.js';
import { token } from '../wiring/token.js';

/** Whether a back end answers, asked by health and `doctor`. Throws a fault when it does not. */
export interface BackEnd {
  readonly name: string;
  readonly ping: () => Promise<void>;
}

/** Every port of this process, opened once by the settings and closed in reverse order. */
export interface Parts {
  readonly log: EventLog & LogChain;
  readonly documents: Documents;
  readonly leases: Leases;
  readonly bus: Bus;
  readonly keys: Keys;
  /** Only where a role of this process works jobs. */
  readonly jobQueue: JobQueue | undefined;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly hash: Hash;
  readonly packer: Packer;
  readonly sources: Sources;
  /** The one way to servers that are not ours. */
  readonly outbound: Outbound;
  /** Those with credentials, in a process that asks providers. */
  readonly apis: ProviderApis;
  readonly backEnds: readonly BackEnd[];
  /** Removes what has expired, and what was removed from every byte of embedded files. */
  readonly tidy: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** What the wiring names its ports by. */
export const Ports = {
  log: token<EventLog & LogChain>('EventLog'),
  documents: token<Documents>('Documents'),
  leases: token<Leases>('Leases'),
  bus: token<Bus>('Bus'),
  keys: token<Keys>('Keys'),
  journal: token<Journal>('Journal'),
  clock: token<Clock>('Clock'),
  hash: token<Hash>('Hash'),
  packer: token<Packer>('Packer'),
  sources: token<Sources>('Sources'),
  outbound: token<Outbound>('Outbound'),
  apis: token<ProviderApis>('ProviderApis'),
  quarantineAllowance: token<Allowance>('QuarantineAllowance'),
  rawRetentionMs: token<number>('RawRetentionMs'),
  quarantineRetentionMs: token<number>('QuarantineRetentionMs'),
  quarantineMaxBytes: token<number>('QuarantineMaxBytes'),
  deadLetters: token<DeadLetters>('DeadLetters'),
  appLog: token<Log>('Log'),
  parts: token<Parts>('Parts'),
  settings: token<Settings>('Settings'),
} as const;

/** What every projector of this process runs on, one holder's name for all of them. */
export const ProjectorsNeed = token<ProjectorParts>('ProjectorParts');
