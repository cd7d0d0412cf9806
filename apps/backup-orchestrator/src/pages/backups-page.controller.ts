import { pageHeaders } from '#libs/platform';
import { showBackupsPage } from '#libs/routes';
import { Controller, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

import { Route } from '../route.js';
import { backupsPage, backupsPageScript } from './backups-page.js';

/** The page at `/backups`. It needs no token: what it shows later does. */
@Controller()
export class BackupsPageController {
  readonly #headers = pageHeaders(backupsPageScript);
  readonly #page = backupsPage();

  @Route(showBackupsPage)
  show(@Res() reply: FastifyReply): void {
    void reply.headers(this.#headers).send(this.#page);
  }
}
