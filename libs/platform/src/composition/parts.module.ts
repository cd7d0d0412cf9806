import { createAllowance } from '#libs/intake';
import { randomId } from '#libs/kernel';
import type { DeadLetters } from '#libs/operations';
import { Module, type DynamicModule } from '@nestjs/common';

import type { Health } from '../health/health.js';
import type { Log } from '../logs/log.js';
import type { Settings } from '../settings/read-settings.js';
import { provide } from '../wiring/token.js';
import { Ports, ProjectorsNeed, type Parts } from './parts.js';

const DAY_MS = 86_400_000;

/** What strangers may fill the quarantine with: far above any provider's mistake, far below a flood. */
const quarantineRate = { bytesPerSecond: 1_000_000, piecesPerSecond: 100, burstSeconds: 10 };

export interface PartsModuleOptions {
  readonly parts: Parts;
  readonly settings: Settings;
  readonly deadLetters: DeadLetters;
  readonly log: Log;
  readonly health: Health;
}

/** The ports of this process, for every role's wiring. */
@Module({})
export class PartsModule {
  static of({ parts, settings, deadLetters, log, health }: PartsModuleOptions): DynamicModule {
    const { intake } = settings;
    const providers = [
      provide(Ports.log, parts.log),
      provide(Ports.documents, parts.documents),
      provide(Ports.leases, parts.leases),
      provide(Ports.bus, parts.bus),
      provide(Ports.keys, parts.keys),
      provide(Ports.journal, parts.journal),
      provide(Ports.clock, parts.clock),
      provide(Ports.hash, parts.hash),
      provide(Ports.packer, parts.packer),
      provide(Ports.sources, parts.sources),
      provide(Ports.outbound, parts.outbound),
      provide(Ports.apis, parts.apis),
      provide(Ports.quarantineAllowance, createAllowance(quarantineRate)),
      provide(Ports.rawRetentionMs, intake.rawRetentionDays * DAY_MS),
      provide(Ports.quarantineRetentionMs, intake.quarantineRetentionDays * DAY_MS),
      provide(Ports.quarantineMaxBytes, intake.quarantineMaxBytes),
      provide(Ports.deadLetters, deadLetters),
      provide(Ports.appLog, log),
      provide(Ports.parts, parts),
      provide(ProjectorsNeed, {
        eventLog: parts.log,
        leases: parts.leases,
        documents: parts.documents,
        health,
        log,
        holder: randomId(parts.clock.now()),
      }),
      provide(Ports.settings, settings),
    ];
    return {
      module: PartsModule,
      global: true,
      providers,
      exports: providers.map(({ provide: name }) => name),
    };
  }
}
