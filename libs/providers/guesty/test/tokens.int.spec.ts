import { inspect } from 'node:util';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { asFault, fault, Secret } from '#libs/kernel';
import type { Outbound } from '#libs/ports/outbound';

import { guestyWorld, type GuestyWorld } from './guesty-world.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let world: GuestyWorld;
beforeEach(async () => {
  world = await guestyWorld();
});
afterEach(() => world.close());

const stored = async () => {
  const [document] = await world.documents.get({ name: 'provider_tokens', fields: [] }, [
    'provider-token/guesty/main',
  ]);
  return document;
};

describe('the token of Guesty', () => {
  it('is asked for once, by however many replicas and restarts', async () => {
    await Promise.all([world.replica(), world.replica(), world.replica()].map((api) => api.ping()));
    for (let starts = 0; starts < 20; starts++) await world.replica().ping();
    expect(world.fake.tokens.asked).toBe(1);
  });

  it('lies sealed where it is kept', async () => {
    await world.api.ping();
    const document = await stored();
    expect(document?.bytes?.length).toBeGreaterThan(20);
    expect(Buffer.from(document?.bytes ?? []).toString('latin1')).not.toContain('eyJ');
    expect(JSON.stringify(document?.body)).not.toMatch(/eyJ|a-client|the-secret/);
  });

  it('is renewed near its end, and no more than once a day in quiet use', async () => {
    for (let hour = 0; hour < 10 * 24; hour++) {
      await world.replica().ping();
      world.clock.pass(HOUR);
    }
    expect(world.fake.tokens.asked).toBeGreaterThanOrEqual(10);
    expect(world.fake.tokens.asked).toBeLessThanOrEqual(11);
  });

  it('is renewed once after a refusal, however many saw it', async () => {
    const replicas = [world.replica(), world.replica(), world.replica()];
    await Promise.all(replicas.map((api) => api.ping()));
    world.clock.pass(2 * HOUR);
    world.fake.tokens.revoke();
    await Promise.all(replicas.map((api) => api.ping()));
    expect(world.fake.tokens.asked).toBe(2);
  });

  it('is another for who was refused, though somebody else was just looking for one', async () => {
    await world.api.ping();
    world.clock.pass(2 * HOUR);
    world.fake.tokens.revoke();
    // One process, many requests at once: some meet the refusal while others still begin.
    const fresh = world.replica();
    const asking = Array.from({ length: 8 }, () => fresh.ping());
    await expect(Promise.all(asking)).resolves.toHaveLength(8);
    expect(world.fake.tokens.asked).toBe(2);
  });

  it('is not renewed when a fresh one is refused as well', async () => {
    await world.api.ping();
    world.fake.tokens.revoke();
    const failure = await world.api.ping().catch(asFault);
    expect(failure).toMatchObject({ code: 'PROVIDER_API_CREDENTIALS_REFUSED' });
    for (let again = 0; again < 5; again++) await world.replica().ping().catch(asFault);
    expect(world.fake.tokens.asked).toBe(1);
  });

  it('is another where one is refused that was made while our clock was in 2036', async () => {
    const ahead = Date.UTC(2036, 0, 1) - world.clock.now();
    world.clock.pass(ahead);
    await world.api.ping();
    world.clock.pass(-ahead);
    world.fake.tokens.revoke();
    await world.api.ping();
    await world.replica().ping();
    expect(world.fake.tokens.asked).toBe(2);
  });

  it('is never asked for more than five times a day, and again when the day is over', async () => {
    for (let lost = 0; lost < 9; lost++) {
      await world.replica().ping().catch(asFault);
      world.fake.tokens.revoke();
      world.clock.pass(90 * MINUTE);
    }
    expect(world.fake.tokens.asked).toBe(5);
    const failure = await world.replica().ping().catch(asFault);
    expect(failure).toMatchObject({ code: 'PROVIDER_API_TOKENS_SPENT', kind: 'throttled' });
    const { retryAfterMs } = failure as { retryAfterMs?: number };
    world.clock.pass(retryAfterMs ?? 0);
    await expect(world.replica().ping()).resolves.toBeUndefined();
    expect(world.fake.tokens.asked).toBe(6);
  });

  it('is used to its last minute while no other is to be had', async () => {
    await world.api.ping();
    world.clock.pass(DAY - 20 * MINUTE);
    const away: Outbound = {
      send: (request) =>
        request.url.endsWith('/oauth2/token')
          ? Promise.reject(fault('OUTBOUND_UNREACHABLE'))
          : world.outbound.send(request),
    };
    for (const api of [world.replica({ outbound: away }), world.replica({ outbound: away })])
      await expect(api.ping()).resolves.toBeUndefined();
    world.clock.pass(19.5 * MINUTE);
    await expect(world.replica({ outbound: away }).ping()).rejects.toMatchObject({
      code: 'OUTBOUND_UNREACHABLE',
    });
    await expect(world.replica().ping()).resolves.toBeUndefined();
  });

  it('costs nothing where nothing was sent, and counts where that is not known', async () => {
    const failing = (code: 'OUTBOUND_UNREACHABLE' | 'OUTBOUND_UNANSWERED'): Outbound => ({
      send: () => Promise.reject(fault(code)),
    });
    for (let i = 0; i < 9; i++)
      await world
        .replica({ outbound: failing('OUTBOUND_UNREACHABLE') })
        .ping()
        .catch(asFault);
    expect((await stored())?.body).toMatchObject({ requestedAt: [] });
    const doubtful = () => world.replica({ outbound: failing('OUTBOUND_UNANSWERED') }).ping();
    expect(await doubtful().catch(asFault)).toMatchObject({ code: 'OUTBOUND_UNANSWERED' });
    expect(await doubtful().catch(asFault)).toMatchObject({
      code: 'PROVIDER_API_TOKENS_SPENT',
      retryAfterMs: 5 * MINUTE,
    });
    expect((await stored())?.body).toMatchObject({ requestedAt: [world.clock.now()] });
  });

  it('is not asked for again with credentials that were refused, until there are others', async () => {
    const wrong = { clientSecret: new Secret('wrong-secret') };
    for (let again = 0; again < 8; again++) {
      const failure = await world.replica(wrong).ping().catch(asFault);
      expect(failure).toMatchObject({ code: 'PROVIDER_API_CREDENTIALS_REFUSED' });
      expect(inspect(failure, { depth: 9 })).not.toContain('wrong-secret');
      world.clock.pass(HOUR);
    }
    expect(world.fake.tokens.asked).toBe(1);
    await expect(world.replica().ping()).resolves.toBeUndefined();
  });

  it('is asked for by another when the one who asked died', async () => {
    await world.leases.acquire('provider-token/guesty/main', 'somebody who died', 20_000);
    await expect(world.api.ping()).resolves.toBeUndefined();
    expect(world.fake.tokens.asked).toBe(1);
  });
});
