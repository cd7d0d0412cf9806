import { projectionsCollection } from '#libs/journal';
import { createGenerations, projectRecords } from '#libs/catalog';
import {
  createDeliveries,
  createQuarantine,
  receiveDelivery,
  takeInDeliveries,
} from '#libs/intake';
import { Secret, type JsonObject, type OperatorRole } from '#libs/kernel';
import {
  issueToken,
  readSettings,
  runProcess,
  silentLog,
  type Log,
  type LogFields,
  type Parts,
} from '#libs/platform';
import type { OutgoingMessage } from '#libs/ports/bus';
import type { SignedRequest } from '#libs/ports/provider';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ApiModule } from '../src/api.module.js';

const signingKey = 'a signing key of the tests, long enough';
export const aircallToken = 'a-token-of-the-tests';
const secrets = {
  aircall: aircallToken,
  guesty: `whsec_${btoa('a secret of the tests, long enough')}`,
};
type Source = keyof typeof secrets;

/** What stands in a list. The texts that tests read are named; the rest is JSON. */
export type Item = JsonObject &
  Readonly<Record<'id' | 'updatedAt' | 'stage' | 'state' | 'next' | 'path', string>>;

export interface Answer<Body> {
  readonly status: number;
  readonly body: Body;
  readonly headers: Headers;
}

export interface RunningApi {
  readonly url: string;
  readonly parts: Parts;
  /** What the process wrote down. */
  readonly lines: readonly { readonly event: string; readonly fields: LogFields | undefined }[];
  readonly ask: <Body = Item>(
    role: OperatorRole | undefined,
    path: string,
    options?: { readonly method?: string; readonly body?: unknown; readonly name?: string },
  ) => Promise<Answer<Body>>;
  /** Sends payloads as the provider would and takes them in; answers the deliveries' ids. */
  readonly take: (...payloads: readonly JsonObject[]) => Promise<string[]>;
  readonly takeFrom: (source: Source, ...payloads: readonly JsonObject[]) => Promise<string[]>;
  /** Posts something that proves nothing, and keeps it. */
  readonly refuse: (body: string) => Promise<void>;
  /** What the catalog role does: folds everything in the log, and says how far it is. */
  readonly project: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

const sampleOf =
  (source: Source) =>
  (name: string): JsonObject => {
    const path = new URL(`../../../test/fixtures/${source}/${name}.json`, import.meta.url);
    return JSON.parse(readFileSync(path, 'utf8')) as JsonObject;
  };

export const sample = sampleOf('aircall');
export const guestySample = sampleOf('guesty');

/** The api role alone, on embedded parts, with what the other roles do at hand. */
export const runApi = async (
  env: Record<string, string> = {},
  decorate?: (parts: Parts) => Parts,
): Promise<RunningApi> => {
  const directory = mkdtempSync(join(tmpdir(), 'innkeeper-api-'));
  const settings = readSettings(
    {
      INNKEEPER_DATA_DIR: directory,
      INNKEEPER_HTTP_PORT: '0',
      INNKEEPER_ROLES: 'api',
      INNKEEPER_API_SIGNING_KEY: signingKey,
      INNKEEPER_AIRCALL_TOKENS: secrets.aircall,
      INNKEEPER_GUESTY_SECRETS: secrets.guesty,
      ...env,
    },
    (path) => readFileSync(path, 'utf8'),
  );
  const lines: { event: string; fields: LogFields | undefined }[] = [];
  const write = (event: string, fields?: LogFields) => void lines.push({ event, fields });
  const log: Log = { ...silentLog, info: write, warn: write };
  const running = await runProcess({ api: ApiModule }, settings, log, decorate);
  const { parts, url } = running;
  return {
    url,
    parts,
    lines,
    ask: (role, path, options) => ask(url, role, path, options),
    take: (...payloads) => take(parts, 'aircall', payloads),
    takeFrom: (source, ...payloads) => take(parts, source, payloads),
    refuse: (body) => refuse(parts, body),
    project: () => project(parts),
    async stop() {
      await running.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
};

const ask = async <Body>(
  url: string,
  role: OperatorRole | undefined,
  path: string,
  {
    method = 'GET',
    body,
    name = 'Zoe',
  }: { readonly method?: string; readonly body?: unknown; readonly name?: string } = {},
): Promise<Answer<Body>> => {
  const token = role && (await issueToken(new Secret(signingKey), { name, role }));
  const response = await fetch(url + path, {
    method,
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = /[/+]json\b/.test(response.headers.get('content-type') ?? '');
  return {
    status: response.status,
    headers: response.headers,
    body: (isJson ? JSON.parse(text) : text) as Body,
  };
};

const knock = async (
  parts: Parts,
  source: Source,
  { headers, body }: Pick<SignedRequest, 'headers' | 'body'>,
): Promise<OutgoingMessage[]> => {
  const published: OutgoingMessage[] = [];
  const bus = {
    ...parts.bus,
    publish: async (_: unknown, messages: readonly OutgoingMessage[]) =>
      void published.push(...messages),
  };
  const { sources, hash, clock } = parts;
  const door = receiveDelivery({ sources, hash, bus, quarantineAllowance: { take: () => true } });
  await door({ source, headers, body, receivedAt: clock.now() });
  return published;
};

const take = async (
  parts: Parts,
  name: Source,
  payloads: readonly JsonObject[],
): Promise<string[]> => {
  const { sources, documents, keys, hash, packer, clock } = parts;
  const source = sources.get(name);
  const messages: OutgoingMessage[] = [];
  for (const payload of payloads) {
    const signed = await source?.provider.sign(payload, new Secret(secrets[name]), clock.now());
    if (signed) messages.push(...(await knock(parts, name, signed)));
  }
  const deliveries = createDeliveries({ documents, keys, hash, packer, retentionMs: 3_600_000 });
  await takeInDeliveries({ ...parts, deliveries })(messages.map(({ data }) => data));
  return messages.map(({ attributes }) => attributes.id ?? '');
};

const refuse = async (parts: Parts, body: string): Promise<void> => {
  const messages = await knock(parts, 'aircall', {
    headers: {},
    body: new TextEncoder().encode(body),
  });
  const guard = { isDiskNearlyFull: () => false, onDropped: () => undefined };
  const limits = { retentionMs: 3_600_000, maxBytes: 1_000_000, guard };
  await createQuarantine({ ...parts, ...limits }).keep(messages.map(({ data }) => data));
};

const project = async (parts: Parts): Promise<void> => {
  const generation = await createGenerations(parts).live();
  const facts = await parts.log.read(0, 1000);
  await projectRecords(parts)({ generation, signals: false })(facts);
  const last = facts.at(-1);
  if (!last) return;
  const { era, position, id, recordedAt } = last;
  for (const projector of ['catalog', 'relay'])
    await parts.documents.put(projectionsCollection, [
      {
        id: projector,
        body: { era, position, fact: id, recordedAt, term: 1 },
        fence: { era, position },
      },
    ]);
};
