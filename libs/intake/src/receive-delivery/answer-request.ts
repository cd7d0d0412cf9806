import { BODY_LIMIT } from '#libs/contracts';
import {
  asFault,
  fault,
  formatTraceparent,
  joinBytes,
  nextTraceparent,
  parseTraceparent,
  problemHeaders,
  problemOf,
  type Clock,
  type Code,
  type Traceparent,
} from '#libs/kernel';
import type { ProviderReply } from '#libs/ports/provider';

import type { Sources } from '../sources.js';
import { answerOf } from './answer-of.js';
import type { receiveDelivery, Received } from './receive-delivery.js';

interface AnswerRequestParts {
  readonly receive: ReturnType<typeof receiveDelivery>;
  readonly sources: Sources;
  readonly clock: Clock;
}

const ROUTE = /^\/webhooks\/([^/]+)\/?$/;

/** The door for a runtime that speaks in `Request` and `Response`: the same answers as on the Swarm. */
export const answerRequest =
  (ports: AnswerRequestParts) =>
  async (request: Request): Promise<Response> => {
    const traceparent = nextTraceparent(
      parseTraceparent(request.headers.get('traceparent') ?? undefined),
    );
    try {
      return await answer(ports, request, traceparent);
    } catch (thrown) {
      return problem(asFault(thrown).code, traceparent.trace);
    }
  };

const answer = async (
  { receive, sources, clock }: AnswerRequestParts,
  request: Request,
  traceparent: Traceparent,
): Promise<Response> => {
  const { trace } = traceparent;
  const named = ROUTE.exec(new URL(request.url).pathname)?.[1];
  if (named === undefined || request.method !== 'POST') return problem('API_NOT_FOUND', trace);
  const source = decoded(named);
  if (source === undefined) return problem('API_REQUEST_INVALID', trace);
  const body = await bodyOf(request);
  const received: Received = body
    ? await receive({
        source,
        headers: Object.fromEntries(request.headers),
        body,
        receivedAt: clock.now(),
        traceparent: formatTraceparent(traceparent),
      })
    : { outcome: 'refused', code: 'INTAKE_BODY_TOO_LARGE', quarantined: false };
  return respond(answerOf(received, trace, sources.get(source)?.provider));
};

const decoded = (name: string): string | undefined => {
  try {
    return decodeURIComponent(name);
  } catch {
    return undefined;
  }
};

const respond = ({ status, headers, body }: ProviderReply): Response => {
  const { 'content-type': type = 'application/json', ...others } = headers ?? {};
  return new Response(JSON.stringify(body), {
    status,
    headers: { ...others, 'content-type': `${type}; charset=utf-8` },
  });
};

const problem = (code: Code, trace: string): Response => {
  const cause = fault(code);
  const said = problemOf(cause, trace);
  return respond({
    status: said.status,
    headers: problemHeaders(cause, said),
    body: { ...said },
  });
};

/** The raw bytes; nothing when there are more than any door takes, and then the rest is not read. */
const bodyOf = async ({ body, headers }: Request): Promise<Uint8Array | undefined> => {
  if (Number(headers.get('content-length') ?? 0) > BODY_LIMIT) return undefined;
  const parts: Uint8Array[] = [];
  let length = 0;
  if (body)
    for await (const part of body as unknown as AsyncIterable<Uint8Array>) {
      length += part.length;
      if (length > BODY_LIMIT) return undefined;
      parts.push(part);
    }
  return joinBytes(...parts);
};
