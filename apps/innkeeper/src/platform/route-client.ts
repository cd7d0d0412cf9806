import { codes, Fault, fault, type Code, type OperatorRole } from '#libs/kernel';
import {
  pathOf,
  withUnknownMembers,
  type PlainCall,
  type RouteAnswer,
  type RouteCall,
  type RouteEvent,
  type RouteItem,
  type RouteLine,
  type RouteNote,
} from '#libs/routes';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { z } from 'zod';

/** Calls the routes of a platform as they are described. */
export interface RouteClient {
  readonly call: <R extends RouteNote>(route: R, call: RouteCall<R>) => Promise<RouteAnswer<R>>;
  /** A list, page by page, until so many items came or there are no more. */
  readonly pages: <R extends RouteNote>(
    route: R,
    call: RouteCall<R>,
    limit: number,
  ) => AsyncIterable<readonly RouteItem<R>[]>;
  /** A stream of JSON lines. */
  readonly lines: <R extends RouteNote>(
    route: R,
    call: RouteCall<R>,
  ) => AsyncIterable<RouteLine<R>>;
  /** A stream of server-sent events; a problem in it is the fault it was. */
  readonly events: <R extends RouteNote>(
    route: R,
    call: RouteCall<R>,
  ) => AsyncIterable<RouteEvent<R>>;
  readonly bytes: <R extends RouteNote>(route: R, call: RouteCall<R>) => Promise<Uint8Array>;
}

/** Longer than the slowest answer that is not a stream: a doctor walks for seconds. */
const ANSWER_MS = 60_000;

/** Of one page: the most the API gives. */
const PAGE = 200;

/** A token with each request, answers that are checked, problems as the faults they were. */
export const createRouteClient = (
  url: string,
  tokenFor: (role: OperatorRole) => Promise<string>,
): RouteClient => {
  const send = async (
    route: RouteNote,
    { parameters, query, body, role = route.role, key, signal }: PlainCall,
    accept?: string,
  ): Promise<Response> => {
    const authorization = role && `Bearer ${await tokenFor(role)}`;
    const response = await reach(url, pathOf(route, parameters) + queryText(query), {
      method: route.method.toUpperCase(),
      headers: {
        ...(authorization && { authorization }),
        ...(accept && { accept }),
        ...(key !== undefined && { 'idempotency-key': key }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    });
    if (!response.ok) throw await faultOf(response);
    return response;
  };
  const ask = (route: RouteNote, call: PlainCall): Promise<Response> =>
    send(route, { ...call, signal: within(ANSWER_MS, call.signal) });

  /** Parsed by the route's own schema, so it has the route's own type: the callers below say so. */
  const answer = async (route: RouteNote, asked: PlainCall): Promise<unknown> => {
    const response = await ask(route, asked);
    return route.answers && parsed(route.answers, await received(response.text(), url));
  };

  return {
    call: async <R extends RouteNote>(route: R, asked: RouteCall<R>) =>
      (await answer(route, asked)) as RouteAnswer<R>,
    async *pages<R extends RouteNote>(route: R, asked: PlainCall, limit: number) {
      let after: string | undefined;
      for (let left = limit; left > 0;) {
        const query = { ...asked.query, after, limit: Math.min(PAGE, left) };
        const page = (await answer(route, { ...asked, query })) as AnsweredPage<R>;
        yield page.items;
        left -= page.items.length;
        if (page.next === null) return;
        after = page.next;
      }
    },
    async *lines<R extends RouteNote>(route: R, asked: RouteCall<R>) {
      const response = await send(route, asked);
      for await (const text of textLines(response, url))
        yield parsed(route.line ?? z.unknown(), text) as RouteLine<R>;
    },
    events: <R extends RouteNote>(route: R, asked: RouteCall<R>) =>
      eventsIn(route, send(route, asked, EVENTS), url),
    bytes: async (route, asked) => received((await ask(route, asked)).bytes(), url),
  };
};

const within = (ms: number, signal: AbortSignal | undefined): AbortSignal =>
  AbortSignal.any([AbortSignal.timeout(ms), ...(signal ? [signal] : [])]);

interface AnsweredPage<R extends RouteNote> {
  readonly items: readonly RouteItem<R>[];
  readonly next: string | null;
}

const queryText = (query: PlainCall['query'] = {}): string => {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const text = new URLSearchParams(
    given.map(([name, value]): [string, string] => [name, String(value)]),
  );
  return text.size > 0 ? `?${text.toString()}` : '';
};

/** RFC 9457, as far as it is there. */
const problem = z.looseObject({
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string().optional(),
  trace: z.string().optional(),
});

/** The one place where a network fails. */
export const reach = async (url: string, path: string, init: RequestInit): Promise<Response> => {
  try {
    return await fetch(new URL(path, url), init);
  } catch (cause) {
    throw fault('PLATFORM_UNREACHABLE', { cause, details: { url } });
  }
};

/** An answer can be cut off in its middle. */
const received = async <T>(body: Promise<T>, url: string): Promise<T> => {
  try {
    return await body;
  } catch (cause) {
    throw fault('PLATFORM_UNREACHABLE', { cause, details: { url } });
  }
};

/** A proxy between answers in words of its own: then its status is all there is. */
const faultOf = async (response: Response): Promise<Fault> =>
  faultIn(await response.json().catch(() => undefined), response.status);

const faultIn = (told: unknown, status: number): Fault => {
  const answer = problem.safeParse(told);
  if (!answer.success)
    return fault(status >= 502 ? 'PLATFORM_UNREACHABLE' : 'DEFECT_UNKNOWN', {
      details: { status },
    });
  const { code, detail, trace } = answer.data;
  if (!isCode(code)) return fault('DEFECT_UNKNOWN', { details: { code, status } });
  const isTold = detail !== undefined && detail !== codes[code].remedy;
  return fault(code, {
    details: { ...(isTold && { detail }), ...(code === 'DEFECT_UNKNOWN' && trace && { trace }) },
  });
};

const isCode = (text: string): text is Code => Object.hasOwn(codes, text);

/** What we cannot read was written by another version, or is no Innkeeper at all. */
const parsed = (schema: z.ZodType, text: string): unknown => {
  try {
    return withUnknownMembers(schema, 'keep').parse(JSON.parse(text));
  } catch (cause) {
    throw fault('DEFECT_UNKNOWN', {
      cause,
      details: { problem: 'an answer that is not understood' },
    });
  }
};

async function* textLines(response: Response, url: string): AsyncGenerator<string> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  for (let rest = ''; reader;) {
    const { done, value = '' } = await received(reader.read(), url);
    const lines = (rest + value).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
    if (!done) continue;
    if (rest) yield rest;
    return;
  }
}

const EVENTS = 'text/event-stream';

async function* eventsIn<R extends RouteNote>(
  route: R,
  sent: Promise<Response>,
  url: string,
): AsyncGenerator<RouteEvent<R>> {
  const { body, status } = await sent;
  const reader = body
    ?.pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream())
    .getReader();
  while (reader) {
    const { done, value } = await received(reader.read(), url);
    if (done) return;
    const { event = '', data } = value;
    if (event === 'problem') throw faultIn(parsed(problem, data), status);
    const schema = event === 'answer' ? route.answers : route.events?.[event];
    // What this version does not know says nothing to it.
    if (schema) yield { event, data: parsed(schema, data) } as RouteEvent<R>;
  }
}
