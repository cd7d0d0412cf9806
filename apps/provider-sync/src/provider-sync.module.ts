import {
  createHistoryRuns,
  createSyncSources,
  createWantedEntities,
  endHistory,
  expectedTold,
  failHistory,
  holdHistory,
  firstToldAfter,
  lastTold,
  readHistory,
  receiveAnswers,
  refreshEntity,
  watchWebhooks,
} from '#libs/intake';
import { createAlerts } from '#libs/operations';
import { Ports, token, wire, type Settings } from '#libs/platform';
import { Module } from '@nestjs/common';

import { AnnounceAlertsWhenRaisedJob } from './announce-alerts-when-raised.job.js';
import { HeedOperators } from './heed-operators.js';
import { ReadHistoryWhenDueJob } from './read-history-when-due.job.js';
import { RefreshEntityWhenWantedJob } from './refresh-entity-when-wanted.job.js';
import { WantEntitiesWhenHintedReactor } from './want-entities-when-hinted.reactor.js';
import { WatchDoorWhenDueJob } from './watch-door-when-due.job.js';

const PublicUrl = token<string>('PublicUrl');

const asking = {
  apis: Ports.apis,
  wanted: createWantedEntities,
  receive: receiveAnswers,
  clock: Ports.clock,
};

/** The way from us to the providers: what they are asked, and what comes of it. */
@Module({
  controllers: [WantEntitiesWhenHintedReactor],
  providers: [
    wire(createWantedEntities, { documents: Ports.documents, clock: Ports.clock }),
    wire(createHistoryRuns, { documents: Ports.documents, clock: Ports.clock }),
    wire(createSyncSources, { documents: Ports.documents, clock: Ports.clock }),
    wire(receiveAnswers, {
      documents: Ports.documents,
      bus: Ports.bus,
      log: Ports.log,
      hash: Ports.hash,
    }),
    wire(refreshEntity, asking),
    wire(lastTold, { documents: Ports.documents }),
    wire(firstToldAfter, { documents: Ports.documents }),
    wire(expectedTold, { log: Ports.log }),
    wire(readHistory, { ...asking, runs: createHistoryRuns, lastTold }),
    wire(failHistory, { runs: createHistoryRuns }),
    wire(holdHistory, { runs: createHistoryRuns }),
    wire(endHistory, { runs: createHistoryRuns }),
    RefreshEntityWhenWantedJob,
    ReadHistoryWhenDueJob,
    wire(createAlerts, {
      log: Ports.log,
      journal: Ports.journal,
      documents: Ports.documents,
      hash: Ports.hash,
      clock: Ports.clock,
    }),
    wire(watchWebhooks, {
      apis: Ports.apis,
      sources: Ports.sources,
      documents: Ports.documents,
      publicUrl: PublicUrl,
    }),
    {
      provide: PublicUrl,
      inject: [Ports.settings],
      useFactory: ({ operations }: Settings): string => operations.publicUrl ?? '',
    },
    WatchDoorWhenDueJob,
    AnnounceAlertsWhenRaisedJob,
    HeedOperators,
  ],
})
export class ProviderSyncModule {}
