import type { Answering } from '#libs/answering';
import { fault, randomId } from '#libs/kernel';
import { Caller, contexts, JsonBody, Process, type Operator } from '#libs/platform';
import {
  ask,
  asking,
  rate,
  rating,
  showQuestion,
  type AskedQuestionBody,
  type AnswerDocument,
  type RatingBody,
} from '#libs/routes';
import { Controller, Headers, Inject, Param } from '@nestjs/common';

import { Route } from '../route.js';
import { readerOf } from './asker.js';
import { shownAnswer } from './shown-answer.js';

/** As in draft-ietf-httpapi-idempotency-key-header: any visible text. */
const KEY = /^[\x21-\x7e]{1,255}$/;

const keyOf = (header: string | undefined): string | undefined => {
  if (header !== undefined && !KEY.test(header))
    throw fault('API_REQUEST_INVALID', {
      details: { part: 'Idempotency-Key', problem: 'invalid' },
    });
  return header;
};

/** Questions and what becomes of them. */
@Controller()
export class QuestionsController {
  readonly #publicUrl: string | undefined;

  constructor(
    @Inject(contexts.answering) private readonly answering: Answering,
    @Inject(Process) private readonly process: Process,
  ) {
    this.#publicUrl = process.settings.operations.publicUrl;
  }

  @Route(ask)
  async ask(
    @JsonBody(asking) { text, conversation, as, about }: AskedQuestionBody,
    @Headers('idempotency-key') header: string | undefined,
    @Caller() operator: Operator,
  ): Promise<AnswerDocument> {
    const key = keyOf(header);
    const reader = await readerOf(this.process, operator, as);
    const { name: actor } = operator;
    const cause = randomId(this.process.clock.now());
    const answer = await this.answering.ask(
      {
        ...reader,
        text,
        ...(conversation !== undefined && { conversation }),
        ...(key !== undefined && { key }),
        ...(about && { about }),
        ...(as !== undefined && { as }),
      },
      { actor, cause },
    );
    return shownAnswer(this.#publicUrl, answer);
  }

  @Route(showQuestion)
  async show(@Param('id') id: string, @Caller() operator: Operator): Promise<AnswerDocument> {
    const reader = await readerOf(this.process, operator);
    return shownAnswer(this.#publicUrl, await this.answering.showQuestion(reader, id));
  }

  @Route(rate)
  async rate(
    @Param('id') question: string,
    @JsonBody(rating) { rating: rated, comment }: RatingBody,
    @Caller() operator: Operator,
  ): Promise<AnswerDocument> {
    const reader = await readerOf(this.process, operator);
    const answer = await this.answering.rateAnswer(
      reader,
      { question, rating: rated, ...(comment !== undefined && { comment }) },
      { actor: operator.name, cause: randomId(this.process.clock.now()) },
    );
    return shownAnswer(this.#publicUrl, answer);
  }
}
