import { IntakeContext } from '#libs/platform';
import { Module } from '@nestjs/common';

import { WriteCountsWhenDueTicker } from './write-counts-when-due.ticker.js';
import { KeepQuarantineReactor } from './keep-quarantine.reactor.js';
import { TakeInDeliveriesReactor } from './take-in-deliveries.reactor.js';
import { WebhookController } from './webhook.controller.js';

/** The door and intake: from a provider's request to facts in the log. */
@Module({
  imports: [IntakeContext],
  controllers: [WebhookController, TakeInDeliveriesReactor, KeepQuarantineReactor],
  providers: [WriteCountsWhenDueTicker],
})
export class WebhookIngestModule {}
