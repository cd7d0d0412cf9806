import { pageHeaders } from '#libs/platform';
import { showAskPage } from '#libs/routes';
import { Controller, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

import { Route } from '../route.js';
import { askPage, askPageScript } from './ask-page.js';

/** The page at `/ask`. It needs no token: what it shows later does. */
@Controller()
export class AskPageController {
  readonly #headers = pageHeaders(askPageScript);
  #page: string | undefined;

  @Route(showAskPage)
  show(@Res() reply: FastifyReply): void {
    this.#page ??= askPage();
    void reply.headers(this.#headers).send(this.#page);
  }
}
