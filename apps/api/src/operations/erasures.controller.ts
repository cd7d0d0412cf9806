import { dataKeptUntil, keysKeptUntil } from '#libs/backups';
import type { Erasure } from '#libs/catalog';
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
    this.#told(erasure, caller);
    if (!(await whenRefolded(erasure.position)))
      return { erased: true, ...erasure, refolded: false, inBackups: this.#inBackups() };
    const late = await erasures.eraseLate(plan, caller.name);
    if (late) this.#told(late, caller);
    const refolded = late === undefined || (await whenRefolded(late.position));
    return {
      erased: true,
      ...erasure,
      streams: [...erasure.streams, ...(late?.streams ?? [])],
      refolded,
      ...(refolded && { looked: await look() }),
      inBackups: this.#inBackups(),
    };
  }

  /** Copies of other databases and folders are not sealed with keys of ours. */
  #inBackups() {
    const { clock, settings } = this.process;
    const { backup } = settings;
    const now = clock.now();
    const until = new Date(dataKeptUntil(now, backup)).toISOString();
    return {
      keysUntil: new Date(keysKeptUntil(now, backup)).toISOString(),
      sources: backup.sources.map(({ name }) => ({ name, until })),
    };
  }

  #told({ fact, position }: Erasure, { name: operator }: Operator): void {
    this.process.log.warn('streams.erased', { operator, fact, position });
  }
}
