import type { Answering, BudgetLeft, ModelUse } from '#libs/answering';
import { CheckedQuery, contexts, Process } from '#libs/platform';
import {
  modelUseQuery,
  showModelUse,
  type ModelUseAnswer,
  type ModelUseQuery,
  type UseShown,
} from '#libs/routes';
import { Controller, Inject } from '@nestjs/common';

import { Route } from '../route.js';

/** What the language model was used for. */
@Controller()
export class ModelUseController {
  constructor(
    @Inject(contexts.answering) private readonly answering: Answering,
    @Inject(Process) private readonly process: Process,
  ) {}

  @Route(showModelUse)
  async show(@CheckedQuery(modelUseQuery) { day, person }: ModelUseQuery): Promise<ModelUseAnswer> {
    const asker = person === undefined ? undefined : await this.process.askerOf({ name: person });
    const use = await this.answering.readModelUse(day, asker);
    return {
      day: use.day,
      all: shown({ ...use.all, left: use.left }),
      people: use.people.map((one) => ({ person: one.person, ...shown(one) })),
      rooms: use.rooms.map((one) => ({ room: one.room, ...shown(one) })),
    };
  }
}

const MICRO = 1_000_000;

const shown = ({
  answers,
  inputTokens,
  cachedTokens,
  outputTokens,
  microCents,
  left,
}: ModelUse & { readonly left: BudgetLeft }): UseShown => ({
  ...{ answers, inputTokens, cachedTokens, outputTokens },
  cents: microCents / MICRO,
  left: {
    ...(left.answers !== undefined && { answers: left.answers }),
    tokens: left.tokens,
    cents: left.microCents / MICRO,
  },
});
