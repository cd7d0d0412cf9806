import { readRecords, type ReadRecords } from '#libs/catalog';
import { readDeliveries, type ReadDeliveries } from '#libs/intake';
import { examine, verifyChain, type DeadLetters } from '#libs/operations';
import { Health, leaseTimes, Ports, type Parts, type Settings, type Wired } from '#libs/platform';
import type { FactoryProvider } from '@nestjs/common';

import { atMost, digest, politely } from './chain.js';
import { checkpointOf, projectors } from './projectors.js';

/** So much of the chain is walked in one examination; `verify` walks all of it. */
const WALK_MS = 1_500;

/** What `examine` looks at in this process: parts, settings, health, and two other contexts. */
export const examination: FactoryProvider<Wired<typeof examine>> = {
  provide: examine,
  inject: [Ports.parts, Ports.settings, Ports.deadLetters, Health, readRecords, readDeliveries],
  useFactory: (
    parts: Parts,
    settings: Settings,
    deadLetters: DeadLetters,
    health: Health,
    records: ReadRecords,
    deliveries: ReadDeliveries,
  ) => {
    const { log, documents, leases, bus, clock, sources, backEnds } = parts;
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
      doors: [...sources].map(([source, { secrets }]) => ({ source, open: secrets.length > 0 })),
      lastDelivery: async (source) => (await deliveries.last(source))?.receivedAt,
      canarySeconds: settings.canary.seconds,
      startedAt: clock.now(),
      verify: () =>
        verifyChain({
          log,
          digest,
          projectors,
          checkpoint,
          chain: atMost(politely(log), WALK_MS),
        })(),
      troubled: () =>
        health
          .report()
          .parts.flatMap(({ kind, name, ready, code = 'DEFECT_UNKNOWN' }) =>
            kind === 'role' && !ready ? [{ name, code }] : [],
          ),
    });
  },
};
