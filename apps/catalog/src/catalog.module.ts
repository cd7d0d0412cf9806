import {
  createGenerations,
  LiveGate,
  projectRecords,
  rebuildRecords,
  relayFacts,
  type Generations,
} from '#libs/catalog';
import type { Journal } from '#libs/journal';
import { Ports, wire, type Wired } from '#libs/platform';
import { Module } from '@nestjs/common';

import { KeepDeadLettersReactor } from './keep-dead-letters.reactor.js';
import { Projectors } from './projectors.js';
import { Rebuilds } from './rebuilds.js';
import { SendCanaries } from './send-canaries.js';

const projection = {
  journal: Ports.journal,
  log: Ports.log,
  documents: Ports.documents,
  bus: Ports.bus,
  hash: Ports.hash,
  keys: Ports.keys,
};

/** What follows the log: records, the relay, rebuilds; and what keeps an eye on the whole way. */
@Module({
  controllers: [KeepDeadLettersReactor],
  providers: [
    wire(projectRecords, projection),
    wire(rebuildRecords, projection),
    wire(createGenerations, { documents: Ports.documents }),
    {
      provide: LiveGate,
      inject: [createGenerations, projectRecords, Ports.journal],
      useFactory: (
        generations: Generations,
        project: Wired<typeof projectRecords>,
        journal: Journal,
      ) =>
        new LiveGate(generations, (generation) => project({ generation, signals: true }), journal),
    },
    wire(relayFacts, { bus: Ports.bus }),
    Projectors,
    Rebuilds,
    SendCanaries,
  ],
})
export class CatalogModule {}
