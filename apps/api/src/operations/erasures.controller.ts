import type { Operations } from '#libs/operations';
import { Caller, contexts, JsonBody, Process, type Operator } from '#libs/platform';
import { Controller, Inject } from '@nestjs/common';
import { z } from 'zod';

import { Route, type RouteNote } from '../routes/route.js';

const erasing = z.strictObject({
  target: z.string().min(1).max(512),
  confirm: z.boolean().default(false),
});
type AskedErasing = z.output<typeof erasing>;

const erase: RouteNote = {
  method: 'post',
  path: '/api/erasures',
  group: 'Operations',
  does: 'Forgets what a stream, or a record and all that is linked to it, says about people',
  says: 'Without `confirm` it only tells what would go. What goes cannot come back: keys are destroyed, raw deliveries with them. `unlinked` is what nobody could read or prove and mentions one of its ids; the letters’ deliveries go along. `refolded` says that no query shows it any more.',
  role: 'admin',
  body: erasing,
  answers: z.object({
    erased: z.boolean(),
    streams: z.array(z.string()),
    deliveries: z.array(z.string()),
    facts: z.int(),
    unlinked: z
      .object({ letters: z.array(z.string()), quarantined: z.array(z.string()) })
      .optional(),
    fact: z.string().optional(),
    position: z.int().optional(),
    refolded: z.boolean().optional(),
  }),
};

/** Forgetting. */
@Controller()
export class ErasuresController {
  constructor(
    @Inject(contexts.operations) private readonly operations: Operations,
    @Inject(Process) private readonly process: Process,
  ) {}

  @Route(erase)
  async erase(@JsonBody(erasing) { target, confirm }: AskedErasing, @Caller() caller: Operator) {
    const { erasures, whenRefolded } = this.operations;
    const plan = await erasures.plan(target);
    if (!confirm) return { erased: false, ...plan };
    const erasure = await erasures.erase(plan, caller.name);
    const { fact, position } = erasure;
    this.process.log.warn('streams.erased', { operator: caller.name, fact, position });
    return { erased: true, ...erasure, refolded: await whenRefolded(position) };
  }
}
