import { createHmac } from 'node:crypto';

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { nodeHash } from '#libs/adapters/node-crypto';
import { Secret, utf8, webHash, type Hash } from '#libs/kernel';

import { proveHeader, signHeader, type HeaderSigning } from './signed-header.js';

const SIGNED_AT = 1_700_000_000_000;
const proved = { proved: true };
const invalid = { proved: false, code: 'INTAKE_SIGNATURE_INVALID' };
const expired = { proved: false, code: 'INTAKE_SIGNATURE_EXPIRED' };

interface Attempt {
  readonly header?: string;
  readonly body?: string | Uint8Array;
  readonly secrets?: readonly string[];
  readonly late?: number;
  readonly hash?: Hash;
}

const attempt = (signing: HeaderSigning, given: Attempt) => {
  const { header, body = '{}', secrets = ['a secret'], late = 0, hash = nodeHash } = given;
  return proveHeader(
    {
      headers: header === undefined ? {} : { [signing.header]: header },
      body: typeof body === 'string' ? utf8(body).slice() : body,
      receivedAt: SIGNED_AT + late,
    },
    signing,
    { secrets: secrets.map((secret) => new Secret(secret)), hash },
  );
};

/** The same by another implementation. */
const macOf = (content: string | Uint8Array, secret = 'a secret', hash = 'sha256'): Buffer =>
  createHmac(hash, secret).update(content).digest();

const simple: HeaderSigning = { header: 'x-signature', hash: 'sha256', encoding: 'hex' };
const timed: HeaderSigning = { ...simple, time: { separator: '.', toleranceMs: 300_000 } };

describe('a body signed in a header', () => {
  it('is proved as GitHub’s documentation says', async () => {
    const signing = { ...simple, header: 'x-hub-signature-256', prefix: 'sha256=' };
    const header = 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17';
    const given = { header, body: 'Hello, World!', secrets: ["It's a Secret to Everybody"] };
    expect(await attempt(signing, given)).toEqual(proved);
    expect(await attempt(signing, { ...given, body: 'Hello, World?' })).toEqual(invalid);
    expect(await attempt(signing, { ...given, header: header.slice(7) })).toEqual(invalid);
  });

  it.each(['hex', 'base64'] as const)('is proved by its bare signature in %s', async (encoding) => {
    for (const hash of ['sha256', 'sha512'] as const) {
      const header = macOf('{"a":1}', 'a secret', hash).toString(encoding);
      const given = { header, body: '{"a":1}' };
      const signing = { ...simple, hash, encoding };
      expect(await attempt(signing, given)).toEqual(proved);
      expect(await attempt(signing, { ...given, body: '{"a":2}' })).toEqual(invalid);
      const other = hash === 'sha256' ? ('sha512' as const) : ('sha256' as const);
      expect(await attempt({ ...signing, hash: other }, given)).toEqual(invalid);
    }
  });

  it('is proved however its bytes are spelled', async () => {
    // A body whose signature has both letters that the URL alphabet writes otherwise.
    const body = fc.sample(fc.uuid(), { numRuns: 500, seed: 7 }).find((text) => {
      const written = macOf(text).toString('base64');
      return written.includes('+') && written.includes('/');
    });
    if (body === undefined) throw new Error('no such body');
    const mac = macOf(body);
    expect(await attempt(simple, { body, header: mac.toString('hex').toUpperCase() })).toEqual(
      proved,
    );
    for (const header of [
      mac.toString('base64'),
      mac.toString('base64').replace('=', ''),
      mac.toString('base64url'),
      ` ${mac.toString('base64')} `,
    ])
      expect(await attempt({ ...simple, encoding: 'base64' }, { body, header })).toEqual(proved);
  });

  it.each([
    ['is missing', undefined],
    ['is empty', ''],
    ['is no hex', 'zz'.repeat(32)],
    ['is cut off', macOf('{}').toString('hex').slice(0, -2)],
    ['has an odd number of digits', macOf('{}').toString('hex').slice(0, -1)],
    ['has more behind it', `${macOf('{}').toString('hex')}00`],
    ['is in another encoding', macOf('{}').toString('base64')],
    ['has a prefix that nobody expects', `sha256=${macOf('{}').toString('hex')}`],
    ['stands behind too many', `${'00,'.repeat(16)}${macOf('{}').toString('hex')}`],
  ])('is not proved when the header %s', async (_title, header) => {
    expect(await attempt(simple, { ...(header !== undefined && { header }) })).toEqual(invalid);
  });

  it('is proved by one right value where the header came twice', async () => {
    const right = macOf('{}').toString('hex');
    expect(await attempt(simple, { header: `${'0'.repeat(64)}, ${right}` })).toEqual(proved);
    expect(await attempt(simple, { header: `${'0'.repeat(64)}, ${'1'.repeat(64)}` })).toEqual(
      invalid,
    );
  });

  it('is proved by either of two live secrets, and by none where there is none', async () => {
    const header = macOf('{}', 'the older').toString('hex');
    expect(await attempt(simple, { header, secrets: ['the newer', 'the older'] })).toEqual(proved);
    expect(await attempt(simple, { header, secrets: ['the newer'] })).toEqual(invalid);
    expect(await attempt(simple, { header, secrets: [] })).toEqual(invalid);
  });

  it('takes the secret as it stands, whatever is in it and however long it is', async () => {
    for (const secret of ['whsec_c2hhcmVk', '"quoted"', ' spaced ', 'ключ', 'k'.repeat(300)])
      for (const hash of ['sha256', 'sha512'] as const) {
        const header = macOf('{}', secret, hash).toString('hex');
        expect(await attempt({ ...simple, hash }, { header, secrets: [secret] })).toEqual(proved);
        const trimmed = secret.slice(0, -1);
        expect(await attempt({ ...simple, hash }, { header, secrets: [trimmed] })).toEqual(invalid);
      }
  });

  it('may be empty, of any bytes, and is proved as it is signed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 300 }),
        fc.constantFrom<HeaderSigning>(
          simple,
          { ...simple, hash: 'sha512', encoding: 'base64', prefix: 'v0=' },
          timed,
          { ...timed, hash: 'sha512', encoding: 'base64' },
        ),
        fc.constantFrom(nodeHash, webHash),
        async (bytes, signing, hash) => {
          const body = new Uint8Array(bytes);
          const keys = { secret: new Secret('a secret'), hash };
          const header = await signHeader({ body, now: SIGNED_AT }, signing, keys);
          expect(await attempt(signing, { header, body, hash })).toEqual(proved);
          const longer = new Uint8Array([...body, 0]);
          expect(await attempt(signing, { header, body: longer, hash })).toEqual(invalid);
        },
      ),
      { numRuns: 80 },
    );
    expect(await attempt(simple, { header: macOf('').toString('hex'), body: '' })).toEqual(proved);
  });
});

describe('a body signed with its time', () => {
  const right = macOf('1700000000.{}').toString('hex');
  const wrong = '0'.repeat(64);

  it.each([
    ['as it is written', `t=1700000000,v1=${right}`],
    ['with spaces', ` t=1700000000 , v1=${right}`],
    ['in the other order', `v1=${right},t=1700000000`],
    ['after wrong ones', `t=1700000000,v1=${wrong},v1=${right}`],
    ['beside versions nobody knows', `t=1700000000,v0=${wrong},v2=x,v1=${right},x`],
    ['in capitals', `t=1700000000,v1=${right.toUpperCase()}`],
    ['sent twice', `t=1700000000,v1=${right}, t=1700000000,v1=${right}`],
  ])('is proved by its signature %s', async (_title, header) => {
    expect(await attempt(timed, { header })).toEqual(proved);
  });

  it.each([
    ['without a time', `v1=${right}`],
    ['without a signature', 't=1700000000'],
    ['of another version', `t=1700000000,v2=${right}`],
    ['whose time was changed', `t=1700000001,v1=${right}`],
    ['with two times', `t=1700000000,t=1700000001,v1=${right}`],
    ['with an endless time', `t=Infinity,v1=${right}`],
    ['with a time that is none', `t=soon,v1=${right}`],
    ['with a negative time', `t=-1700000000,v1=${right}`],
    ['with a broken time', `t=1700000000.5,v1=${right}`],
    ['with an empty time', `t=,v1=${right}`],
    ['with a time in milliseconds', `t=1700000000000,v1=${right}`],
    ['that is a number', 't=1700000000,v1=1234567890'],
    ['over the body alone', `t=1700000000,v1=${macOf('{}').toString('hex')}`],
    ['with another separator', `t=1700000000,v1=${macOf('1700000000,{}').toString('hex')}`],
  ])('is not proved by a signature %s', async (_title, header) => {
    expect(await attempt(timed, { header })).toEqual(invalid);
  });

  it.each([
    [300_000, proved],
    [-300_000, proved],
    [300_001, expired],
    [-300_001, expired],
  ])('is judged as of its receipt, %p ms after it was signed', async (late, verdict) => {
    expect(await attempt(timed, { header: `t=1700000000,v1=${right}`, late })).toEqual(verdict);
  });
});

/**
 * What Convoy signs, after the facts of its published vectors (frain-dev/convoy, signature-vectors.json):
 * one payload, one secret, and between time and body a comma.
 */
describe('a body signed by Convoy', () => {
  const given = {
    body: '{"event":"charge.success","amount":1000,"currency":"NGN"}',
    secrets: ['convoy-webhook-secret'],
  };
  const ALWAYS = 3_153_600_000_000;
  const signing = (
    hash: HeaderSigning['hash'],
    encoding: HeaderSigning['encoding'],
    toleranceMs?: number,
  ): HeaderSigning => ({
    ...{ header: 'x-convoy-signature', hash, encoding },
    ...(toleranceMs !== undefined && { time: { separator: ',', toleranceMs } }),
  });
  const NOW = Date.UTC(2026, 10, 3) - SIGNED_AT;
  const v1 = '77b8b9269f25a199846a55a2bd25b3fba151c70fdae60bb1dcd87fbbc943c55c';
  const other = '449623e4897bbde05e35358293f97b8c2f697367ffa3e7466e98178dfba44d19';
  const third = 'c7eff1833c41a2ce2e195599451b240cd282b1bc9fa387e428a9fd5a5dc74933';
  const bare = '244449b7f48cbc2709060c9dcdc2b3aa47a78f540430579015c579fb12defbb4';
  const long =
    'b2122e252cd2582cf225cb2b8d4ceede9e34329e2fe95c02619c3ed5d4a3d9a73e6beaf2dff8e76d71a693ae198cee40685eed12ad4ee2e033dc2d0399ede057';
  const bareLong =
    '6cc772dc81942ae1b5ffa91c3a6a07b0d37edc8dc6bd83e3518a219f1f19ff71ae1b76d6b320940d414c236a1aad7f7930b63e0f1928951955d31219545e1b66';
  const inBase64 = (hex: string): string => Buffer.from(hex, 'hex').toString('base64');
  const hex256 = signing('sha256', 'hex');
  const timed256 = signing('sha256', 'hex', ALWAYS);

  it.each([
    ['bare, sha256, hex', hex256, bare, proved],
    ['bare, sha256, base64', signing('sha256', 'base64'), inBase64(bare), proved],
    ['bare, sha512, hex', signing('sha512', 'hex'), bareLong, proved],
    ['bare, sha512, base64', signing('sha512', 'base64'), inBase64(bareLong), proved],
    ['timed, sha256, hex', timed256, `t=1700000000,v1=${v1}`, proved],
    [
      'timed, sha256, base64',
      signing('sha256', 'base64', ALWAYS),
      `t=1700000000,v1=${inBase64(v1)}`,
      proved,
    ],
    ['timed, sha512, hex', signing('sha512', 'hex', ALWAYS), `t=1700000000,v1=${long}`, proved],
    [
      'timed, sha512, base64',
      signing('sha512', 'base64', ALWAYS),
      `t=1700000000,v1=${inBase64(long)}`,
      proved,
    ],
    ['changed', timed256, `t=1700000000,v1=${v1.slice(0, -1)}0`, invalid],
    ['too old', signing('sha256', 'hex', 300_000), `t=1700000000,v1=${v1}`, expired],
    ['with its time last', timed256, `v1=${v1},t=1700000000`, proved],
    ['one of two right', timed256, `t=1700000000,v1=${other},v1=${v1}`, proved],
    ['none of two right', timed256, `t=1700000000,v1=${other},v1=${third}`, invalid],
    ['at an endless time', timed256, `t=Infinity,v1=${v1}`, invalid],
    ['that is a number', timed256, 't=1700000000,v1=1234567890', invalid],
    ['without a time', timed256, `v1=${v1},v2=${v1}`, invalid],
    ['bare and changed', hex256, `${bare.slice(0, -1)}0`, invalid],
  ])('is judged rightly: %s', async (_title, how, header, verdict) => {
    expect(await attempt(how, { ...given, header, late: NOW })).toEqual(verdict);
  });
});

it('is judged by the window of its signing, or by one that is given', async () => {
  const secret = new Secret('a secret of these specs');
  const signing: HeaderSigning = {
    ...{ header: 'x-signature', hash: 'sha256', encoding: 'hex' },
    time: { separator: '.', toleranceMs: 60_000 },
  };
  const body = utf8('{}');
  const header = await signHeader({ body, now: SIGNED_AT }, signing, { secret, hash: nodeHash });
  const late = { headers: { 'x-signature': header }, body, receivedAt: SIGNED_AT + 3_600_000 };
  const keys = { secrets: [secret], hash: nodeHash };
  expect(await proveHeader(late, signing, keys)).toEqual(expired);
  expect(await proveHeader(late, signing, { ...keys, withinMs: 3_599_999 })).toEqual(expired);
  expect(await proveHeader(late, signing, { ...keys, withinMs: 3_600_000 })).toEqual(proved);
});
