import type { Catalog } from '#libs/catalog';
import type { Intake } from '#libs/intake';
import type { Operations } from '#libs/operations';
import { contexts, Process } from '#libs/platform';
import { describedRoutes, showDocs, showOpenApi, showStartPage } from '#libs/routes';
import { Controller, Header, Inject, Req, Res } from '@nestjs/common';
import { hash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { Route } from '../routes/route.js';
import type { OpenApi } from './openapi.js';
import { lookAround, type Overview } from './overview.js';
import { refreshing, startPage } from './start-page.js';

const scriptHash = hash('sha256', refreshing, 'base64');

/** Nothing from outside, no frame around us, no script but the one above. */
const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-${scriptHash}'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

const HOST = /^[\w.-]+(?::\d+)?$|^\[[\da-f:.]+\](?::\d+)?$/i;

/** What may be read without a token. */
@Controller()
export class PagesController {
  #described: Promise<{ readonly document: OpenApi; readonly page: string }> | undefined;

  readonly #look: () => Promise<Overview>;

  constructor(
    @Inject(contexts.intake) { deliveries, sources }: Intake,
    @Inject(contexts.catalog) { projectors }: Catalog,
    @Inject(contexts.operations) { checkpoint }: Operations,
    @Inject(Process) { parts: { log }, clock, health, settings }: Process,
  ) {
    const doors = [...sources].map(([name, { secrets }]) => ({ name, on: secrets.length > 0 }));
    const own = { log, clock, health, settings };
    this.#look = lookAround({ ...own, deliveries, projectors, checkpoint, sources: doors });
  }

  @Route(showStartPage)
  async start(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const host = HOST.test(request.host) ? request.host : '127.0.0.1:3000';
    const page = startPage(await this.#look(), `${request.protocol}://${host}`);
    void reply.headers(pageHeaders).send(page);
  }

  @Route(showOpenApi)
  @Header('content-type', 'application/json; charset=utf-8')
  async openApi(): Promise<OpenApi> {
    return (await this.#describe()).document;
  }

  @Route(showDocs)
  async docs(@Res() reply: FastifyReply): Promise<void> {
    void reply.headers(pageHeaders).send((await this.#describe()).page);
  }

  /** Made when somebody asks: an idle process has no need of it. */
  #describe() {
    this.#described ??= Promise.all([import('./openapi.js'), import('./docs-page.js')]).then(
      ([{ openApi }, { docsPage }]) => {
        const document = openApi(describedRoutes);
        return { document, page: docsPage(document) };
      },
    );
    return this.#described;
  }
}
