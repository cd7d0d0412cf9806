import { allSubscriptions, type Subscription } from '#libs/contracts';
import type { Clock } from '#libs/kernel';
import type { Bus } from '#libs/ports/bus';
import type { Leases, LeaseState } from '#libs/ports/documents';
import { holdsCheckpoint, type Checkpoint, type EventLog } from '#libs/ports/event-log';

import { finding, spoken, type Finding } from './findings.js';

/** Who works through what, and how far behind. */
export interface ConsumerState {
  readonly name: string;
  /** Facts or messages that wait; missing where the bus cannot tell. */
  readonly behind?: number;
  readonly oldestMs?: number;
  readonly position?: number;
}

export interface ConsumersParts {
  readonly log: EventLog;
  readonly bus: Bus;
  readonly leases: Leases;
  readonly clock: Clock;
  /** Each tails the log under the lease `projector/<name>`. */
  readonly projectors: readonly { readonly name: string; readonly role: string }[];
  readonly checkpoint: (projector: string) => Promise<Checkpoint | undefined>;
  /** How long a lease of ours lasts. */
  readonly leaseTtlMs: number;
}

export interface Examined<State> {
  readonly states: readonly State[];
  readonly findings: readonly Finding[];
}

/** Longer than a fail-over takes; what waits longer waits for a person. */
const PATIENCE_MS = 15_000;
/** A lease that lasts so much longer than ours was taken by something else. */
const FOREIGN_LEASE = 3;

export const examineProjectors = async (
  ports: ConsumersParts,
): Promise<Examined<ConsumerState>> => {
  const leases = await ports.leases.list();
  const examined = await Promise.all(
    ports.projectors.map((projector) => examineProjector(ports, projector, leases)),
  );
  return {
    states: examined.map(({ state }) => state),
    findings: examined.flatMap(({ findings }) => findings),
  };
};

const examineProjector = async (
  { log, clock, checkpoint, leaseTtlMs }: ConsumersParts,
  { name, role }: { readonly name: string; readonly role: string },
  leases: readonly LeaseState[],
): Promise<{ state: ConsumerState; findings: readonly Finding[] }> => {
  // The checkpoint first: read after the head, a moving projector could stand before it.
  const reached = await checkpoint(name);
  const position = reached?.position ?? 0;
  const head = await log.head();
  const behind = Math.max(0, head.position - position);
  const about = `projector/${name}`;
  if (reached && !(await holdsCheckpoint(log, reached)))
    return {
      state: { name, position, behind },
      findings: [
        finding('LOG_RESTORED', about, `It has seen position ${position}, which the log lost.`),
      ],
    };
  const [next] = behind > 0 ? await log.read(position, 1) : [];
  const oldestMs = next ? Math.max(0, clock.now() - next.recordedAt) : 0;
  const late = oldestMs > PATIENCE_MS;
  const lease = leases.find((one) => one.name === about && one.expiresInMs > 0);
  const findings: Finding[] = [];
  if (late)
    findings.push(
      finding('CONSUMER_BEHIND', about, `${behind} facts wait, the oldest ${spoken(oldestMs)}.`),
    );
  if (!lease)
    findings.push(finding('LEASE_FREE', about, `Nobody holds it: no ${role} works on the log.`));
  else if (late || lease.expiresInMs > FOREIGN_LEASE * leaseTtlMs)
    findings.push(finding('LEASE_HELD', about, heldBy(lease)));
  return { state: { name, position, behind, oldestMs }, findings };
};

const heldBy = ({ holder, term, expiresInMs }: LeaseState): string =>
  `${holder} holds it (term ${term}, for ${spoken(expiresInMs)} yet) and its work does not move.`;

export const examineSubscriptions = async ({
  bus,
}: Pick<ConsumersParts, 'bus'>): Promise<Examined<ConsumerState>> => {
  const states = await Promise.all(allSubscriptions.map((one) => stateOf(bus, one)));
  const findings = states.flatMap(({ name, behind = 0, oldestMs = 0 }) =>
    oldestMs > PATIENCE_MS
      ? [
          finding(
            'CONSUMER_BEHIND',
            name,
            `${behind} messages wait, the oldest ${spoken(oldestMs)}.`,
          ),
        ]
      : [],
  );
  return { states, findings };
};

const stateOf = async (bus: Bus, subscription: Subscription): Promise<ConsumerState> => {
  const backlog = await bus.backlog(subscription);
  const { name } = subscription;
  return backlog ? { name, behind: backlog.waiting, oldestMs: backlog.oldestMs } : { name };
};
