import type { AgentAnswer, AgentOrder, AgentReport, SealedSample } from '#libs/backups';
import { codes, fault, type Code, type Fault, type Secret } from '#libs/kernel';
import {
  opensOfServer,
  orderOfServer,
  pathOf,
  reportOfServer,
  sourceOfServer,
  type RouteNote,
} from '#libs/routes';
import type { z } from 'zod';

export interface HomeWatch {
  readonly signal: AbortSignal;
}

interface HomeCall extends HomeWatch {
  readonly secret: Secret;
  readonly source?: string;
  readonly after?: string;
  readonly body?: unknown;
}

/** Where the platform lives, over the one way that a server has to it. */
export class Home {
  constructor(
    private readonly url: string,
    private readonly run: string,
  ) {}

  order(token: Secret, by: string, { signal }: HomeWatch): Promise<AgentOrder> {
    return this.#asked(orderOfServer, { secret: token, body: { by }, signal });
  }

  report(secret: Secret, body: AgentReport, { signal }: HomeWatch): Promise<AgentAnswer> {
    return this.#asked(reportOfServer, { secret, body, signal });
  }

  async opens(secret: Secret, body: SealedSample, { signal }: HomeWatch): Promise<boolean> {
    return (await this.#asked(opensOfServer, { secret, body, signal })).opens;
  }

  /** The copy of a source as a tar, from after an entry that came whole. */
  async source(
    secret: Secret,
    call: { readonly source: string; readonly after?: string },
    { signal }: HomeWatch,
  ): Promise<ReadableStream<Uint8Array>> {
    const { body } = await this.#answered(sourceOfServer, { ...call, secret, signal });
    if (!body) throw fault('BACKUP_DESK_UNREACHABLE');
    return body;
  }

  async #asked<R extends RouteNote & { readonly answers: z.ZodType }>(
    route: R,
    call: HomeCall,
  ): Promise<z.output<R['answers']>> {
    const answer = await this.#answered(route, call);
    const read = route.answers.safeParse(await answer.json().catch(() => undefined));
    // Something on the way answered in its place.
    if (!read.success) throw fault('BACKUP_DESK_UNREACHABLE');
    return read.data as z.output<R['answers']>;
  }

  async #answered(route: RouteNote, call: HomeCall): Promise<Response> {
    const { after, body, secret, signal, source = '' } = call;
    const url = new URL(this.url + pathOf(route, { run: this.run, source }));
    if (after !== undefined) url.searchParams.set('after', after);
    let answer: Response;
    try {
      answer = await fetch(url, {
        ...{ method: route.method.toUpperCase(), signal, redirect: 'error' },
        headers: {
          authorization: `Bearer ${secret.reveal()}`,
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
    } catch (cause) {
      signal.throwIfAborted();
      throw fault('BACKUP_DESK_UNREACHABLE', { cause });
    }
    if (answer.ok) return answer;
    throw await refusalIn(answer);
  }
}

/** What home says, by its code. Anybody else on the way is home that cannot be reached. */
const refusalIn = async (answer: Response): Promise<Fault> => {
  const problem = (await answer.json().catch(() => undefined)) as { code?: unknown } | undefined;
  const code = problem?.code;
  if (!isCode(code))
    return fault('BACKUP_DESK_UNREACHABLE', { details: { status: answer.status } });
  const seconds = Number(answer.headers.get('retry-after') ?? NaN);
  return fault(code, Number.isFinite(seconds) ? { retryAfterMs: seconds * 1000 } : {});
};

const isCode = (text: unknown): text is Code =>
  typeof text === 'string' && Object.hasOwn(codes, text);
