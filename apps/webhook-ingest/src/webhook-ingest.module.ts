import {
  createDeliveries,
  createQuarantine,
  receiveDelivery,
  takeInDeliveries,
} from '#libs/intake';
import { Ports, wire } from '#libs/platform';
import { Module } from '@nestjs/common';

import { KeepQuarantineReactor } from './keep-quarantine.reactor.js';
import { TakeInDeliveriesReactor } from './take-in-deliveries.reactor.js';
import { WebhookController } from './webhook.controller.js';

/** The door and intake: from a provider's request to facts in the log. */
@Module({
  controllers: [WebhookController, TakeInDeliveriesReactor, KeepQuarantineReactor],
  providers: [
    wire(receiveDelivery, {
      sources: Ports.sources,
      bus: Ports.bus,
      hash: Ports.hash,
      quarantineAllowance: Ports.quarantineAllowance,
    }),
    wire(createDeliveries, {
      documents: Ports.documents,
      keys: Ports.keys,
      hash: Ports.hash,
      packer: Ports.packer,
      retentionMs: Ports.rawRetentionMs,
    }),
    wire(createQuarantine, {
      sources: Ports.sources,
      documents: Ports.documents,
      keys: Ports.keys,
      bus: Ports.bus,
      hash: Ports.hash,
      clock: Ports.clock,
      packer: Ports.packer,
      retentionMs: Ports.quarantineRetentionMs,
      maxBytes: Ports.quarantineMaxBytes,
    }),
    wire(takeInDeliveries, {
      sources: Ports.sources,
      deliveries: createDeliveries,
      journal: Ports.journal,
      bus: Ports.bus,
    }),
  ],
})
export class WebhookIngestModule {}
