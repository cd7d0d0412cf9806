import { Readable } from 'node:stream';

import type { AgentCall, AgentOrder, Backups } from '#libs/backups';
import { agentReported, type ReportedByAgent } from '#libs/contracts';
import { asFault, fault, kindRules } from '#libs/kernel';
import { CheckedQuery, contexts, JsonBody, Process, traceOf } from '#libs/platform';
import {
  agentOpened,
  opensOfServer,
  orderOfServer,
  reportOfServer,
  sampleSent,
  sourceOfServer,
  sourceQuery,
  type OpenedByAgent,
  type OpensOfServerAnswer,
  type ReportOfServerAnswer,
  type SentSample,
  type SourceQuery,
} from '#libs/routes';
import {
  Controller,
  createParamDecorator,
  Header,
  Inject,
  Param,
  Req,
  StreamableFile,
  type BeforeApplicationShutdown,
  type ExecutionContext,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

import { Route } from '../route.js';
import { copyTar, isCopyHere } from './copy-tar.js';
import { OpenCopies } from './open-copies.js';

/** Who calls, with the token or session of its run: whether it may, the desk judges. */
const Agent = createParamDecorator((_: undefined, context: ExecutionContext): AgentCall => {
  const { headers, ip, params } = context.switchToHttp().getRequest<FastifyRequest>();
  const [, secret] = /^Bearer +([\w.~+/-]{1,512}=*)$/i.exec(headers.authorization ?? '') ?? [];
  if (secret === undefined) throw fault('BACKUP_AGENT_REFUSED', { details: { why: 'no_secret' } });
  const { run = '' } = params as { readonly run?: string };
  return { run, secret, address: ip };
});

/** Where the server of a backup calls, for as long as its run lives. */
@Controller()
export class AgentsController implements BeforeApplicationShutdown {
  readonly #stopping = new AbortController();
  readonly #copies = new OpenCopies();

  constructor(
    @Inject(contexts.backups) private readonly backups: Backups,
    @Inject(Process) private readonly process: Process,
  ) {}

  /** Before the door closes, which waits for every answer that is still growing. */
  beforeApplicationShutdown(): void {
    this.#stopping.abort();
  }

  @Route(orderOfServer)
  @Header('cache-control', 'no-store')
  async order(
    @Agent() call: AgentCall,
    @JsonBody(agentOpened) { by }: OpenedByAgent,
  ): Promise<AgentOrder> {
    return this.backups.order({ ...call, by });
  }

  @Route(reportOfServer)
  async report(
    @Agent() call: AgentCall,
    @JsonBody(agentReported) report: ReportedByAgent,
  ): Promise<ReportOfServerAnswer> {
    return this.backups.hear(call, report);
  }

  @Route(opensOfServer)
  async opens(
    @Agent() call: AgentCall,
    @JsonBody(sampleSent) sample: SentSample,
  ): Promise<OpensOfServerAnswer> {
    return { opens: await this.backups.opens(call, sample) };
  }

  @Route(sourceOfServer)
  @Header('cache-control', 'no-store')
  async source(
    @Agent() call: AgentCall,
    @Param('source') source: string,
    @CheckedQuery(sourceQuery) { after }: SourceQuery,
    @Req() { raw }: FastifyRequest,
  ): Promise<StreamableFile> {
    const copy = {
      ...(await this.backups.exported(call, source)),
      ...{ source, ...(after !== undefined && { after }) },
    };
    await isCopyHere(copy);
    const { signal } = this.#stopping;
    const ended = this.#copies.open(call.run);
    const tar = Readable.from(copyTar(copy, signal), { objectMode: false }).once('close', ended);
    // Its status has left already, so it is logged here. Who is cut off asks again.
    tar.once('error', (thrown) => {
      if (signal.aborted) return;
      const error = asFault(thrown);
      const { log } = this.process;
      const fields = { run: call.run, source, trace: traceOf(raw), error };
      log[kindRules[error.kind].level]('backup.copy_cut_off', fields);
    });
    return new StreamableFile(tar, { type: 'application/x-tar' });
  }
}
