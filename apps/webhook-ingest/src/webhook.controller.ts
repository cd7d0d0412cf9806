import { answerOf, receiveDelivery, type Sources } from '#libs/intake';
import type { Clock } from '#libs/kernel';
import { Ports, traceOf, traceparentOf, type Wired } from '#libs/platform';
import { Controller, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { CountSources } from './count-sources.js';

/** How our own probe introduces itself: it is counted apart, and believed nothing. */
const CANARY_AGENT = 'innkeeper-canary';
const NOTHING = new Uint8Array();

/** The door on the Swarm: hands raw bytes to `receiveDelivery` and says what came of it. */
@Controller('webhooks')
export class WebhookController {
  constructor(
    @Inject(receiveDelivery) private readonly receive: Wired<typeof receiveDelivery>,
    @Inject(Ports.sources) private readonly sources: Sources,
    @Inject(Ports.clock) private readonly clock: Clock,
    @Inject(CountSources) private readonly counts: CountSources,
  ) {}

  @Post(':source')
  async take(
    @Param('source') source: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const received = await this.receive({
      source,
      headers: request.headers as Record<string, string>,
      body: (request.body as Uint8Array | undefined) ?? NOTHING,
      receivedAt: this.clock.now(),
      traceparent: traceparentOf(request.raw),
    });
    this.counts.answered(source, received, request.headers['user-agent'] === CANARY_AGENT);
    const { status, headers, body } = answerOf(
      received,
      traceOf(request.raw),
      this.sources.get(source)?.provider,
    );
    void reply
      .status(status)
      .headers(headers ?? {})
      .send(body);
  }
}
