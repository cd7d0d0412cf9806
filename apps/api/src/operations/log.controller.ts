import { codes, asFault } from '#libs/kernel';
import type { Operations, Restored } from '#libs/operations';
import { Caller, contexts, Process, type Operator } from '#libs/platform';
import { declareRestored, verifyLog } from '#libs/routes';
import { Controller, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { PassThrough } from 'node:stream';

import { Route } from '../routes/route.js';

const TELL_EACH_MS = 200;

/** The log as a whole. */
@Controller()
export class LogController {
  constructor(
    @Inject(contexts.operations) private readonly operations: Operations,
    @Inject(Process) private readonly process: Process,
  ) {}

  @Route(verifyLog)
  async verify(@Res() reply: FastifyReply): Promise<void> {
    const { position: head } = await this.process.parts.log.head();
    const lines = new PassThrough();
    const tell = (line: object): void => void lines.write(`${JSON.stringify(line)}\n`);
    void reply.header('content-type', 'application/x-ndjson').send(lines);
    let told = performance.now();
    try {
      const outcome = await this.operations.verify((position) => {
        if (performance.now() - told < TELL_EACH_MS) return;
        told = performance.now();
        tell({ position, head });
      });
      tell(outcome);
    } catch (thrown) {
      // The status is sent already: a last line says what an answer would have said.
      const { code } = asFault(thrown);
      this.process.log.warn('log.not_verified', { error: thrown });
      tell({ code, title: codes[code].title });
    }
    lines.end();
  }

  @Route(declareRestored)
  async restored(@Caller() caller: Operator): Promise<Restored> {
    const answer = await this.operations.declareRestored();
    const { era, position } = answer;
    this.process.log.warn('log.declared_restored', { operator: caller.name, era, position });
    return answer;
  }
}
