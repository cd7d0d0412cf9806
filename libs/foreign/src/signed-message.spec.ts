import { readFileSync } from 'node:fs';

import { describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';

import { nodeHash } from '#libs/adapters/node-crypto';
import { Secret, utf8, webHash, type Hash } from '#libs/kernel';

import { base64Of } from './base64.js';
import { proveMessage, signMessage, type SignedMessage } from './signed-message.js';

interface Message extends SignedMessage {
  readonly secret: Secret;
}

/** The one in the reference libraries of Standard Webhooks. */
const known = {
  secret: new Secret('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'),
  headers: {
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  },
  body: utf8('{"test": 2432232314}'),
  receivedAt: 1_614_265_330_000,
};

const rotated = JSON.parse(
  readFileSync(
    new URL('../../../test/fixtures/guesty/signature/signed-request.vector.json', import.meta.url),
    'utf8',
  ),
) as { secret: string; previousSecret: string; headers: Record<string, string>; rawBody: string };

const invalid = { proved: false, code: 'INTAKE_SIGNATURE_INVALID' };
const expired = { proved: false, code: 'INTAKE_SIGNATURE_EXPIRED' };

const proofOf = (change: Partial<Message> = {}) => {
  const { secret, ...message } = { ...known, ...change };
  return proveMessage(message, { secrets: [secret], hash: nodeHash });
};
const withHeaders = (headers: Record<string, string>) =>
  proofOf({ headers: { ...known.headers, ...headers } });
const signed = (signature: string) => withHeaders({ 'webhook-signature': signature });

describe.each([
  ['Node', nodeHash],
  ['WebCrypto', webHash],
])('a signed message, hashed by %s', (_, hash: Hash) => {
  it('is proved as the public vector says', async () => {
    expect(await proveMessage(known, { secrets: [known.secret], hash })).toEqual({
      proved: true,
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      sentAt: 1_614_265_330_000,
    });
  });

  it.each(['secret', 'previousSecret'] as const)(
    'is proved by either of two signatures while a secret rotates: %s',
    async (which) => {
      const request = {
        headers: rotated.headers,
        body: utf8(rotated.rawBody),
        receivedAt: Number(rotated.headers['svix-timestamp']) * 1000,
      };
      const secrets = [new Secret(rotated[which])];
      expect(await proveMessage(request, { secrets, hash })).toMatchObject({ proved: true });
    },
  );

  it('is signed as it is proved, whatever the body and the length of the key', async () => {
    const key = fc.uint8Array({ minLength: 1, maxLength: 100 });
    await fc.assert(
      fc.asyncProperty(key, fc.uint8Array({ maxLength: 300 }), async (bytes, payload) => {
        const secret = new Secret(`whsec_${base64Of(bytes)}`);
        const body = new Uint8Array(payload);
        const headers = await signMessage({ id: 'msg_1', body, now: 5000 }, { secret, hash });
        const request = { headers, body, receivedAt: 5999 };
        expect(await proveMessage(request, { secrets: [secret], hash })).toMatchObject({
          proved: true,
        });
        const [mac] = (headers['webhook-signature'] ?? '').split(',').slice(1);
        expect(mac).toBe(await macByWebCrypto(bytes, body));
      }),
      { numRuns: 60 },
    );
  });
});

/** The same by another implementation. */
const macByWebCrypto = async (key: Uint8Array, body: Uint8Array): Promise<string> => {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const imported = await crypto.subtle.importKey('raw', new Uint8Array(key), algorithm, false, [
    'sign',
  ]);
  const content = new Uint8Array([...utf8('msg_1.5.'), ...body]);
  return base64Of(new Uint8Array(await crypto.subtle.sign('HMAC', imported, content)));
};

describe('a signed message', () => {
  const right = known.headers['webhook-signature'];

  it('is judged by the usual window, or by one that is given', async () => {
    const secrets = [new Secret('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')];
    const message = { id: 'msg_1', body: utf8('{}'), now: Date.UTC(2026, 8, 14) };
    const [secret = new Secret('')] = secrets;
    const headers = await signMessage(message, { secret, hash: nodeHash });
    const late = { headers, body: message.body, receivedAt: Date.UTC(2036, 0, 1) };
    const ahead = late.receivedAt - message.now;
    const tools = { secrets, hash: nodeHash };
    const expired = { proved: false, code: 'INTAKE_SIGNATURE_EXPIRED' };
    expect(await proveMessage(late, tools)).toEqual(expired);
    expect(await proveMessage(late, { ...tools, withinMs: ahead - 1 })).toEqual(expired);
    expect(await proveMessage(late, { ...tools, withinMs: ahead })).toMatchObject({ proved: true });
    const forged = { ...late, body: utf8('{"forged":1}') };
    expect(await proveMessage(forged, { ...tools, withinMs: ahead })).toMatchObject({
      proved: false,
    });
  });

  it.each([
    ['among others', `v1,AAAA v1,${'A'.repeat(43)}= ${right}`],
    ['beside a version nobody knows', `v9,abc v1a,${'A'.repeat(86)}== ${right} v2`],
  ])('is proved by one right signature %s', async (_title, header) => {
    expect(await signed(header)).toMatchObject({ proved: true });
  });

  it.each([
    ['of another version', right.replace('v1', 'v2')],
    ['of the asymmetric version', right.replace('v1', 'v1a')],
    ['without a version', right.slice(3)],
    ['cut off', right.slice(0, -4)],
    ['that is no base64', 'v1,****'],
    ['that is empty', ''],
    ['that stands behind too many', `${'v1,AAAA '.repeat(8)}${right}`],
  ])('is not proved by a signature %s', async (_title, header) => {
    expect(await signed(header)).toEqual(invalid);
  });

  it.each([
    ['its id', { 'webhook-id': 'msg_other' }],
    ['its time', { 'webhook-timestamp': '1614265331' }],
  ])('is not proved when %s was changed', async (_title, headers) => {
    expect(await withHeaders(headers)).toEqual(invalid);
  });

  it('is not proved when one byte was changed, nor by another secret, nor by none', async () => {
    expect(await proofOf({ body: utf8('{"test": 2432232315}') })).toEqual(invalid);
    const other = new Secret('whsec_cHJldmlvdXMtc2VjcmV0LTMyLWJ5dGVzLWxvbmchISE=');
    expect(await proofOf({ secret: other })).toEqual(invalid);
    expect(await proveMessage(known, { secrets: [], hash: nodeHash })).toEqual(invalid);
  });

  it.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'])(
    'is not proved without its header %s',
    async (name) => {
      const headers = Object.entries(known.headers).filter(([of]) => of !== name);
      expect(await proofOf({ headers: Object.fromEntries(headers) })).toEqual(invalid);
    },
  );

  it('goes by the names of Svix where both families are there', async () => {
    const svix = { 'svix-id': 'x', 'svix-timestamp': '1614265330', 'svix-signature': right };
    expect(await withHeaders(svix)).toEqual(invalid);
  });

  it.each([
    [300_000, { proved: true }],
    [-300_000, { proved: true }],
    [300_001, expired],
    [-300_001, expired],
  ])('is judged as of its receipt, %p ms after it was signed', async (late, verdict) => {
    expect(await proofOf({ receivedAt: known.receivedAt + late })).toMatchObject(verdict);
  });

  it.each(['soon', '1614265330.5', '-1614265330', '0x603', '1e9', '', ' 1614265330'])(
    'is not proved at a time that reads %p',
    async (timestamp) => {
      expect(await withHeaders({ 'webhook-timestamp': timestamp })).toEqual(invalid);
    },
  );

  it('costs two hashes for each secret, and nothing more once its key is known', async () => {
    const hash = jest.fn<Hash>(nodeHash);
    const secrets = [new Secret(`whsec_${'A'.repeat(200)}`), known.secret];
    await proveMessage(known, { secrets, hash });
    hash.mockClear();
    await proveMessage(known, { secrets, hash });
    expect(hash.mock.calls.map(([inputs]) => inputs.length)).toEqual([2, 2]);
  });
});

describe('a message signed with a private key', () => {
  /** RFC 8032, 7.1, test 1. */
  const seed = Buffer.from(
    '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    'hex',
  );
  const point = Buffer.from(
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    'hex',
  );
  const secret = new Secret(`whsk_${seed.toString('base64')}`);
  const publicKey = new Secret(`whpk_${point.toString('base64')}`);
  const body = utf8('{"type":"user.created"}');
  const message = { id: 'msg_1', body, now: 1_789_377_610_000 };
  const send = (by = secret) => signMessage(message, { secret: by, hash: nodeHash });
  const prove = (headers: Readonly<Record<string, string>>, ...secrets: Secret[]) =>
    proveMessage({ headers, body, receivedAt: message.now }, { secrets, hash: nodeHash });

  it('is proved with the public one, alone or beside a shared secret', async () => {
    const headers = await send();
    expect(headers['webhook-signature']).toMatch(/^v1a,/);
    expect(await prove(headers, publicKey)).toMatchObject({ proved: true });
    expect(await prove(headers, known.secret, publicKey)).toMatchObject({ proved: true });
  });

  it('is signed by the first 32 bytes of a key that carries its public half', async () => {
    const whole = new Secret(`whsk_${Buffer.concat([seed, point]).toString('base64')}`);
    expect(await send(whole)).toEqual(await send());
  });

  it('is not proved by a shared secret, another key, or one that is none', async () => {
    const headers = await send();
    const other = new Secret(`whpk_${seed.toString('base64')}`);
    for (const key of [known.secret, other, new Secret('whpk_AAAA'), new Secret('whpk_*')])
      expect(await prove(headers, key)).toEqual(invalid);
  });

  it('is not proved by the public key as if it were a shared secret', async () => {
    const forged = await signMessage(message, {
      secret: new Secret(point.toString('base64')),
      hash: nodeHash,
    });
    expect(await prove(forged, publicKey)).toEqual(invalid);
  });
});
