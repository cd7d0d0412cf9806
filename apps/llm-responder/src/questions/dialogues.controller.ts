import type { Answering, ListedDialogue } from '#libs/answering';
import { randomId } from '#libs/kernel';
import { Caller, CheckedQuery, contexts, JsonBody, Process, type Operator } from '#libs/platform';
import {
  archiveDialogue,
  dialoguesQuery,
  listDialogues,
  renameDialogue,
  showDialogue,
  titling,
  type DialogueAnswer,
  type DialoguesQuery,
  type TitlingBody,
} from '#libs/routes';
import { Controller, Inject, Param } from '@nestjs/common';

import { Route } from '../route.js';
import { shownDialogue } from './shown-answer.js';

/** Dialogues of the person who asks. */
@Controller()
export class DialoguesController {
  readonly #publicUrl: string | undefined;

  constructor(
    @Inject(contexts.answering) private readonly answering: Answering,
    @Inject(Process) private readonly process: Process,
  ) {
    this.#publicUrl = process.settings.operations.publicUrl;
  }

  @Route(listDialogues)
  async list(
    @CheckedQuery(dialoguesQuery) { limit, after, text }: DialoguesQuery,
    @Caller() operator: Operator,
  ): Promise<{ readonly items: readonly ListedDialogue[]; readonly next: string | null }> {
    const reader = await this.#reader(operator);
    const { answering } = this;
    if (text !== undefined)
      return { items: await answering.findDialogues(reader, text, limit), next: null };
    const { items, next } = await answering.listDialogues(reader, {
      limit,
      ...(after !== undefined && { after }),
    });
    return { items, next: next ?? null };
  }

  @Route(showDialogue)
  async show(@Param('id') id: string, @Caller() operator: Operator): Promise<DialogueAnswer> {
    const reader = await this.#reader(operator);
    return shownDialogue(this.#publicUrl, await this.answering.showDialogue(reader, id));
  }

  @Route(renameDialogue)
  async rename(
    @Param('id') id: string,
    @JsonBody(titling) { title }: TitlingBody,
    @Caller() operator: Operator,
  ): Promise<DialogueAnswer> {
    const reader = await this.#reader(operator);
    const { answering } = this;
    return shownDialogue(
      this.#publicUrl,
      await answering.renameDialogue(reader, id, title, this.#cause(operator)),
    );
  }

  @Route(archiveDialogue)
  async archive(@Param('id') id: string, @Caller() operator: Operator): Promise<DialogueAnswer> {
    const reader = await this.#reader(operator);
    const { answering } = this;
    return shownDialogue(
      this.#publicUrl,
      await answering.archiveDialogue(reader, id, this.#cause(operator)),
    );
  }

  #reader(operator: Operator) {
    return this.process.readerOf(operator);
  }

  #cause({ name }: Operator) {
    return { actor: name, cause: randomId(this.process.clock.now()) };
  }
}
