import type { Answering, AnswerProgress } from '#libs/answering';
import { asFault, kindRules, problemOf, randomId, type Problem } from '#libs/kernel';
import {
  Caller,
  contexts,
  eventStream,
  idempotencyKey,
  JsonBody,
  Process,
  traceOf,
  type Operator,
} from '#libs/platform';
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
import { Controller, Headers, Inject, Param, Req, StreamableFile } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

import { Route } from '../route.js';
import { shownAnswer, shownProgress } from './shown-answer.js';

/** A browser that shows a page accepts anything; only who asks for events can read them. */
const wantsEvents = (accept: string | undefined): boolean =>
  accept?.split(',').some((type) => /^\s*text\/event-stream\b/i.test(type)) ?? false;

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
    @Req() { headers, raw }: FastifyRequest,
  ): Promise<AnswerDocument | StreamableFile> {
    const key = idempotencyKey(header);
    const reader = await this.process.readerOf(operator, as);
    const cause = { actor: operator.name, cause: randomId(this.process.clock.now()) };
    const asked = {
      ...reader,
      text,
      ...(conversation !== undefined && { conversation }),
      ...(key !== undefined && { key }),
      ...(about && { about }),
      ...(as !== undefined && { as }),
    };
    if (!wantsEvents(headers.accept))
      return shownAnswer(this.#publicUrl, await this.answering.ask(asked, cause));
    const { log } = this.process;
    const problemOf = (thrown: unknown): Problem => this.#problemOf(thrown, traceOf(raw));
    const events = eventStream({ log, problemOf }, async (tell) => {
      const grow = (progress: AnswerProgress): void =>
        tell(shownProgress(this.#publicUrl, progress));
      const answer = await this.answering.ask(asked, cause, grow);
      tell({ event: 'answer', data: shownAnswer(this.#publicUrl, answer) });
    });
    return new StreamableFile(events, { type: 'text/event-stream; charset=utf-8' });
  }

  /** Its status has left already, so it is told and logged here. */
  #problemOf(thrown: unknown, trace: string): Problem {
    const failed = asFault(thrown);
    const { log } = this.process;
    log[kindRules[failed.kind].level]('question.failed', { trace, error: failed });
    return problemOf(failed, trace);
  }

  @Route(showQuestion)
  async show(@Param('id') id: string, @Caller() operator: Operator): Promise<AnswerDocument> {
    const reader = await this.process.readerOf(operator);
    return shownAnswer(this.#publicUrl, await this.answering.showQuestion(reader, id));
  }

  @Route(rate)
  async rate(
    @Param('id') question: string,
    @JsonBody(rating) { rating: rated, comment }: RatingBody,
    @Caller() operator: Operator,
  ): Promise<AnswerDocument> {
    const reader = await this.process.readerOf(operator);
    const answer = await this.answering.rateAnswer(
      reader,
      { question, rating: rated, ...(comment !== undefined && { comment }) },
      { actor: operator.name, cause: randomId(this.process.clock.now()) },
    );
    return shownAnswer(this.#publicUrl, answer);
  }
}
