import type { Id } from '#libs/kernel';

import type { BackupRun, RunRepository } from '../run/backup-run.js';

/** What a server of a run does by itself, in this order. Everything else of a run is done where the platform lives. */
export const agentSteps = ['save', 'check', 'drill'] as const;
export type AgentStep = (typeof agentSteps)[number];

export const isAgentStep = (step: string): step is AgentStep =>
  (agentSteps as readonly string[]).includes(step);

/** A repository that is lent for one run: what opens it goes with the server. */
export interface LentRepository {
  readonly repository: string;
  readonly password: string;
  /** Of a bucket. With a session token they end by themselves. */
  readonly credentials?: {
    readonly accessKey: string;
    readonly accessSecret: string;
    readonly sessionToken?: string;
  };
}

/** Everything that a server is told, once. It is never written down: not by us, and there in memory only. */
export interface AgentOrder {
  /** As it was when it was ordered. The server works at a copy of its own. */
  readonly run: Pick<
    BackupRun,
    'id' | 'kind' | 'sources' | 'requestedAt' | 'checkPart' | 'drillOf'
  >;
  readonly host: string;
  readonly steps: readonly AgentStep[];
  readonly repositories: Readonly<Record<RunRepository, LentRepository>>;
  /** What each call from now on carries. */
  readonly session: string;
  /** By our clock, and what it says now: the server counts by the difference. */
  readonly now: number;
  readonly expiresAt: number;
}

/** Who calls: a server that was told a token, or a session, and from where. */
export interface AgentCall {
  readonly run: Id;
  readonly secret: string;
  readonly address: string;
}

/** What a server is answered when it reports. */
export interface AgentAnswer {
  /** `work`: go on with steps up to this one. `wait`: the rest is not due yet. `leave`: nobody needs it any more. */
  readonly next: 'work' | 'wait' | 'leave';
  /** The last step that it may begin now. */
  readonly upTo?: AgentStep;
}
