import { describe, expect, it } from '@jest/globals';

import { asFault, fault } from '#libs/kernel';
import {
  repeating,
  type Budget,
  type Outbound,
  type OutboundAnswer,
  type OutboundRequest,
  type RepeatingOptions,
} from './index.js';

type Step = OutboundAnswer | Error;

const answer = (status: number, headers: Record<string, string> = {}): OutboundAnswer => ({
  status,
  headers,
  body: new Uint8Array(),
});
const busy = (retryAfter: string): OutboundAnswer => answer(429, { 'retry-after': retryAfter });
const unreachable = fault('OUTBOUND_UNREACHABLE');
const unanswered = fault('OUTBOUND_UNANSWERED');

const NOW = Date.UTC(2026, 8, 14, 9);

const rig = (steps: readonly Step[], over: Partial<RepeatingOptions> = {}) => {
  const waits: number[] = [];
  const tried: OutboundRequest[] = [];
  const outbound: Outbound = {
    async send(request) {
      tried.push(request);
      const step = steps[tried.length - 1] ?? steps.at(-1);
      if (step === undefined || step instanceof Error) throw step ?? new Error('no step');
      return step;
    },
  };
  const client = repeating({
    outbound,
    clock: { now: () => NOW },
    sleep: async (ms) => void waits.push(ms),
    random: () => 0.5,
    ...over,
  });
  const send = (method: OutboundRequest['method'], more: Partial<OutboundRequest> = {}) =>
    client.send({ method, url: 'https://a.example/', ...more });
  return { send, waits, tried };
};

describe('repeating', () => {
  it('hands on at once what repetition cannot change', async () => {
    for (const status of [200, 204, 301, 400, 401, 403, 404, 409, 422, 501]) {
      const { send, tried } = rig([answer(status)]);
      expect((await send('GET')).status).toBe(status);
      expect(tried).toHaveLength(1);
    }
    const { send, tried } = rig([fault('OUTBOUND_ADDRESS_REFUSED')]);
    await expect(send('GET')).rejects.toMatchObject({ code: 'OUTBOUND_ADDRESS_REFUSED' });
    expect(tried).toHaveLength(1);
  });

  it('asks again, doubling its waits with jitter, and goes on when it is answered', async () => {
    const { send, waits } = rig([unanswered, answer(503), unreachable, answer(200)]);
    expect((await send('GET')).status).toBe(200);
    expect(waits).toEqual([375, 750, 1500]);
  });

  it('ends after four tries, with what came last', async () => {
    const failing = rig([answer(502)]);
    expect((await failing.send('GET')).status).toBe(502);
    expect(failing.tried).toHaveLength(4);
    const away = rig([unanswered]);
    await expect(away.send('PUT')).rejects.toBe(unanswered);
    expect(away.tried).toHaveLength(4);
  });

  it('sends a POST again only where it surely was not done', async () => {
    for (const doubtful of [unanswered, answer(500), answer(503)]) {
      const { send, tried } = rig([doubtful, answer(200)]);
      const result = await send('POST').catch(asFault);
      expect(result).toBe(doubtful);
      expect(tried).toHaveLength(1);
    }
    for (const undone of [unreachable, answer(429)]) {
      const { send, tried } = rig([undone, answer(201)]);
      expect((await send('POST')).status).toBe(201);
      expect(tried).toHaveLength(2);
    }
  });

  it('never sends again what is to be sent once', async () => {
    for (const step of [unreachable, answer(500)]) {
      const { send, tried } = rig([step]);
      await send('POST', { once: true }).catch(() => undefined);
      await send('GET', { once: true }).catch(() => undefined);
      expect(tried).toHaveLength(2);
    }
    const { send } = rig([busy('7')]);
    await expect(send('POST', { once: true })).rejects.toMatchObject({
      code: 'OUTBOUND_THROTTLED',
      retryAfterMs: 7_000,
    });
  });

  it('waits no shorter than Retry-After says, in seconds or as a date', async () => {
    const date = new Date(NOW + 9_000).toUTCString();
    const { send, waits } = rig([busy('12'), busy(date), busy('soon'), answer(200)]);
    await send('GET');
    expect(waits).toEqual([12_000, 9_000, 1_500]);
  });

  it('throws a wait that is too long to sit out, with its length', async () => {
    const { send, waits } = rig([busy('60')]);
    await expect(send('GET')).rejects.toMatchObject({ kind: 'throttled', retryAfterMs: 60_000 });
    expect(waits).toEqual([]);
    const failing = rig([answer(503, { 'retry-after': '3600' })]);
    expect((await failing.send('GET')).status).toBe(503);
    expect(failing.waits).toEqual([]);
  });

  it('spends of its budget for each try, and pauses it for everybody when told to wait', async () => {
    const spent: string[] = [];
    const budget: Budget = {
      spend: async () => void spent.push('spend'),
      pause: async (ms) => void spent.push(`pause ${ms}`),
    };
    const { send } = rig([answer(500), busy('3'), answer(200)], { budget });
    await send('GET');
    expect(spent).toEqual(['spend', 'spend', 'pause 3000', 'spend']);
  });

  it('sends nothing when its budget says no', async () => {
    const empty: Budget = {
      spend: () => Promise.reject(fault('OUTBOUND_THROTTLED', { retryAfterMs: 40_000 })),
      pause: () => Promise.resolve(),
    };
    const { send, tried } = rig([answer(200)], { budget: empty });
    await expect(send('GET')).rejects.toMatchObject({ retryAfterMs: 40_000 });
    expect(tried).toEqual([]);
  });

  it('sends nothing any more after its time, however the time went by', async () => {
    let now = NOW;
    const { send, tried } = rig([answer(503), answer(200)], {
      clock: { now: () => now },
      sleep: async () => void (now += 7_000),
      sendsForMs: 6_000,
    });
    await expect(send('GET')).rejects.toMatchObject({ code: 'OUTBOUND_THROTTLED' });
    expect(tried).toHaveLength(1);
  });
});
