import { inspect } from 'node:util';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { nodeFetch, type StreamLimits } from '#libs/adapters/outbound';
import { openaiEmbedder, type OpenaiEmbedderOptions } from '#libs/adapters/openai';
import { asFault, Secret, type Fault } from '#libs/kernel';
import type { Embedder, EmbeddedSort } from '#libs/ports/embedder';
import {
  describePeer,
  embeddingsAnswerOf,
  FakeEmbeddings,
  type EmbeddingsAnswer,
  type EmbeddingsScript,
  type Toxiproxy,
} from '#libs/testing';
import { embedderTroubleContract } from '#suites/embedder';

let server: FakeEmbeddings;
let slept: number[];
const opened: { close(): void }[] = [];
beforeEach(async () => {
  server = await new FakeEmbeddings().start();
  slept = [];
});
afterEach(async () => {
  for (const one of opened.splice(0)) one.close();
  await server.stop();
});

interface Opening extends Partial<OpenaiEmbedderOptions> {
  readonly wire?: Partial<StreamLimits>;
}

const open = ({ wire = {}, ...more }: Opening = {}): Embedder => {
  const url = more.url ?? server.url;
  const { fetch, close } = nodeFetch({ origin: url, limits: wire });
  opened.push({ close });
  return openaiEmbedder({
    ...{ fetch, url, model: 'asked-model' },
    sleep: async (ms) => void slept.push(ms),
    random: () => 0,
    ...more,
  });
};

const failureOf = async (asked: Promise<unknown>): Promise<Fault> => {
  const failure = await asked.then(() => undefined, asFault);
  if (!failure) throw new Error('it answered');
  return failure;
};

/** Each answer once, then as it should. */
const inOrder = (...answers: (EmbeddingsAnswer | undefined)[]): EmbeddingsScript => {
  const left = [...answers];
  return () => left.shift();
};
const refusal = (status: number, message: string, code: string | null = null) => ({
  status,
  body: { error: { message, type: 'invalid_request_error', code } },
});
const lengths = (vectors: readonly Float32Array[]): number[] =>
  vectors.map(([first = NaN, second = NaN]) => Math.round(first / second));
const texts = (count: number, length = 5): string[] =>
  Array.from({ length: count }, (_, i) => 'x'.repeat(length + (i % 7)));

const embed = (embedder: Embedder, given: readonly string[], as: EmbeddedSort = 'passage') =>
  embedder.embed(given, as);

embedderTroubleContract('a server that speaks as OpenAI does', async () => {
  const fake = await new FakeEmbeddings().start();
  const { fetch, close } = nodeFetch({ origin: fake.url });
  const sleep = () => Promise.resolve();
  let now = 0;
  const timing = { sleep, elapsedMs: () => now };
  const make = () => openaiEmbedder({ fetch, url: fake.url, model: 'asked-model', ...timing });
  const answers: Record<string, EmbeddingsAnswer> = {
    away: 'hangs_up',
    busy: { status: 429, headers: { 'retry-after': '30' } },
    refuses: refusal(400, 'Maya Chen wants a crib is no text'),
  };
  return {
    embedder: make(),
    beside: make,
    trouble(what) {
      // What was said to last half a minute is over.
      now += 60_000;
      fake.script = () => answers[what ?? ''];
      fake.model = what === 'other_model' ? 'another' : 'fake-model';
      fake.dimension = what === 'other_dimension' ? 8 : 4;
    },
    async dispose() {
      close();
      await fake.stop();
    },
  };
});

describe('what is sent to an embedding model', () => {
  it('has the key, the model, and before each text what the model wants', async () => {
    const embedder = open({
      apiKey: new Secret('key-of-ours'),
      queryPrefix: 'query: ',
      passagePrefix: 'passage: ',
    });
    await embed(embedder, ['one'], 'question');
    await embed(embedder, ['two', ''], 'passage');
    expect(server.requests).toEqual([
      {
        model: 'asked-model',
        input: ['query: one'],
        encoding: 'base64',
        authorization: 'Bearer key-of-ours',
      },
      {
        model: 'asked-model',
        input: ['passage: two', 'passage: .'],
        encoding: 'base64',
        authorization: 'Bearer key-of-ours',
      },
    ]);
    expect((await embedder.describe()).model).toBe('fake-model after "passage: "');
  });

  it('has no key where none is set', async () => {
    await embed(open(), ['one']);
    expect(server.requests[0]?.authorization).toBeUndefined();
  });

  it('is asked once which model it is, by however many', async () => {
    const embedder = open();
    const described = { model: 'fake-model', dimension: 4 };
    expect(await Promise.all([embedder.describe(), embedder.describe()])).toEqual([
      described,
      described,
    ]);
    await embed(embedder, ['one']);
    expect(await embedder.describe()).toEqual(described);
    expect(server.requests).toHaveLength(2);
  });

  it('is the asked model where the answer names none', async () => {
    server.model = '';
    expect((await open().describe()).model).toBe('asked-model');
  });

  it('comes in batches that are neither too many nor too large, a few at a time', async () => {
    const many = texts(1_000, 3);
    expect(lengths(await embed(open(), many))).toEqual(many.map(({ length }) => length));
    expect(server.requests.map(({ input }) => input.length)).toEqual([256, 256, 256, 232]);
    server.requests.length = 0;
    await embed(open(), texts(80, 4_000));
    expect(Math.max(...server.requests.map(({ input }) => input.join('').length))).toBeLessThan(
      32_001,
    );
    expect(server.requests).toHaveLength(12);
    expect(server.most).toBe(4);
  });

  it('lets a question pass where passages wait', async () => {
    const embedder = open();
    server.script = ({ input }) => (input[0] === 'a question' ? undefined : 'falls_silent');
    const stop = new AbortController();
    const passages = embedder.embed(texts(80, 4_000), 'passage', stop.signal);
    expect(await embed(embedder, ['a question'], 'question')).toHaveLength(1);
    const reason = new Error('enough');
    stop.abort(reason);
    await expect(passages).rejects.toBe(reason);
  });
});

describe('an embedding model that says no', () => {
  it('has smaller batches after it refused a large one, and no large one again', async () => {
    server.script = ({ input }) =>
      input.length > 32
        ? refusal(422, 'batch size 256 > maximum allowed batch size 32')
        : undefined;
    const embedder = open();
    const many = texts(256, 3);
    expect(lengths(await embed(embedder, many))).toEqual(many.map(({ length }) => length));
    expect(server.requests.filter(({ input }) => input.length > 32)).toHaveLength(3);
    server.requests.length = 0;
    await embed(embedder, many);
    expect(server.requests.map(({ input }) => input.length)).toEqual(Array(8).fill(32));
  });

  it.each([
    [400, "This model's maximum context length is 8192 tokens"],
    [413, 'Input validation error: `inputs` must have less than 512 tokens'],
    [500, 'input is too large to process. increase the physical batch size'],
  ])(
    'is given the beginning of a text that it finds too long (%i, %s)',
    async (status, message) => {
      server.script = ({ input }) =>
        input.some(({ length }) => length > 1_000) ? refusal(status, message) : undefined;
      const given = ['short', `${'🛎'.repeat(1_500)}`, 'after'];
      const embedder = open();
      const [first, cut = 0, last] = lengths(await embed(embedder, given));
      expect([first, last]).toEqual([5, 5]);
      expect(cut).toBeGreaterThan(690);
      expect(cut).toBeLessThan(1_001);
      await embed(embedder, ['many', 'short', 'ones']);
      expect(server.requests.at(-1)?.input).toHaveLength(3);
      for (const { input } of server.requests)
        for (const one of input) expect(one.isWellFormed()).toBe(true);
    },
  );

  it('is refused in the end where even a few letters are too long for it', async () => {
    server.script = () => refusal(400, 'too long');
    expect(await failureOf(embed(open(), ['x'.repeat(900)]))).toMatchObject({
      code: 'EMBEDDER_REFUSED',
      details: { reason: 'too_long' },
    });
  });

  it.each([
    [400, 'http_400'],
    [401, 'http_401'],
    [403, 'http_403'],
    [404, 'http_404'],
    [302, 'http_302'],
  ])('with %i is not asked again', async (status, reason) => {
    server.script = () => refusal(status, 'the key sk-secret of Maya is wrong');
    const failure = await failureOf(embed(open(), ['Maya']));
    expect(failure).toMatchObject({ code: 'EMBEDDER_REFUSED', details: { reason } });
    expect(inspect(failure, { depth: 9, showHidden: true })).not.toMatch(/Maya|sk-secret/);
    // A refusal may be about base64, which is found out once.
    expect(server.requests.length).toBeLessThanOrEqual(2);
  });

  it('for money is not asked again either', async () => {
    server.script = () => refusal(429, 'You exceeded your current quota', 'insufficient_quota');
    expect(await failureOf(embed(open(), ['one']))).toMatchObject({
      code: 'EMBEDDER_REFUSED',
      details: { reason: 'quota' },
    });
    expect(server.requests).toHaveLength(1);
  });

  it('to base64 is asked for numbers, from then on', async () => {
    server.script = ({ encoding }) =>
      encoding === 'base64' ? refusal(400, 'unknown encoding_format') : undefined;
    const embedder = open();
    const many = texts(600, 3);
    expect(lengths(await embed(embedder, many))).toEqual(many.map(({ length }) => length));
    server.requests.length = 0;
    await embed(embedder, many);
    expect(server.requests.map(({ encoding }) => encoding)).toEqual(['float', 'float', 'float']);
  });

  it('gives numbers where base64 was asked for, and is understood', async () => {
    server.script = ({ input }) => ({
      status: 200,
      body: embeddingsAnswerOf(server, input, 'float'),
    });
    expect(lengths(await embed(open(), ['one', 'three']))).toEqual([3, 5]);
  });
});

describe('an embedding model with a limit', () => {
  const busy = (headers: Record<string, string> = {}) => ({ status: 429, headers, body: {} });

  it.each([
    [{ 'retry-after': '7' }, 7_000],
    [{ 'retry-after-ms': '1234', 'retry-after': '7' }, 1_234],
    [{}, 125],
  ])('is left alone as long as it says: %j', async (headers, waited) => {
    server.script = inOrder(busy(headers));
    let now = 0;
    const sleep = async (ms: number) => void (slept.push(ms), (now += ms));
    const embedder = open({ sleep, elapsedMs: () => now });
    expect(lengths(await embed(embedder, ['three']))).toEqual([5]);
    expect(slept).toEqual([waited]);
  });

  it('says how long, where that is too long to wait, and is not asked meanwhile', async () => {
    server.script = () => busy({ 'retry-after': '60' });
    const embedder = open();
    for (const as of ['passage', 'question'] as const) {
      const failure = await failureOf(embed(embedder, ['one'], as));
      expect(failure.code).toBe('EMBEDDER_UNAVAILABLE');
      expect(failure.retryAfterMs).toBeGreaterThan(50_000);
    }
    expect(server.requests).toHaveLength(1);
    expect(slept).toEqual([]);
  });

  it('makes a question wait a second at most', async () => {
    server.script = () => busy({ 'retry-after': '2' });
    expect((await failureOf(embed(open(), ['one'], 'question'))).retryAfterMs).toBe(2_000);
    expect(slept).toEqual([]);
  });
});

describe('an embedding model that is not well', () => {
  it.each([
    [{ status: 503 }, 'http_503'],
    [{ status: 500, body: 'a page' }, 'http_500'],
    ['hangs_up', /^(?!http)/],
    ['breaks_off', /^(?!http)/],
  ] as [EmbeddingsAnswer, string | RegExp][])(
    'is asked again, with growing pauses, and not for ever: %j',
    async (answer, reason) => {
      server.script = inOrder(answer, answer, answer);
      expect(lengths(await embed(open(), ['three']))).toEqual([5]);
      expect(slept).toEqual([125, 250, 500]);
      server.script = () => answer;
      const failure = await failureOf(embed(open(), ['three']));
      expect(failure).toMatchObject({ code: 'EMBEDDER_UNAVAILABLE' });
      expect(String(failure.details['reason'])).toMatch(reason);
      server.requests.length = 0;
      await failureOf(embed(open(), ['three'], 'question'));
      expect(server.requests).toHaveLength(3);
    },
  );

  it('is given up when it says nothing', async () => {
    server.script = () => 'falls_silent';
    const failure = await failureOf(
      embed(open({ wire: { headersMs: 40 } }), ['three'], 'question'),
    );
    expect(failure).toMatchObject({
      code: 'EMBEDDER_UNAVAILABLE',
      details: { reason: 'timeout' },
    });
  });

  it('is given up with the reason of a signal, also between two tries', async () => {
    server.script = () => ({ status: 503 });
    const reason = new Error('enough');
    const stop = new AbortController();
    const sleep = async () => stop.abort(reason);
    await expect(open({ sleep }).embed(['one'], 'passage', stop.signal)).rejects.toBe(reason);
    expect(server.requests).toHaveLength(1);
  });

  it('ends what else is under way when one batch fails', async () => {
    server.script = ({ input }) =>
      input[0]?.startsWith('bad') ? refusal(401, 'no') : 'falls_silent';
    const given = ['bad'.repeat(9_000), ...texts(20, 9_000)];
    expect((await failureOf(embed(open(), given))).code).toBe('EMBEDDER_REFUSED');
  });
});

describe('an answer that is no vectors', () => {
  const vectors = (embeddings: readonly unknown[], more: object = {}) => ({
    status: 200,
    body: {
      object: 'list',
      model: 'fake-model',
      data: embeddings.map((embedding, index) => ({ object: 'embedding', index, embedding })),
      ...more,
    },
  });
  const nan = Buffer.from(Float32Array.of(1, NaN).buffer).toString('base64');

  it.each([
    ['text', { status: 200, body: '<html>Log in</html>' }, 'answer'],
    ['an error in a good answer', { status: 200, body: { error: 'no' } }, 'answer'],
    ['too few vectors', vectors([[1, 2]]), 'answer'],
    ['too many vectors', vectors([[1], [1], [1]]), 'answer'],
    [
      'twice the same place',
      vectors(
        [[1], [1]].map((one) => one),
        { data: [0, 0].map((index) => ({ index, embedding: [1] })) },
      ),
      'answer',
    ],
    [
      'a place far away',
      vectors([], { data: [0, 1e9].map((index) => ({ index, embedding: [1] })) }),
      'answer',
    ],
    ['an empty vector', vectors([[1], []]), 'answer'],
    ['half a number', vectors(['AAAA', 'AAAAAA==']), 'answer'],
    [
      'two dimensions',
      vectors([
        [1, 2],
        [1, 2, 3],
      ]),
      'dimensions',
    ],
    ['no numbers', vectors([[1, 2], nan]), 'no_numbers'],
    [
      'numbers beyond all bounds',
      vectors([
        [1, 2],
        [1e300, 1],
      ]),
      'no_numbers',
    ],
    [
      'nothing but zeros',
      vectors([
        [1, 2],
        [0, 0],
      ]),
      'no_numbers',
    ],
  ] as [string, EmbeddingsAnswer, string][])('is refused: %s', async (_title, answer, reason) => {
    server.script = () => answer;
    expect(await failureOf(embed(open(), ['one', 'two']))).toMatchObject({
      code: 'EMBEDDER_REFUSED',
      details: { reason },
    });
  });

  it('is a vector all the same where a text without a letter means nothing', async () => {
    server.script = () =>
      vectors([
        [3, 4],
        [0, 0],
      ]);
    const [one, two] = await embed(open(), ['one', '…']);
    expect([...(one ?? [])].map((value) => value.toFixed(1))).toEqual(['0.6', '0.8']);
    expect(Math.hypot(...(two ?? []))).toBeCloseTo(1);
  });
});

describePeer('toxiproxy', 'an embedding model behind a bad wire', (peer) => {
  let toxiproxy: Toxiproxy;
  beforeEach(async () => {
    toxiproxy = await peer.shared();
  });

  it('is asked again when the wire was cut, and answers when it is mended', async () => {
    const proxy = await toxiproxy.proxyTo(server.port);
    const url = `http://${proxy.host}/v1`;
    const sleep = async () => proxy.mend();
    const embedder = open({ url, sleep });
    expect(lengths(await embed(embedder, ['three']))).toEqual([5]);
    await proxy.cut();
    expect(lengths(await embed(embedder, ['three']))).toEqual([5]);
    await proxy.add({ type: 'limit_data', attributes: { bytes: 60 } });
    expect((await failureOf(embed(open({ url }), ['three']))).code).toBe('EMBEDDER_UNAVAILABLE');
  });

  it('takes answers in drops', async () => {
    const proxy = await toxiproxy.proxyTo(server.port);
    await proxy.add({ type: 'bandwidth', attributes: { rate: 100 } });
    const many = texts(300, 3);
    const embedder = open({ url: `http://${proxy.host}/v1` });
    expect(lengths(await embed(embedder, many))).toEqual(many.map(({ length }) => length));
  });
});
