import { answerOf, type Intake } from '#libs/intake';
import type { Registers } from '#libs/operations';
import { contexts, Process, traceOf, traceparentOf } from '#libs/platform';
import { Controller, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** How our own probe introduces itself: it is counted apart, and believed nothing. */
const CANARY_AGENT = 'innkeeper-canary';
const NOTHING = new Uint8Array();

/** The door on the Swarm: hands raw bytes to `receiveDelivery` and answers with the outcome. */
@Controller('webhooks')
export class WebhookController {
  constructor(
    @Inject(contexts.intake) private readonly intake: Intake,
    @Inject(contexts.registers) private readonly registers: Registers,
    @Inject(Process) private readonly process: Process,
  ) {}

  @Post(':source')
  async take(
    @Param('source') source: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const received = await this.intake.receive({
      source,
      headers: request.headers as Record<string, string>,
      body: (request.body as Uint8Array | undefined) ?? NOTHING,
      receivedAt: this.process.clock.now(),
      traceparent: traceparentOf(request.raw),
    });
    const isCanary = request.headers['user-agent'] === CANARY_AGENT;
    this.registers.counts.answered(source, received, isCanary);
    const { status, headers, body } = answerOf(
      received,
      traceOf(request.raw),
      this.intake.sources.get(source)?.provider,
    );
    void reply
      .status(status)
      .headers(headers ?? {})
      .send(body);
  }
}
