import {
  createDeliveries,
  createQuarantine,
  receiveDelivery,
  takeInDeliveries,
} from '#libs/intake';
import { createKnownSecrets, createTallies } from '#libs/operations';
import { Ports, provide, token, wire } from '#libs/platform';
import { Module } from '@nestjs/common';
import { randomBytes } from 'node:crypto';

import { CountSources } from './count-sources.js';
import { KeepQuarantineReactor } from './keep-quarantine.reactor.js';
import { TakeInDeliveriesReactor } from './take-in-deliveries.reactor.js';
import { WebhookController } from './webhook.controller.js';

const MakeKey = token<() => Uint8Array>('MakeKey');
const Notice = token<CountSources['notice']>('Notice');

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
      notice: Notice,
    }),
    wire(createTallies, { documents: Ports.documents, clock: Ports.clock }),
    provide(MakeKey, () => randomBytes(32)),
    wire(createKnownSecrets, {
      documents: Ports.documents,
      keys: Ports.keys,
      clock: Ports.clock,
      makeKey: MakeKey,
    }),
    CountSources,
    {
      provide: Notice,
      inject: [CountSources],
      useFactory: ({ notice }: CountSources) => notice,
    },
  ],
})
export class WebhookIngestModule {}
