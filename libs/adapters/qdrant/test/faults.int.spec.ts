import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { qdrantSearchIndex, type QdrantSearchIndex } from '#libs/adapters/qdrant';
import { Secret, systemClock } from '#libs/kernel';
import { describePeers, type Emulator, type ToxicProxy } from '#libs/testing';
import { asking, foundBy, unitOf } from '#suites/search-index';

import { FakeQdrant, saying, type UnwellAnswer } from './fake-qdrant.js';

const patience = { readTryMs: 900, readMs: 2_000, writeTryMs: 900, writeMs: 2_000 };

describe('a Qdrant that is not well', () => {
  let fake: FakeQdrant;
  let index: QdrantSearchIndex;
  beforeEach(async () => {
    fake = await FakeQdrant.start();
    const apiKey = new Secret('a-key-of-the-tests');
    index = qdrantSearchIndex({
      ...{ url: fake.url, apiKey, prefix: 'innkeeper_fake', clock: systemClock, patience },
    });
  });
  afterEach(async () => {
    await index.close();
    await fake.stop();
  });

  const found: UnwellAnswer = { body: { result: { points: [] }, status: 'ok', time: 0 } };
  const find = () => index.find(1, asking('wifi'));

  it.each<[string, UnwellAnswer, string, Record<string, unknown>]>([
    ...(
      [
        ['a wrong key', { status: 401, body: 'Must provide an API key' }, 401],
        ['a key that may not', saying(403, 'Forbidden: Global write access is required'), 403],
      ] as const
    ).map(
      ([title, answer, status]): [string, UnwellAnswer, string, object] =>
        [
          ...([title, answer, 'SEARCH_INDEX_REFUSED'] as const),
          { status, reason: 'the API key is missing, wrong or may not write' },
        ] as [string, UnwellAnswer, string, object],
    ),
    [
      'strict mode without an index',
      saying(
        400,
        'Bad request: Index required but not found for "colour" of one of the following types: [keyword]',
      ),
      'SEARCH_INDEX_REFUSED',
      { status: 400, reason: 'strict mode: no payload index on colour' },
    ],
    [
      'a limit of strict mode',
      saying(400, 'Bad request: Limit exceeded 1000 > 100 for "limit". Help: Reduce it'),
      'SEARCH_INDEX_REFUSED',
      { status: 400, reason: 'a limit of its strict mode' },
    ],
    [
      'something else at this address',
      { status: 404, body: 'no such page' },
      'SEARCH_INDEX_REFUSED',
      { reason: 'what answers at this address is no Qdrant' },
    ],
    [
      'a page where an answer should be',
      { body: '<html></html>' },
      'SEARCH_INDEX_REFUSED',
      { reason: 'what answers at this address is no Qdrant' },
    ],
  ] as never)('says at once why it is refused: %s', async (_title, answer, code, details) => {
    // A slow machine must not be taken for a server that does not answer.
    const patient = qdrantSearchIndex({ url: fake.url, prefix: 'p', clock: systemClock });
    fake.answers(answer);
    await expect(patient.find(1, asking('wifi'))).rejects.toMatchObject({ code, details });
    expect(fake.asked).toHaveLength(1);
    await patient.close();
  });

  it.each<[string, UnwellAnswer, string, string | undefined]>([
    [
      '429 without a time',
      saying(429, 'Rate limit'),
      'SEARCH_INDEX_UNAVAILABLE',
      'too many requests',
    ],
    [
      '429 with a date',
      { ...saying(429, 'Rate limit'), headers: { 'retry-after': 'Mon, 30 Nov 2026 20:00:00 GMT' } },
      'SEARCH_INDEX_UNAVAILABLE',
      'too many requests',
    ],
    ['503', saying(503, 'Service unavailable'), 'SEARCH_INDEX_UNAVAILABLE', 'status 503'],
    ['202', { status: 202 }, 'SEARCH_INDEX_UNAVAILABLE', 'an answer half done'],
    ['no answer', { hangs: true }, 'SEARCH_INDEX_UNAVAILABLE', 'no answer in time'],
    [
      'a collection whose indexes are not made yet',
      saying(
        400,
        'Bad request: Index required but not found for "scope" of one of the following types: [keyword]',
      ),
      'SEARCH_INDEX_UNAVAILABLE',
      'the payload index on scope is not made yet',
    ],
    [
      'a facet over such a collection',
      saying(400, 'Bad request: No appropriate index for faceting: `words`. Please create one.'),
      'SEARCH_INDEX_UNAVAILABLE',
      'the payload index on words is not made yet',
    ],
    ['507', saying(507, 'Insufficient storage'), 'STORE_FULL', undefined],
    [
      'a full disk',
      saying(500, 'Service internal error: No space left on device (os error 28)'),
      'STORE_FULL',
      undefined,
    ],
  ])(
    'asks again within its patience, and then says so: %s',
    async (_title, answer, code, reason) => {
      fake.answers(answer);
      const began = performance.now();
      await expect(find()).rejects.toMatchObject({
        code,
        details: reason === undefined ? { store: 'qdrant' } : { reason },
      });
      expect(fake.asked.length).toBeGreaterThan(1);
      expect(fake.asked.length).toBeLessThan(20);
      expect(performance.now() - began).toBeLessThan(5_000);
      fake.answers(answer, found);
      expect(await find()).toEqual([]);
      expect(fake.asked).toHaveLength(2);
    },
  );

  it('waits no longer than its patience where it is told to wait long', async () => {
    fake.answers({ ...saying(429, 'Rate limit'), headers: { 'retry-after': '9' } });
    await expect(find()).rejects.toMatchObject({
      code: 'SEARCH_INDEX_UNAVAILABLE',
      details: { reason: 'too many requests' },
    });
    expect(fake.asked).toHaveLength(1);
  });

  it('shows its key to the server, and in no fault', async () => {
    fake.answers(saying(401, 'no'));
    const error: unknown = await find().catch((thrown: unknown) => thrown);
    expect(fake.asked[0]?.key).toBe('a-key-of-the-tests');
    expect(JSON.stringify(error)).not.toContain('a-key-of-the-tests');
  });

  it('writes nothing to a server too old to know how to be fenced', async () => {
    fake.answers(saying(404, "Not found: Collection `x` doesn't exist!"), {
      body: { title: 'qdrant', version: '1.16.3' },
    });
    await expect(index.replace(1, [unitOf('call/1', ['wifi'])])).rejects.toMatchObject({
      code: 'SEARCH_INDEX_REFUSED',
      details: { reason: 'Qdrant 1.16 is older than 1.17' },
    });
    expect(fake.asked.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  it('reads the path and the port of its address', async () => {
    const behind = qdrantSearchIndex({
      ...{ url: `${fake.url}/behind/a/proxy/`, prefix: 'p', clock: systemClock, patience },
    });
    fake.answers(found);
    expect(await behind.find(1, asking('wifi'))).toEqual([]);
    expect(fake.asked[0]?.path).toBe('/behind/a/proxy/collections/p_1_passages/points/query');
    await behind.close();
  });

  it('answers whoever still asks once it is closed', async () => {
    await index.close();
    await expect(find()).rejects.toMatchObject({ details: { reason: 'closed' } });
    await expect(index.drop(1)).rejects.toMatchObject({ code: 'SEARCH_INDEX_UNAVAILABLE' });
  });
});

describePeers(['qdrant', 'toxiproxy'], 'the way to Qdrant breaks', (peer, proxies) => {
  let qdrant: Emulator;
  let proxy: ToxicProxy;
  let index: QdrantSearchIndex;
  const generation = 1;

  beforeAll(async () => {
    qdrant = await peer.shared();
    proxy = await (await proxies.shared()).proxyTo(qdrant.port);
    index = qdrantSearchIndex({
      ...{ url: `http://${proxy.host}`, prefix: `innkeeper_away_${process.pid}` },
      ...{
        clock: systemClock,
        patience: { readTryMs: 1_000, readMs: 3_000, writeTryMs: 1_500, writeMs: 4_000 },
      },
    });
    await index.replace(generation, [unitOf('call/1', ['wifi'])]);
  }, 120_000);

  afterAll(async () => {
    await index.drop(generation);
    await index.close();
  }, 60_000);

  it('says unavailable while it is away, and works again when it is back', async () => {
    await proxy.cut();
    const write = () => index.replace(generation, [unitOf('call/2', ['wifi'])]);
    for (const ask of [() => index.find(generation, asking('wifi')), write, () => index.answer()])
      await expect(ask()).rejects.toMatchObject({ code: 'SEARCH_INDEX_UNAVAILABLE' });
    await proxy.mend();
    expect(await write()).toEqual(['written']);
    expect(await foundBy({ index, generation }, 'wifi')).toEqual(['call/1', 'call/2']);
  }, 60_000);

  it('asks again where an answer is late or a connection breaks, and the question does not see it', async () => {
    const toxics: readonly Parameters<typeof proxy.add>[0][] = [
      { type: 'latency', attributes: { latency: 1_500 } },
      { type: 'reset_peer', attributes: { timeout: 0 } },
      { type: 'limit_data', attributes: { bytes: 40 } },
    ];
    for (const toxic of toxics) {
      const name = await proxy.add(toxic);
      const asked = index.find(generation, asking('wifi'));
      setTimeout(() => void proxy.remove(name), 200);
      expect(await asked).toHaveLength(2);
    }
  }, 60_000);

  it('writes once, however often its answers are lost', async () => {
    const name = await proxy.add({ type: 'limit_data', attributes: { bytes: 10 } });
    const written = index.replace(generation, [
      unitOf('call/3', ['code', 'code'], { position: 2 }),
    ]);
    setTimeout(() => void proxy.remove(name), 400);
    expect(await written).toEqual(['written']);
    expect(await foundBy({ index, generation }, 'code')).toEqual(['call/3', 'call/3']);
    expect(await index.statistics(generation, [])).toMatchObject({ passages: 4 });
  }, 60_000);
});
