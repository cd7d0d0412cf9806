import type { Intake, Reprocessed } from '#libs/intake';
import { Caller, contexts, JsonBody, Process, type Operator } from '#libs/platform';
import {
  deliveryQuery,
  listDeliveries,
  reprocess,
  reprocessing,
  showDelivery,
  showRaw,
  type AskedReprocessing,
  type DeliveryListQuery,
} from '#libs/routes';
import { Controller, Inject, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

import { found, pageAnswer, present } from '../routes/answers.js';
import { ListQuery } from '../routes/queries.js';
import { Route } from '../routes/route.js';
import { shownDelivery } from './shown-delivery.js';

/** What came in through the doors. */
@Controller()
export class DeliveriesController {
  constructor(
    @Inject(contexts.intake) private readonly intake: Intake,
    @Inject(Process) private readonly process: Process,
  ) {}

  @Route(listDeliveries)
  async list(@ListQuery(deliveryQuery) { receivedAfter, ...query }: DeliveryListQuery) {
    const page = await this.intake.deliveries.list({
      ...present(query),
      limit: query.limit,
      ...(receivedAfter !== undefined && { receivedFrom: receivedAfter }),
    });
    return pageAnswer(page, shownDelivery);
  }

  @Route(showDelivery)
  async show(@Param('id') id: string) {
    const [delivery] = await this.intake.deliveries.find([id]);
    return shownDelivery(found(delivery));
  }

  @Route(showRaw)
  async raw(
    @Param('id') id: string,
    @Caller() caller: Operator,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const bytes = found(await this.intake.rawDelivery(id));
    this.process.log.info('delivery.raw_shown', { delivery: id, operator: caller.name });
    void reply
      .headers({
        'content-type': 'application/octet-stream',
        'content-disposition': 'attachment',
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      })
      .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
  }

  @Route(reprocess)
  reprocess(
    @JsonBody(reprocessing) { ids, source, receivedAfter, receivedBefore }: AskedReprocessing,
  ): Promise<Reprocessed> {
    return this.intake.reprocess({
      ...(ids && { ids }),
      ...(source !== undefined && { source }),
      ...(receivedAfter !== undefined && { receivedFrom: receivedAfter }),
      ...(receivedBefore !== undefined && { receivedBefore }),
    });
  }
}
