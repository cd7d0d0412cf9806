import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInThisContext } from 'node:vm';

import { digest } from '#libs/adapters/node-crypto';
import { composeCatalog } from '#libs/catalog';
import type { FactObservation } from '#libs/journal';
import { Secret, type JsonObject, type OperatorRole } from '#libs/kernel';
import { composeKnowledge } from '#libs/knowledge';
import {
  eventsScript,
  issueToken,
  readSettings,
  runProcess,
  silentLog,
  type LogFields,
  type Parts,
} from '#libs/platform';

import { LlmResponderModule } from '../src/llm-responder.module.js';

const signingKey = 'a signing key of the tests, long enough';

export type Caller = OperatorRole | 'nobody';

export interface Asking {
  readonly method?: 'GET' | 'POST';
  readonly body?: unknown;
  readonly name?: string;
  readonly key?: string;
  /** Not JSON. */
  readonly raw?: string;
}

export interface Reply {
  readonly status: number;
  readonly body: JsonObject;
  readonly headers: Headers;
}

export interface ToldEvent {
  readonly event: string;
  readonly data: JsonObject;
}

/** Of whom the directory knows what, until a test says otherwise. */
export type People = Readonly<
  Record<string, { readonly rooms?: string[]; readonly groups?: string[] }>
>;

export interface RunningResponder {
  readonly url: string;
  readonly parts: Parts;
  readonly lines: readonly { readonly event: string; readonly fields: LogFields | undefined }[];
  readonly ask: (caller: Caller, path: string, asking?: Asking) => Promise<Reply>;
  /** The answer as it grows. Who reads no further ends the connection. */
  readonly askAsItGrows: (body: object, key?: string) => AsyncIterable<ToldEvent>;
  /** `undefined`: the directory cannot be read. */
  readonly let: (people: People | undefined) => void;
  readonly tell: (...facts: readonly FactObservation[]) => Promise<void>;
  /** What the role `catalog` does with what was asked. */
  readonly fold: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export const told = (stream: string, data: object, personal: object): FactObservation => ({
  type: `intake.${stream.slice(0, stream.indexOf('/'))}.observed.v1`,
  stream,
  occurredAt: Date.UTC(2026, 8, 13),
  data: { event: 'told', normaliser: 1, rank: 10, ...data },
  personal: personal as JsonObject,
  meta: { source: 'notes/main', causationId: 'a-delivery', correlationId: 'a-delivery' },
});

/** The role alone, on embedded parts; what other roles would do is at hand. */
export const runResponder = async (
  more: Readonly<Record<string, string>> = {},
): Promise<RunningResponder> => {
  const folder = mkdtempSync(join(tmpdir(), 'innkeeper-responder-'));
  const people = join(folder, 'people.json');
  const let_ = (known: People | undefined): void =>
    known ? writeFileSync(people, JSON.stringify(known)) : rmSync(people);
  let_({});
  const settings = readSettings(
    {
      INNKEEPER_DATA_DIR: join(folder, 'data'),
      INNKEEPER_HTTP_PORT: '0',
      INNKEEPER_ROLES: 'llm-responder',
      INNKEEPER_API_SIGNING_KEY: signingKey,
      INNKEEPER_DIRECTORY_FILE: people,
      INNKEEPER_KIND_READERS: '{"payment":"group:finance"}',
      INNKEEPER_TIME_ZONE: 'Europe/Lisbon',
      ...more,
    },
    (path) => readFileSync(path, 'utf8'),
  );
  const lines: { event: string; fields: LogFields | undefined }[] = [];
  const write = (event: string, fields?: LogFields): void => void lines.push({ event, fields });
  const log = { ...silentLog, info: write, warn: write, error: write };
  const running = await runProcess({ 'llm-responder': LlmResponderModule }, settings, log);
  const { parts, url } = running;
  const others = otherRoles(parts);
  return {
    ...{ url, parts, lines, let: let_ },
    ask: (caller, path, asking) => ask(url, caller, path, asking),
    askAsItGrows: (body, key) => askAsItGrows(url, body, key),
    fold: others.fold,
    async tell(...facts) {
      await parts.journal.observe(await parts.journal.prepare(facts));
      await others.fold();
      await others.index(facts.map(({ stream }) => stream));
    },
    async stop() {
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** The catalog and the indexer. */
const otherRoles = (parts: Parts) => {
  const catalog = composeCatalog({ ...parts, kindLimits: { payment: ['group:finance'] } });
  const { searchIndex: index } = parts;
  if (!index) throw new Error('the role has an index');
  const knowledge = composeKnowledge({
    ...{ ...parts, catalog, index, digest, timeZone: 'Europe/Lisbon' },
    kindLimits: { payment: ['group:finance'] },
    excludedKinds: new Set(),
    makeKey: () => randomBytes(32),
    letOthersWork: () => Promise.resolve(),
    onIndexed: () => undefined,
  });
  let folded = 0;
  return {
    async fold(): Promise<void> {
      const facts = await parts.log.read(folded, 1000);
      await catalog.live.apply(facts);
      folded = facts.at(-1)?.position ?? folded;
    },
    async index(streams: readonly string[]): Promise<void> {
      await knowledge.indexRecords(
        streams.map((stream) => {
          const [kind = '', id = ''] = stream.split('/');
          return { kind, id };
        }),
      );
    },
  };
};

/** What a browser of that person is given. */
export const tokenOf = (name: string): Promise<string> =>
  issueToken(new Secret(signingKey), { name, role: 'viewer' });

const ask = async (
  url: string,
  caller: Caller,
  path: string,
  { method, body, name = 'Zoe', key, raw }: Asking = {},
): Promise<Reply> => {
  const token =
    caller === 'nobody'
      ? undefined
      : await issueToken(new Secret(signingKey), { name, role: caller });
  const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(url + path, {
    method: method ?? (sent === undefined ? 'GET' : 'POST'),
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(sent !== undefined && { 'content-type': 'application/json' }),
      ...(key !== undefined && { 'idempotency-key': key }),
    },
    ...(sent !== undefined && { body: sent }),
  });
  const text = await response.text();
  const isJson = /[/+]json\b/.test(response.headers.get('content-type') ?? '');
  return {
    status: response.status,
    headers: response.headers,
    body: (isJson ? JSON.parse(text) : { text }) as JsonObject,
  };
};

const askAsItGrows = async function* (
  url: string,
  body: object,
  key?: string,
): AsyncGenerator<ToldEvent> {
  const token = await tokenOf('Zoe');
  const leaving = new AbortController();
  const response = await fetch(`${url}/api/questions`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      accept: 'text/event-stream',
      'content-type': 'application/json',
      ...(key !== undefined && { 'idempotency-key': key }),
    },
    body: JSON.stringify(body),
    signal: leaving.signal,
  });
  if (!response.headers.get('content-type')?.startsWith('text/event-stream'))
    throw new Error(`no events: ${response.status} ${await response.text()}`);
  try {
    yield* eventsOf(response);
  } finally {
    leaving.abort();
  }
};

/** As the page reads them. */
const eventsOf = runInThisContext(`(() => {${eventsScript}return eventsOf;})()`) as (
  response: Response,
) => AsyncIterable<ToldEvent>;
