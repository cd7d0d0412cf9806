import { IntakeContext } from '#libs/platform';
import { Module } from '@nestjs/common';

import { CountSources } from './count-sources.js';
import { KeepQuarantineReactor } from './keep-quarantine.reactor.js';
import { TakeInDeliveriesReactor } from './take-in-deliveries.reactor.js';
import { WebhookController } from './webhook.controller.js';

/** The door and intake: from a provider's request to facts in the log. */
@Module({
  imports: [IntakeContext],
  controllers: [WebhookController, TakeInDeliveriesReactor, KeepQuarantineReactor],
  providers: [CountSources],
})
export class WebhookIngestModule {}
