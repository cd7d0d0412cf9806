import { pageHeaders, Process, whatLeaves } from '#libs/platform';
import { showAskPage } from '#libs/routes';
import { Controller, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

import { Route } from '../route.js';
import { askPage, askPageScript } from './ask-page.js';

/** The page at `/ask`. It needs no token: what it shows later does. */
@Controller()
export class AskPageController {
  readonly #headers = pageHeaders(askPageScript);
  #page: string | undefined;

  constructor(@Inject(Process) private readonly process: Process) {}

  @Route(showAskPage)
  show(@Res() reply: FastifyReply): void {
    this.#page ??= askPage(whatLeaves(this.process.settings));
    void reply.headers(this.#headers).send(this.#page);
  }
}
