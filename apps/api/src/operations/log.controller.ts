import { codes, asFault } from '#libs/kernel';
import type { Operations, Restored } from '#libs/operations';
import { Caller, contexts, Process, type Operator } from '#libs/platform';
import { Controller, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { PassThrough } from 'node:stream';
import { z } from 'zod';

import { Route, type RouteNote } from '../routes/route.js';

const verify: RouteNote = {
  method: 'post',
  path: '/api/verify',
  group: 'Operations',
  does: 'Walks the whole chain of the log and names the first wrong position',
  says: 'JSON lines: `{ "position", "head" }` while it goes; the last is `{ "whole": true, "era", "position", "hash" }`, or `{ "whole": false, "position", "trouble", "projector"? }`, or `{ "code", "title" }` where it could not go on.',
  role: 'operator',
  media: 'application/x-ndjson',
};

const restored: RouteNote = {
  method: 'post',
  path: '/api/log/restored',
  group: 'Operations',
  does: 'Says that the log or the keys came from a backup: a new era begins',
  says: 'Erasures are carried out again. Projectors that had seen more begin afresh, and raw deliveries that are still kept run again. Start the roles anew afterwards.',
  role: 'admin',
  answers: z.object({
    era: z.int(),
    position: z.int(),
    afresh: z.array(z.string()),
    erased: z.int(),
    republished: z.int(),
  }),
};

const TELL_EACH_MS = 200;

/** The log as a whole. */
@Controller()
export class LogController {
  constructor(
    @Inject(contexts.operations) private readonly operations: Operations,
    @Inject(Process) private readonly process: Process,
  ) {}

  @Route(verify)
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

  @Route(restored)
  async restored(@Caller() caller: Operator): Promise<Restored> {
    const answer = await this.operations.declareRestored();
    const { era, position } = answer;
    this.process.log.warn('log.declared_restored', { operator: caller.name, era, position });
    return answer;
  }
}
