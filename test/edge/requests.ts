import { readdirSync, readFileSync } from 'node:fs';

import { Secret, type JsonObject } from '#libs/kernel';
import type { Provider } from '#libs/ports/provider';

/** What a sender does, byte for byte, so that two doors can be asked the same. */
export interface RecordedRequest {
  readonly title: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

export const samplesOf = (provider: string): ReadonlyMap<string, JsonObject> => {
  const folder = new URL(`../fixtures/${provider}/`, import.meta.url);
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return new Map(
    names.map((name) => [
      name,
      JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as JsonObject,
    ]),
  );
};

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Each sample as its provider signs it, and everything that a door has to refuse. */
export const recordedRequests = async (
  provider: Provider,
  secret: string,
): Promise<RecordedRequest[]> => {
  const path = `/webhooks/${provider.name}`;
  const signed = async (title: string, payload: JsonObject, by = secret) => {
    const { headers, body } = await provider.sign(payload, new Secret(by), Date.now());
    return { title, method: 'POST', path, headers, body };
  };
  const samples = [...samplesOf(provider.name)];
  const good = await Promise.all(samples.map(([name, payload]) => signed(name, payload)));
  const [first] = good;
  if (!first) throw new Error(`no samples of ${provider.name}`);
  const json = { 'content-type': 'application/json' };
  return [
    ...good,
    await signed('signed by a stranger', samples[0]?.[1] ?? {}, strangerTo(secret)),
    await signed('an event nobody knows', { ...samples[0]?.[1], event: 'never.heard' }),
    {
      ...first,
      title: 'the same bytes under another type',
      headers: { ...first.headers, 'content-type': 'text/plain' },
    },
    { ...first, title: 'sent to a source that is none', path: '/webhooks/nobody' },
    { ...first, title: 'sent to no door at all', path: '/elsewhere' },
    { ...first, title: 'sent to half a name', path: '/webhooks/%E0%A4%A' },
    { title: 'asked, not posted', method: 'GET', path, headers: {} },
    { title: 'no body', method: 'POST', path, headers: json, body: bytes('') },
    { title: 'no JSON', method: 'POST', path, headers: json, body: bytes('{"token":') },
    {
      title: 'not UTF-8',
      method: 'POST',
      path,
      headers: json,
      body: new Uint8Array([0xff, 0xfe, 1]),
    },
    { title: 'a byte order mark', method: 'POST', path, headers: json, body: bytes('\ufeff{}') },
    {
      title: 'two tokens',
      method: 'POST',
      path,
      headers: json,
      body: bytes(`{"token":"${secret}","token":"x"}`),
    },
    { title: 'deep', method: 'POST', path, headers: json, body: bytes('['.repeat(9_000)) },
    {
      title: 'as large as may be',
      method: 'POST',
      path,
      headers: json,
      body: new Uint8Array(1024 * 1024).fill(32),
    },
    {
      title: 'larger',
      method: 'POST',
      path,
      headers: json,
      body: new Uint8Array(1024 * 1024 + 1).fill(32),
    },
  ];
};

/** Of the same form, so that only the proof can tell. */
const strangerTo = (secret: string): string =>
  secret.replace(/[a-z]/g, (c) => (c === 'z' ? 'a' : String.fromCharCode(c.charCodeAt(0) + 1)));

export interface Answered {
  readonly status: number;
  readonly type: string | null;
  readonly retryAfter: string | null;
  readonly body: JsonObject;
}

/** What came back, less the trace, which is each request's own. */
export const ask = async (
  url: string,
  { method, path, headers, body }: RecordedRequest,
): Promise<Answered> => {
  const send = () =>
    fetch(url + path, { method, headers, ...(body && { body: new Uint8Array(body) }) });
  // Either side may close a connection in the moment it is used again; that says nothing of a door.
  const response = await send().catch(send);
  const { trace: _own, ...said } = (await response.json()) as JsonObject;
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    retryAfter: response.headers.get('retry-after'),
    body: said,
  };
};
