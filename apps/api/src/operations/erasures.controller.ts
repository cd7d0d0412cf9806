import type { Operations } from '#libs/operations';
import { Caller, contexts, JsonBody, Process, type Operator } from '#libs/platform';
import { Controller, Inject } from '@nestjs/common';
import { z } from 'zod';

import { Route, type RouteNote } from '../routes/route.js';

const erasing = z.strictObject({
  target: z.string().min(1).max(512),
  also: z.array(z.string().min(1).max(512)).max(1000).default([]),
  confirm: z.boolean().default(false),
});
type AskedErasing = z.output<typeof erasing>;

const choice = z.object({
  stream: z.string(),
  reason: z.enum(['group', 'named_by_it', 'named_once', 'names_others', 'shared_handle']),
});
const find = z.object({ stream: z.string(), by: z.enum(['id', 'mail', 'name', 'number']) });
const look = z.object({
  records: z.int(),
  facts: z.int(),
  deliveries: z.int(),
  links: z.int(),
  left: z.array(
    z.object({
      where: z.enum(['delivery', 'fact', 'generation', 'link', 'record']),
      name: z.string(),
      known: z.boolean(),
    }),
  ),
});

const erase: RouteNote = {
  method: 'post',
  path: '/api/erasures',
  group: 'Operations',
  does: 'Forgets what a stream, or a record and all that is about the same person, says about people',
  says: 'Without `confirm` it only lists what would go. What goes cannot come back: keys are destroyed, raw deliveries with them. `choices` are shared with somebody else, `finds` only hold one of the person’s values: neither is taken unless `also` names it. `unlinked` is what nobody could read or prove and mentions one of the ids; the letters’ deliveries go along. `refolded`: the catalog has met it. `looked` is what was looked at afterwards, and what of the person was still there; `known` marks a choice or a find that nobody asked for.',
  role: 'admin',
  body: erasing,
  answers: z.object({
    erased: z.boolean(),
    streams: z.array(z.string()),
    kinds: z.record(z.string(), z.int()),
    deliveries: z.array(z.string()),
    facts: z.int(),
    choices: z.array(choice),
    finds: z.array(find),
    bounded: z.boolean(),
    unlinked: z
      .object({ letters: z.array(z.string()), quarantined: z.array(z.string()) })
      .optional(),
    fact: z.string().optional(),
    position: z.int().optional(),
    refolded: z.boolean().optional(),
    looked: look.optional(),
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
