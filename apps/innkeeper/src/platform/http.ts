import { codes, Fault, fault, type Code } from '#libs/kernel';
import type { OperatorRole } from '#libs/platform/local';
import type { z } from 'zod';

import { problem } from './shapes.js';

type Get = <S extends z.ZodType>(
  path: string,
  shape: S,
  role?: OperatorRole,
) => Promise<z.output<S>>;

export interface Http {
  readonly get: Get;
  readonly post: <S extends z.ZodType>(
    path: string,
    body: object,
    shape: S,
    role: OperatorRole,
  ) => Promise<z.output<S>>;
  readonly act: (path: string, role: OperatorRole) => Promise<void>;
  readonly remove: (path: string, role: OperatorRole) => Promise<void>;
  readonly bytes: (path: string, role: OperatorRole) => Promise<Uint8Array>;
  readonly lines: <S extends z.ZodType>(
    path: string,
    shape: S,
    role: OperatorRole,
  ) => AsyncIterable<z.output<S>>;
}

/** Longer than the slowest answer that is not a stream: a doctor walks for seconds. */
const ANSWER_MS = 60_000;

/** Requests with a token, answers that are checked, problems as the faults they were. */
export const createHttp = (
  url: string,
  tokenFor: (role: OperatorRole) => Promise<string>,
): Http => {
  const ask = async (
    path: string,
    role: OperatorRole,
    { method, body, endless }: { method?: string; body?: object; endless?: boolean } = {},
  ): Promise<Response> => {
    const authorization = `Bearer ${await tokenFor(role)}`;
    const response = await reach(url, path, {
      ...(method !== undefined && { method }),
      headers: { authorization, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
      ...(!endless && { signal: AbortSignal.timeout(ANSWER_MS) }),
    });
    if (!response.ok) throw await faultOf(response);
    return response;
  };
  const document = async <S extends z.ZodType>(response: Response, shape: S) =>
    parsed(shape, await received(response.text(), url));

  return {
    get: async (path, shape, role = 'viewer') => document(await ask(path, role), shape),
    post: async (path, body, shape, role) =>
      document(await ask(path, role, { method: 'POST', body }), shape),
    act: async (path, role) => void (await ask(path, role, { method: 'POST' })),
    remove: async (path, role) => void (await ask(path, role, { method: 'DELETE' })),
    bytes: async (path, role) => received((await ask(path, role)).bytes(), url),
    async *lines(path, shape, role) {
      const response = await ask(path, role, { method: 'POST', endless: true });
      for await (const text of textLines(response, url)) yield parsed(shape, text);
    },
  };
};

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
const faultOf = async (response: Response): Promise<Fault> => {
  const { status } = response;
  const answer = problem.safeParse(await response.json().catch(() => undefined));
  if (!answer.success)
    return fault(status >= 502 ? 'PLATFORM_UNREACHABLE' : 'DEFECT_UNKNOWN', {
      details: { status },
    });
  const { code, detail, trace } = answer.data;
  if (!isCode(code)) return fault('DEFECT_UNKNOWN', { details: { code, status } });
  const told = detail !== undefined && detail !== codes[code].remedy;
  return fault(code, {
    details: { ...(told && { detail }), ...(code === 'DEFECT_UNKNOWN' && trace && { trace }) },
  });
};

const isCode = (text: string): text is Code => Object.hasOwn(codes, text);

/** What we cannot read was written by another version, or is no Innkeeper at all. */
const parsed = <S extends z.ZodType>(shape: S, text: string): z.output<S> => {
  try {
    return shape.parse(JSON.parse(text));
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
