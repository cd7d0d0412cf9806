import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { allSubscriptions, allTopics, decodeDelivery, subscriptions } from '#libs/contracts';
import { joinBytes, toHex, type Id } from '#libs/kernel';
import type { Provider } from '#libs/ports/provider';
import { aircall } from '#libs/providers/aircall';
import { guesty } from '#libs/providers/guesty';
import { rocketchat } from '#libs/providers/rocketchat';
import { pubsubBus, type PubsubBus } from '#libs/adapters/pubsub';
import { describePeer, type Emulator } from '#libs/testing';

import { houseRoot } from '../architecture/house.js';
import { bundleWorker, gzippedBytes, startWorker, type EdgeWorker } from './edge-worker.js';
import { ask, recordedRequests, type RecordedRequest } from './requests.js';
import { startSwarmDoor, type SwarmDoor } from './swarm-door.js';

interface Edge {
  /** Its folder. */
  readonly worker: string;
  readonly provider: Provider;
  readonly setting: string;
  readonly secret: string;
}

const edges: readonly Edge[] = [
  {
    worker: 'aircall-webhook',
    provider: aircall,
    setting: 'INNKEEPER_AIRCALL_TOKENS',
    secret: 'a-token-of-the-edge',
  },
  {
    worker: 'llm-query',
    provider: rocketchat,
    setting: 'INNKEEPER_ROCKETCHAT_TOKENS',
    secret: 'a-token-of-the-chat',
  },
  {
    worker: 'guesty-webhook',
    provider: guesty,
    setting: 'INNKEEPER_GUESTY_SECRETS',
    secret: 'whsec_YS1zZWNyZXQtb2YtdGhlLWVkZ2UtaGVyZQ==',
  },
];

const PROJECT = 'edge-doors';
const MOST_GZIPPED = 100_000;

describePeer('pubsub', 'a door at the edge', (peer) => {
  let emulator: Emulator;
  let bus: PubsubBus;

  beforeAll(async () => {
    emulator = await peer.start();
    bus = pubsubBus({ projectId: PROJECT, environment: 'edge', emulatorHost: emulator.host });
    await bus.create(allTopics, allSubscriptions);
  }, 60_000);
  afterAll(async () => {
    await bus.close();
    await emulator.stop();
  });

  describe.each(edges)('for $provider.name', ({ worker: folder, provider, setting, secret }) => {
    let bundle: Uint8Array;
    let edge: EdgeWorker;
    let swarm: SwarmDoor;
    let requests: RecordedRequest[];
    const bound = (more: Record<string, string> = {}) => ({
      INNKEEPER_ENVIRONMENT: 'edge',
      INNKEEPER_PUBSUB_PROJECT: PROJECT,
      INNKEEPER_PUBSUB_URL: `http://${emulator.host}`,
      [setting]: secret,
      ...more,
    });

    beforeAll(async () => {
      bundle = await bundleWorker(join(houseRoot, `deploy/cloudflare/${folder}/src/worker.ts`));
      [edge, swarm, requests] = await Promise.all([
        startWorker(bundle, bound()),
        startSwarmDoor({ [setting]: secret }),
        recordedRequests(provider, secret),
      ]);
    }, 60_000);
    afterAll(async () => {
      await Promise.all([edge.stop(), swarm.stop()]);
    });

    it('fits into what a Worker may be', () => {
      expect(gzippedBytes(bundle)).toBeLessThanOrEqual(MOST_GZIPPED);
    });

    it('answers every recorded request as the Swarm does', async () => {
      for (const request of requests)
        expect([request.title, await ask(edge.url, request)]).toEqual([
          request.title,
          await ask(swarm.url, request),
        ]);
    });

    it('never answers with what switches a sender off, ends its tries, or is posted in a room', async () => {
      for (const request of requests) {
        const { status, body } = await ask(edge.url, request);
        const posted = ['text', 'attachments'].filter((name) => name in body);
        expect([request.title, [410, 500].includes(status), posted]).toEqual([
          request.title,
          false,
          [],
        ]);
      }
    });

    it('gives the same verdict of whatever is sent, and the same id', async () => {
      await fc.assert(
        fc.asyncProperty(mutationsOf(requests), async (request) => {
          expect(await ask(edge.url, request)).toEqual(await ask(swarm.url, request));
        }),
        { numRuns: 300 },
      );
    });

    it('publishes what the unchanged intake consumes, byte for byte', async () => {
      const [request] = requests;
      if (!request) throw new Error('no request');
      const { body } = await ask(edge.url, request);
      const wanted = body['id'] as Id;
      const found = await deliveryOf(bus, wanted);
      expect(found.source).toBe(provider.name);
      expect(toHex(found.body)).toBe(toHex(request.body ?? new Uint8Array()));
    });

    it('answers 503 in time where Pub/Sub is slow, away, or refuses us', async () => {
      const [request] = requests;
      if (!request) throw new Error('no request');
      const silent = await serverThat(() => undefined);
      const refusing = await serverThat(403);
      for (const server of [
        silent,
        refusing,
        { url: 'http://127.0.0.1:1', close: () => undefined },
      ]) {
        const worker = await startWorker(bundle, bound({ INNKEEPER_PUBSUB_URL: server.url }));
        expect(await ask(worker.url, request)).toMatchObject({
          status: 503,
          retryAfter: '5',
          body: { code: 'INTAKE_BUS_UNAVAILABLE' },
        });
        await worker.stop();
        server.close();
      }
    }, 30_000);

    it('answers 503, not with a crash, where the key of its account is broken', async () => {
      const [request] = requests;
      if (!request) throw new Error('no request');
      const worker = await startWorker(bundle, bound({ INNKEEPER_PUBSUB_KEY: '{"half":' }));
      expect(await ask(worker.url, request)).toMatchObject({
        status: 503,
        body: { code: 'INTAKE_BUS_UNAVAILABLE' },
      });
      await worker.stop();
    });

    it('answers 503 while it has no secret', async () => {
      const [request] = requests;
      if (!request) throw new Error('no request');
      const worker = await startWorker(bundle, bound({ [setting]: '' }));
      expect(await ask(worker.url, request)).toMatchObject({
        status: 503,
        body: { code: 'INTAKE_SECRET_MISSING' },
      });
      await worker.stop();
    });
  });
});

/** A byte changed, cut or repeated, a header dropped: close to what is right, and hardly ever right. */
const mutationsOf = (requests: readonly RecordedRequest[]): fc.Arbitrary<RecordedRequest> =>
  fc
    .record({
      request: fc.constantFrom(...requests.filter(({ body }) => body && body.length < 100_000)),
      at: fc.nat(),
      byte: fc.nat(255),
      how: fc.constantFrom('set', 'cut', 'insert', 'drop header', 'none'),
    })
    .map(({ request, at, byte, how }) => {
      const body = request.body ?? new Uint8Array();
      const place = body.length === 0 ? 0 : at % body.length;
      const names = Object.keys(request.headers);
      const dropped = how === 'drop header' ? names[at % Math.max(1, names.length)] : undefined;
      const headers = Object.fromEntries(
        Object.entries(request.headers).filter(([name]) => name !== dropped),
      );
      const one = new Uint8Array([byte]);
      const after = how === 'insert' ? place : place + 1;
      const changed =
        how === 'cut'
          ? body.slice(0, place)
          : how === 'set' || how === 'insert'
            ? joinBytes(body.subarray(0, place), one, body.subarray(after))
            : body;
      return { ...request, headers, body: changed };
    });

const deliveryOf = async (bus: PubsubBus, id: string) => {
  const found = Promise.withResolvers<ReturnType<typeof decodeDelivery>>();
  const consumption = await bus.consume(subscriptions.intakeOfDeliveries, async (messages) => {
    for (const { data } of messages) {
      const delivery = decodeDelivery(data);
      if (delivery.id === id) found.resolve(delivery);
    }
    return messages.map(() => ({ outcome: 'done' }) as const);
  });
  try {
    return await found.promise;
  } finally {
    await consumption.close();
  }
};

const serverThat = async (
  answers: number | (() => undefined),
): Promise<{ url: string; close: () => void }> => {
  const server: Server = createServer((request, response) => {
    request.resume();
    if (typeof answers === 'number') response.writeHead(answers).end('{}');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
