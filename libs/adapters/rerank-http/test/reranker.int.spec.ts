import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

import { afterEach, describe, expect, it } from '@jest/globals';

import { nodeFetch } from '#libs/adapters/outbound';
import { httpReranker, type HttpRerankerOptions } from '#libs/adapters/rerank-http';
import { asFault, Secret } from '#libs/kernel';
import { overlapOf } from '#libs/testing';
import { rerankerContract } from '#suites/reranker';

interface RerankBody {
  readonly query: string;
  readonly texts?: readonly string[];
  readonly documents?: readonly string[];
  readonly model?: string;
  readonly top_n?: number;
}
type Misbehaviour = (response: ServerResponse) => unknown;

/** As the servers have it: the best first, text-embeddings-inference no more than 32 texts. */
class FakeRerank {
  readonly bodies: RerankBody[] = [];
  readonly keys: (string | undefined)[] = [];
  misbehave: Misbehaviour | undefined;
  readonly server = createServer((request, response) => void this.#serve(request, response));

  async start(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/rerank`;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString()) as RerankBody;
    this.bodies.push(body);
    this.keys.push(request.headers.authorization);
    if (this.misbehave) return void this.misbehave(response);
    const { query, texts, documents = [] } = body;
    if (texts && texts.length > 32) return void response.writeHead(413).end('{}');
    const scored = (texts ?? documents)
      .map((text, index) => ({ index, score: overlapOf(query, text) }))
      .sort((one, other) => other.score - one.score);
    const results = scored.map(({ index, score }) => ({ index, relevance_score: score }));
    response.end(JSON.stringify(texts ? scored : { id: 'x', results }));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}

const opened: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

const open = async (more: Partial<HttpRerankerOptions> = {}) => {
  const fake = new FakeRerank();
  const url = await fake.start();
  const { fetch, close } = nodeFetch({ origin: url });
  opened.push(close, () => fake.stop());
  return { fake, reranker: httpReranker({ fetch, url, patienceMs: 5_000, ...more }) };
};

const odd: Record<string, Misbehaviour> = {
  away: (response) => response.socket?.destroy(),
  refuses: (response) => response.writeHead(401).end('{"error":"Maya"}'),
  answers_oddly: (response) => response.end('Maya'),
  falls_silent: () => undefined,
};

for (const [name, more] of [
  ['text-embeddings-inference', {}],
  ['Jina and Cohere', { model: 'rerank-v3.5' }],
] as const)
  rerankerContract(name, async () => {
    const { fake, reranker } = await open(more);
    return {
      reranker,
      trouble: (what) => (fake.misbehave = what && odd[what]),
      dispose: () => Promise.resolve(),
    };
  });

const never = (): AbortSignal => new AbortController().signal;

describe('a reranker by HTTP', () => {
  it('is asked as its kind wants it, with the key', async () => {
    const one = await open();
    await one.reranker.rerank('q', Array<string>(33).fill('t'), never());
    expect(one.fake.bodies.map(({ texts }) => texts?.length).sort()).toEqual([1, 32]);
    expect(one.fake.bodies[0]).toMatchObject({ query: 'q', truncate: true });
    expect(one.fake.keys).toEqual([undefined, undefined]);
    const other = await open({ model: 'm', apiKey: new Secret('k') });
    await other.reranker.rerank('q', ['a', 'b'], never());
    expect(other.fake.bodies).toEqual([
      { model: 'm', query: 'q', documents: ['a', 'b'], top_n: 2 },
    ]);
    expect(other.fake.keys).toEqual(['Bearer k']);
  });

  it.each([
    ['too few scores', '[{"index":0,"score":1}]'],
    ['a score twice', '[{"index":0,"score":1},{"index":0,"score":1}]'],
    ['a place that is not there', '[{"index":0,"score":1},{"index":7,"score":1}]'],
    [
      'no number',
      '{"results":[{"index":0,"relevance_score":1},{"index":1,"relevance_score":null}]}',
    ],
  ])('is left out when it answers with %s', async (_title, answer) => {
    const { fake, reranker } = await open();
    fake.misbehave = (response) => response.end(answer);
    const failure = await reranker.rerank('q', ['a', 'b'], never()).catch(asFault);
    expect(failure).toMatchObject({ code: 'RERANKER_UNAVAILABLE', details: { reason: 'answer' } });
  });

  it('is left out when it is slow, and not waited for at all once it was slow three times', async () => {
    let now = 0;
    const { fake, reranker } = await open({ patienceMs: 20, elapsedMs: () => now });
    fake.misbehave = () => undefined;
    const reasonNow = async () =>
      asFault(await reranker.rerank('q', ['a'], never()).catch(asFault)).details['reason'];
    const reasons: unknown[] = [];
    for (let i = 0; i < 4; i++) reasons.push(await reasonNow());
    expect(reasons).toEqual(['too_slow', 'too_slow', 'too_slow', 'resting']);
    expect(fake.bodies).toHaveLength(3);
    now += 30_000;
    expect(await reasonNow()).toBe('too_slow');
    expect(fake.bodies).toHaveLength(4);
  });
});
