import {
  createDeliveries,
  readDeliveries,
  reprocessDeliveries,
  type Deliveries,
  type ReadDeliveries,
  type Reprocessed,
} from '#libs/intake';
import { Caller, JsonBody, Ports, type Log, type Operator, type Wired } from '#libs/platform';
import { Controller, Inject, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

import { found, pageAnswer, present } from '../routes/answers.js';
import { ListQuery } from '../routes/queries.js';
import { Route } from '../routes/route.js';
import {
  deliveryQuery,
  listDeliveries,
  reprocess,
  reprocessing,
  showDelivery,
  showRaw,
  type AskedReprocessing,
  type DeliveryListQuery,
} from './deliveries.routes.js';
import { shownDelivery } from './shown-delivery.js';

/** What came in through the doors. */
@Controller()
export class DeliveriesController {
  constructor(
    @Inject(readDeliveries) private readonly deliveries: ReadDeliveries,
    @Inject(createDeliveries) private readonly kept: Deliveries,
    @Inject(reprocessDeliveries) private readonly runAgain: Wired<typeof reprocessDeliveries>,
    @Inject(Ports.appLog) private readonly log: Log,
  ) {}

  @Route(listDeliveries)
  async list(@ListQuery(deliveryQuery) { receivedAfter, ...query }: DeliveryListQuery) {
    const page = await this.deliveries.list({
      ...present(query),
      limit: query.limit,
      ...(receivedAfter !== undefined && { receivedFrom: receivedAfter }),
    });
    return pageAnswer(page, shownDelivery);
  }

  @Route(showDelivery)
  async show(@Param('id') id: string) {
    const [delivery] = await this.deliveries.find([id]);
    return shownDelivery(found(delivery));
  }

  @Route(showRaw)
  async raw(
    @Param('id') id: string,
    @Caller() caller: Operator,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const bytes = found(await this.kept.raw(id));
    this.log.info('delivery.raw_shown', { delivery: id, operator: caller.name });
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
    return this.runAgain({
      ...(ids && { ids }),
      ...(source !== undefined && { source }),
      ...(receivedAfter !== undefined && { receivedFrom: receivedAfter }),
      ...(receivedBefore !== undefined && { receivedBefore }),
    });
  }
}
