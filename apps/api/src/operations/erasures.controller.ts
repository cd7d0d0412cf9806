import type { Operations } from '#libs/operations';
import { Caller, contexts, JsonBody, Process, type Operator } from '#libs/platform';
import { erase, erasing, type AskedErasing } from '#libs/routes';
import { Controller, Inject } from '@nestjs/common';

import { Route } from '../routes/route.js';

/** Forgetting. */
@Controller()
export class ErasuresController {
  constructor(
    @Inject(contexts.operations) private readonly operations: Operations,
    @Inject(Process) private readonly process: Process,
  ) {}

  @Route(erase)
  async erase(
    @JsonBody(erasing) { target, also, confirm }: AskedErasing,
    @Caller() caller: Operator,
  ) {
    const { erasures, whenRefolded } = this.operations;
    const plan = await erasures.plan(target, also);
    if (!confirm) return { erased: false, ...plan };
    const look = await erasures.watch(plan);
    const erasure = await erasures.erase(plan, caller.name);
    const { fact, position } = erasure;
    this.process.log.warn('streams.erased', { operator: caller.name, fact, position });
    const refolded = await whenRefolded(position);
    return { erased: true, ...erasure, refolded, ...(refolded && { looked: await look() }) };
  }
}
