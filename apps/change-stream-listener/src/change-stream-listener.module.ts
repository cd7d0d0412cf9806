import { CaptureContext, OperationsContext } from '#libs/platform';
import { Module } from '@nestjs/common';

import { EraseRemovedWhenLeadingTicker } from './erase-removed-when-leading.ticker.js';
import { FollowFeedsWhenLeadingTicker } from './follow-feeds-when-leading.ticker.js';
import { WantDocumentsWhenHintedReactor } from './want-documents-when-hinted.reactor.js';
import { WatchFeedsWhenDueTicker } from './watch-feeds-when-due.ticker.js';

/** Follows databases of others into the log. With nothing to follow it waits, and costs nothing. */
@Module({
  imports: [CaptureContext, OperationsContext],
  controllers: [WantDocumentsWhenHintedReactor],
  providers: [FollowFeedsWhenLeadingTicker, EraseRemovedWhenLeadingTicker, WatchFeedsWhenDueTicker],
})
export class ChangeStreamListenerModule {}
