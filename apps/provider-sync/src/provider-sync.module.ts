import {
  createHistoryRuns,
  createSyncSources,
  createWantedEntities,
  endHistory,
  failHistory,
  readHistory,
  receiveAnswers,
  refreshEntity,
} from '#libs/intake';
import { Ports, wire } from '#libs/platform';
import { Module } from '@nestjs/common';

import { HeedOperators } from './heed-operators.js';
import { ReadHistoryWhenDueJob } from './read-history-when-due.job.js';
import { RefreshEntityWhenWantedJob } from './refresh-entity-when-wanted.job.js';
import { WantEntitiesWhenHintedReactor } from './want-entities-when-hinted.reactor.js';

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
    wire(readHistory, { ...asking, runs: createHistoryRuns }),
    wire(failHistory, { runs: createHistoryRuns }),
    wire(endHistory, { runs: createHistoryRuns }),
    RefreshEntityWhenWantedJob,
    ReadHistoryWhenDueJob,
    HeedOperators,
  ],
})
export class ProviderSyncModule {}
