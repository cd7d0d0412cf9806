import type { Catalog } from '#libs/catalog';
import type { Intake } from '#libs/intake';
import type { Operations } from '#libs/operations';
import { contexts, isDemoDirectory, pageHeaders, Process } from '#libs/platform';
import {
  describedRoutes,
  showDocs,
  showOpenApi,
  showRecordPage,
  showStartPage,
} from '#libs/routes';
import { Controller, Header, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { Route } from '../routes/route.js';
import type { OpenApi } from './openapi.js';
import { lookAround, type Overview } from './overview.js';
import { recordPage, recordPageScript } from './record-page.js';
import { refreshing, startPage } from './start-page.js';

const startHeaders = pageHeaders(refreshing);

const HOST = /^[\w.-]+(?::\d+)?$|^\[[\da-f:.]+\](?::\d+)?$/i;

/** What may be read without a token. */
@Controller()
export class PagesController {
  #described: Promise<{ readonly document: OpenApi; readonly page: string }> | undefined;

  readonly #recordHeaders = pageHeaders(recordPageScript);
  #recordPage: string | undefined;

  readonly #look: () => Promise<Overview>;

  constructor(
    @Inject(contexts.intake) { deliveries, sources }: Intake,
    @Inject(contexts.catalog) { projectors }: Catalog,
    @Inject(contexts.operations) { checkpoint }: Operations,
    @Inject(Process) { parts: { log }, clock, health, settings }: Process,
  ) {
    const doors = [...sources].map(([name, { secrets }]) => ({ name, on: secrets.length > 0 }));
    const isDemo = isDemoDirectory(settings.process.dataDir);
    const own = { log, clock, health, settings, isDemo };
    this.#look = lookAround({ ...own, deliveries, projectors, checkpoint, sources: doors });
  }

  @Route(showStartPage)
  async start(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const host = HOST.test(request.host) ? request.host : '127.0.0.1:3000';
    const page = startPage(await this.#look(), `${request.protocol}://${host}`);
    void reply.headers(startHeaders).send(page);
  }

  @Route(showOpenApi)
  @Header('content-type', 'application/json; charset=utf-8')
  async openApi(): Promise<OpenApi> {
    return (await this.#describe()).document;
  }

  @Route(showDocs)
  async docs(@Res() reply: FastifyReply): Promise<void> {
    void reply.headers(startHeaders).send((await this.#describe()).page);
  }

  /** The same for every record: what stands in it is asked for with the token of who looks. */
  @Route(showRecordPage)
  record(@Res() reply: FastifyReply): void {
    this.#recordPage ??= recordPage();
    void reply.headers(this.#recordHeaders).send(this.#recordPage);
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
