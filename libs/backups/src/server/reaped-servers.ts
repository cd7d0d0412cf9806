/** Why a server went, or why it stays though no run needs it. */
export type ReapReason =
  /** Its run has ended, or is done with it. */
  | 'run_ended'
  /** Its time is over. */
  | 'overdue'
  /** Somebody said that it must stay. */
  | 'protected'
  /** It is so new that its run may not be known yet. */
  | 'just_seen'
  /** There are more than one look removes. */
  | 'too_many'
  /** The fleet did not remove it. */
  | 'refused';

export interface ReapedServer {
  readonly name: string;
  /** As its label says. */
  readonly run: string;
  readonly why: ReapReason;
}

/** What a look at the fleet did. */
export interface ReapedServers {
  readonly destroyed: readonly ReapedServer[];
  /** No run needs them, and they are still there. */
  readonly left: readonly ReapedServer[];
}
