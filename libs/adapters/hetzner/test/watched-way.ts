import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import {
  createServer,
  request as send,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { nodeFetch } from '#libs/adapters/outbound';
import { startPrism, violationIn } from '#libs/testing';

import type { HetznerWay, WayTo } from './hetzner-harness.js';

const root = (path: string): string =>
  fileURLToPath(new URL(`../../../../${path}`, import.meta.url));

/** The vendor's whole document, where this machine has it; what is cut from it allows the same for the calls we use. */
export const wholeDocument = (): string | undefined =>
  process.env['INNKEEPER_TEST_HCLOUD_DOCUMENT'] || undefined;

export const cutDocument = root('test/fixtures/hetzner/hcloud.openapi.json');

/** What makes both documents, as far as this spec calls it. */
export interface DocumentTool {
  adjusted(document: unknown): unknown;
  cut(document: unknown): unknown;
}

export const documentTool = async (): Promise<DocumentTool> =>
  (await import(root('tools/hetzner/document.js'))) as DocumentTool;

/** Leads a fixed port to the fake of each test, so that one proxy does for all. A line that breaks behind it breaks here. */
class Relay {
  target = '';
  readonly #server = createServer((incoming, answer) => this.#pass(incoming, answer));

  async start(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  #pass(incoming: IncomingMessage, answer: ServerResponse): void {
    const { method, headers, url = '/' } = incoming;
    const onward = send(new URL(url, this.target), { method, headers }, (given) => {
      answer.writeHead(given.statusCode ?? 502, given.headers);
      given.pipe(answer);
    });
    onward.on('error', () => answer.destroy());
    incoming.pipe(onward);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

export interface WatchedRoad {
  readonly wayTo: WayTo;
  /** To any server that says it is Hetzner. */
  wayToUrl(url: string): HetznerWay;
  /** What the proxy had to say since somebody asked last. */
  violations(): readonly string[];
  close(): Promise<void>;
}

/** Prism between adapter and fake, with one of the documents. */
export const openWatchedRoad = async (): Promise<WatchedRoad> => {
  const folder = mkdtempSync(join(tmpdir(), 'innkeeper-hcloud-'));
  const document = join(folder, 'hcloud.json');
  const whole = wholeDocument();
  const text = readFileSync(whole ?? cutDocument, 'utf8');
  const { adjusted } = await documentTool();
  writeFileSync(document, whole ? JSON.stringify(adjusted(JSON.parse(text))) : text);
  const relay = new Relay();
  const prism = await startPrism(document, await relay.start());
  const said: string[] = [];
  const { fetch, close } = nodeFetch({ origin: prism.url });

  const watchedFetch: typeof globalThis.fetch = async (input, init) => {
    const response = await fetch(input, init);
    const violation = await violationIn(response);
    if (violation !== undefined) said.push(violation);
    return response;
  };
  const wayToUrl = (url: string): HetznerWay => {
    relay.target = url;
    return { url: prism.url, fetch: watchedFetch, close: async () => undefined };
  };
  return {
    wayTo: async (fake) => wayToUrl(fake.url),
    wayToUrl,
    violations: () => said.splice(0),
    async close() {
      close();
      await prism.stop();
      await relay.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
