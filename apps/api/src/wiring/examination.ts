import type { ReadRecords } from '#libs/catalog';
import type { Intake } from '#libs/intake';
import {
  examine,
  verifyChain,
  type Alerts,
  type DeadLetters,
  type Examination,
} from '#libs/operations';
import { leaseTimes, token, type Health, type Parts, type Settings } from '#libs/platform';

import { atMost, digest, politely } from './chain.js';
import { checkpointOf, projectors } from './projectors.js';

export const ProcessHealth = token<Health>('ProcessHealth');

interface Looked {
  readonly parts: Parts;
  readonly settings: Settings;
  readonly deadLetters: DeadLetters;
  readonly health: Health;
  readonly records: ReadRecords;
  readonly intake: Intake;
  readonly alerts: Alerts;
}

/** So much of the chain is walked in one examination; `verify` walks all of it. */
const WALK_MS = 1_500;

/** `examine` for this process: its parts, its health, and two contexts that do not know each other. */
export const examineProcess = (looked: Looked): (() => Promise<Examination>) => {
  const { settings, deadLetters, health, records, intake, alerts } = looked;
  const { log, documents, leases, bus, clock, sources, backEnds } = looked.parts;
  const checkpoint = checkpointOf({ documents });
  return examine({
    log,
    leases,
    bus,
    clock,
    backEnds,
    deadLetters,
    projectors,
    checkpoint,
    leaseTtlMs: leaseTimes.ttlMs,
    parked: (limit) => records.parked(limit),
    doors: [...sources].map(([source, { provider, secrets }]) => ({
      source,
      open: secrets.length > 0,
      // Of those that make no secret by themselves a company uses some.
      optional: provider.secrets.made === undefined,
    })),
    lastDelivery: async (source) => (await intake.deliveries.last(source))?.receivedAt,
    canarySeconds: settings.canary.seconds,
    startedAt: clock.now(),
    alerts: () => alerts.list('raised'),
    verify: () => {
      const chain = atMost(politely(log), WALK_MS);
      return verifyChain({ log, digest, projectors, checkpoint, chain })();
    },
    troubled: () =>
      health
        .report()
        .parts.flatMap(({ kind, name, ready, code = 'DEFECT_UNKNOWN' }) =>
          kind === 'role' && !ready ? [{ name, code }] : [],
        ),
  });
};
