import { IntakeContext, OperationsContext } from '#libs/platform';
import { Module } from '@nestjs/common';

import { AnnounceAlertsWhenRaisedJob } from './announce-alerts-when-raised.job.js';
import { BeginAndEndHistoriesWhenAskedTicker } from './begin-and-end-histories-when-asked.ticker.js';
import { ReadHistoryWhenDueJob } from './read-history-when-due.job.js';
import { RefreshEntityWhenWantedJob } from './refresh-entity-when-wanted.job.js';
import { WantEntitiesWhenHintedReactor } from './want-entities-when-hinted.reactor.js';
import { WatchDoorWhenDueJob } from './watch-door-when-due.job.js';

/** The way from the platform to the providers: what it asks them, and what it does with the answers. */
@Module({
  imports: [IntakeContext, OperationsContext],
  controllers: [WantEntitiesWhenHintedReactor],
  providers: [
    RefreshEntityWhenWantedJob,
    ReadHistoryWhenDueJob,
    WatchDoorWhenDueJob,
    AnnounceAlertsWhenRaisedJob,
    BeginAndEndHistoriesWhenAskedTicker,
  ],
})
export class ProviderSyncModule {}
