import type { Secret } from '#libs/kernel';

/** `off`: it has ended by itself, and still counts and costs. */
export type FleetServerStatus = 'starting' | 'running' | 'off' | 'leaving';

/** A machine that is ours for a while. */
export interface FleetServer {
  /** As the fleet calls it. */
  readonly id: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly status: FleetServerStatus;
  readonly createdAt: number;
  /** From where it calls us: addresses, or networks as `2001:db8::/64`. */
  readonly addresses: readonly string[];
  /** What kind of machine it is, and where it stands. */
  readonly type: string;
  readonly location: string;
  /** What it costs. Missing where it costs nothing, or where nobody can tell. */
  readonly centsPerHour?: number;
  /** Somebody said that it must stay: it is never destroyed. */
  readonly isProtected: boolean;
}

/** A machine that is wanted. */
export interface ServerOrder {
  /** `[a-z0-9-]`, at most 63: it is unique in a fleet, and so the lock. */
  readonly name: string;
  /** Keys and values of letters, digits, `.`, `_` and `-`, at most 63. */
  readonly labels: Readonly<Record<string, string>>;
  /** What the machine is told when it starts; anybody on it can read it. */
  readonly userData: Secret;
}

export interface FleetWatch {
  /** Aborted: the call ends soon and throws the signal's reason. What was asked for may have happened. */
  readonly signal: AbortSignal;
}

/**
 * Servers that are made for one piece of work, and destroyed.
 *
 * Once: a name is one server. Where there is one of this name with the same labels, `create` answers with that one; with
 * other labels it is somebody else's, `SERVER_NAME_TAKEN`. So a lost answer is asked for again.
 * Ready: `create` answers when the fleet has taken the order; `ready` when the machine runs: `SERVER_NOT_STARTED` where it does not.
 * Gone: `destroy` answers when the fleet knows no such server. What was not there is gone. `SERVER_PROTECTED` stays.
 * Ours: `list` names servers with all of these labels, and no other; oldest first, however many there are.
 * Failure: `FLEET_UNREACHABLE`, `FLEET_THROTTLED` (with how long to wait), `FLEET_ACCESS_DENIED`, `SERVER_IMAGE_MISSING`,
 * `SERVER_LIMIT_REACHED`, `SERVER_REFUSED`, `SERVER_SOLD_OUT`. No text of it names a token or user data.
 */
export interface ServerFleet {
  create(order: ServerOrder, watch: FleetWatch): Promise<FleetServer>;

  ready(id: string, watch: FleetWatch): Promise<FleetServer>;

  find(name: string, watch: FleetWatch): Promise<FleetServer | undefined>;

  list(
    labels: Readonly<Record<string, string>>,
    watch: FleetWatch,
  ): Promise<readonly FleetServer[]>;

  destroy(id: string, watch: FleetWatch): Promise<void>;
}
