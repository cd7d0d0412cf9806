import { KnowledgeContext } from '#libs/platform';
import { Module } from '@nestjs/common';

import { FollowVectorsWhenLeadingTicker } from './follow-vectors-when-leading.ticker.js';
import { IndexRecordsWhenTheyChangeReactor } from './index-records-when-they-change.reactor.js';
import { IndexWantedWhenQuietTicker } from './index-wanted-when-quiet.ticker.js';
import { KeepIndexWhenLeadingTicker } from './keep-index-when-leading.ticker.js';

/** Keeps the search index as the records are, and vectors beside its passages. */
@Module({
  imports: [KnowledgeContext],
  controllers: [IndexRecordsWhenTheyChangeReactor],
  providers: [
    IndexWantedWhenQuietTicker,
    FollowVectorsWhenLeadingTicker,
    KeepIndexWhenLeadingTicker,
  ],
})
export class VectorizerModule {}
