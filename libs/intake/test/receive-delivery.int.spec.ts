import { BODY_LIMIT, decodeDelivery } from '#libs/contracts';
import { answerRequest } from '#libs/intake';
import { Secret, textOf, utf8, type JsonObject } from '#libs/kernel';
import { aircall } from '#libs/providers/aircall';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import {
  CURRENT,
  intakeOn,
  OLDER,
  openIntake,
  published,
  quarantined,
  sample,
  type IntakeWorld,
} from './intake-world.js';
import { parrot, TOLD_AT } from './parrot.js';

let world: IntakeWorld;

beforeEach(async () => {
  world = await openIntake();
});
afterEach(() => world.close());

const signed = async (payload: JsonObject, secret = CURRENT) => ({
  source: 'aircall',
  ...(await aircall.sign(payload, new Secret(secret), 0)),
});
const from = (secret: string, headers: Record<string, string> = {}) => ({
  headers: { 'webhook-signature': secret, ...headers },
});
const refused = (code: string, quarantined = false) => ({ outcome: 'refused', code, quarantined });

describe('a delivery that is proved', () => {
  it('is on the bus when it is answered, byte for byte, under the id of the answer', async () => {
    const request = await signed(sample('call.ended.answered'));
    const answer = await world.receive(request);
    const [message, ...others] = await published(world);
    const delivery = decodeDelivery(message?.data ?? new Uint8Array());
    expect(others).toEqual([]);
    expect(answer).toEqual({ outcome: 'received', id: delivery.id });
    expect(message?.attributes).toEqual({ id: delivery.id });
    expect(textOf(delivery.body)).toBe(textOf(request.body));
    expect(delivery).toMatchObject({
      source: 'aircall',
      receivedAt: world.clock.now(),
      sourceTime: 1_789_377_408_000,
    });
    expect(await quarantined(world)).toEqual([]);
  });

  it('is taken under either of two live secrets', async () => {
    for (const secret of [CURRENT, OLDER])
      expect(await world.receive(await signed(sample('call.answered'), secret))).toMatchObject({
        outcome: 'received',
      });
  });

  it('has the same id whenever it comes again, and another one for another byte or source', async () => {
    const request = await signed(sample('call.answered'));
    const first = await world.receive(request);
    world.clock.pass(3_600_000);
    expect(await world.receive({ ...request, headers: { 'user-agent': 'another' } })).toEqual(
      first,
    );
    const other = { ...request, body: utf8(`${textOf(request.body)} `) };
    expect(await world.receive(other)).not.toEqual(first);
    const magpie = intakeOn(world, { parrot: { ...parrot(), name: 'magpie' } });
    const parrots = await world.receive({ ...from(CURRENT), source: 'parrot' });
    expect(await magpie.receive({ ...from(CURRENT), source: 'magpie' })).not.toEqual(parrots);
  });

  it('is known by the id its provider gave it, whatever its bytes', async () => {
    const one = from(CURRENT, { 'webhook-id': 'msg_1' });
    const first = await world.receive({ ...one, body: utf8('{"try":1}') });
    expect(await world.receive({ ...one, body: utf8('{"try":2}') })).toEqual(first);
    const two = from(CURRENT, { 'webhook-id': 'msg_2' });
    expect(await world.receive({ ...two, body: utf8('{"try":1}') })).not.toEqual(first);
  });

  it('has an id that sorts by the time its provider gives, not by the time of receipt', async () => {
    const answer = await world.receive(from(CURRENT));
    const id = answer.outcome === 'received' ? answer.id : '';
    expect(parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(TOLD_AT);
  });

  it('keeps the headers that a proof or a normaliser needs, and no others', async () => {
    const needed = {
      'content-type': 'application/json',
      'user-agent': 'Svix-Webhooks/1.0',
      'webhook-timestamp': `${world.clock.now()}`,
    };
    const others = {
      cookie: 'c',
      authorization: 'a',
      'x-forwarded-for': '::1',
      'aircall-origin': 'another provider’s',
      'x-webhook-id': 'b',
      'user-agents': 'd',
    };
    await world.receive(from(CURRENT, { ...needed, ...others }));
    const [message] = await published(world);
    const { headers } = decodeDelivery(message?.data ?? new Uint8Array());
    expect(headers).toEqual({ ...needed, 'webhook-signature': CURRENT });
  });

  it('carries its trace beside its bytes and in them', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    await world.receive({ ...from(CURRENT), traceparent });
    const [message] = await published(world);
    expect(message?.attributes).toMatchObject({ traceparent });
    expect(decodeDelivery(message?.data ?? new Uint8Array()).traceparent).toBe(traceparent);
  });

  it('may be understood by nobody: that is not for the door to say', async () => {
    const answer = await world.receive(await signed({ event: 'never.heard', data: null }));
    expect(answer.outcome).toBe('received');
    expect(await published(world)).toHaveLength(1);
  });
});

describe('a delivery that is not proved', () => {
  it('is refused and put into quarantine, whole', async () => {
    const request = await signed(sample('call.answered'), 'a guess');
    expect(await world.receive(request)).toEqual(refused('INTAKE_TOKEN_INVALID', true));
    const [message] = await quarantined(world);
    expect(textOf(decodeDelivery(message?.data ?? new Uint8Array()).body)).toBe(
      textOf(request.body),
    );
    expect(await published(world)).toEqual([]);
  });

  const headersKept = async (headers: Record<string, string>) => {
    await world.receive({ headers });
    const [message] = await quarantined(world);
    return decodeDelivery(message?.data ?? new Uint8Array()).headers;
  };

  it('keeps whole the headers that its proof reads, and a little of every other', async () => {
    const signature = 'v1,'.padEnd(3_000, 's');
    const headers = {
      'webhook-signature': signature,
      'user-agent': 'é'.repeat(7_000),
      'content-type': 'application/json',
      cookie: 'c',
    };
    expect(await headersKept(headers)).toEqual({
      'webhook-signature': signature,
      'user-agent': 'é'.repeat(100),
      'content-type': 'application/json',
    });
  });

  it('keeps no header of a proof that is larger than any provider’s', async () => {
    const headers = { 'webhook-signature': 's'.repeat(14_000), 'content-type': 'text/plain' };
    expect(await headersKept(headers)).toEqual({ 'content-type': 'text/plain' });
  });

  it('keeps a bounded number of headers, however many its provider would have', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 500 }, (_, i) => [`x-parrot-${i}`, 'y'.repeat(1_000)]),
    );
    const chatty = { ...parrot(), headers: /^x-parrot-/ };
    await intakeOn(world, { parrot: chatty }).receive({ headers: many });
    const [message] = await quarantined(world);
    const { headers } = decodeDelivery(message?.data ?? new Uint8Array());
    expect(Object.keys(headers)).toHaveLength(16);
    expect(JSON.stringify(headers).length).toBeLessThan(8_192);
  });

  it('spends the allowance of quarantine by its headers too', async () => {
    const headers = { 'webhook-signature': 's'.repeat(4_000) };
    const outcomes = [];
    for (let i = 0; i < 4; i++)
      outcomes.push(await world.receive({ headers, body: utf8('a'.repeat(6_500)) }));
    expect(outcomes.map((one) => one.outcome === 'refused' && one.quarantined)).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it('is cut the same at an edge, before it goes to the bus', async () => {
    const { receive, sources } = world;
    const door = answerRequest({ receive, sources, clock: world.clock });
    const headers = { 'user-agent': 'a'.repeat(14_000), 'webhook-signature': 'a guess' };
    const request = new Request('https://edge/webhooks/parrot', {
      method: 'POST',
      body: '{}',
      headers,
    });
    expect((await door(request)).status).toBe(401);
    const [message] = await quarantined(world);
    const kept = decodeDelivery(message?.data ?? new Uint8Array()).headers;
    expect(kept).toMatchObject({ 'user-agent': 'a'.repeat(200), 'webhook-signature': 'a guess' });
  });

  it('is unproved too where the proof is in a body that nobody can read', async () => {
    for (const body of ['{"token":', `{"token":"${CURRENT}","token":"x"}`])
      expect(await world.receive({ source: 'aircall', body: utf8(body) })).toEqual(
        refused('INTAKE_BODY_UNREADABLE', true),
      );
  });

  it('is only counted once the allowance of quarantine is used up, and kept again later', async () => {
    const knock = async () => {
      const answer = await world.receive(from('a guess'));
      return answer.outcome === 'refused' && answer.quarantined;
    };
    const kept = [await knock(), await knock(), await knock(), await knock(), await knock()];
    expect(kept).toEqual([true, true, true, true, false]);
    world.clock.pass(500);
    expect([await knock(), await knock()]).toEqual([true, false]);
    expect(await quarantined(world)).toHaveLength(5);
  });

  it('costs what is proved nothing of its way', async () => {
    for (let i = 0; i < 10; i++) await world.receive(from('a guess'));
    expect(await world.receive(from(CURRENT))).toMatchObject({ outcome: 'received' });
  });
});

describe('what no door takes', () => {
  it('is a body of more than 1 MiB; exactly 1 MiB is taken', async () => {
    const body = new Uint8Array(BODY_LIMIT + 1);
    const { headers } = from(CURRENT);
    expect(await world.receive({ headers, body })).toEqual(refused('INTAKE_BODY_TOO_LARGE'));
    expect([await published(world), await quarantined(world)]).toEqual([[], []]);
    const answer = await world.receive({ headers, body: body.subarray(1) });
    expect(answer.outcome).toBe('received');
  });

  it('is a source nobody has set up', async () => {
    const answer = await world.receive({ ...from(CURRENT), source: 'stranger' });
    expect(answer).toEqual(refused('INTAKE_SOURCE_UNKNOWN'));
    expect([await published(world), await quarantined(world)]).toEqual([[], []]);
  });

  it('is anything while no secret is set', async () => {
    const { receive } = intakeOn(world, { secrets: [] });
    expect(await receive(from(CURRENT))).toEqual(refused('INTAKE_SECRET_MISSING'));
    expect([await published(world), await quarantined(world)]).toEqual([[], []]);
  });

  it('is anything while the bus is away; a stranger is refused as ever', async () => {
    await world.bus.close();
    expect(await world.receive(from(CURRENT))).toEqual(refused('INTAKE_BUS_UNAVAILABLE'));
    expect(await world.receive(from('a guess'))).toEqual(refused('INTAKE_TOKEN_INVALID'));
  });
});
