import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { digest, hmacs, nodeHash } from './index.js';
import { createSecretKey } from 'node:crypto';
import { toHex, utf8, webHash } from '#libs/kernel';

describe('hashes', () => {
  it('are those of WebCrypto, in order, for any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 300 })), async (inputs) => {
        expect(await nodeHash(inputs)).toEqual(await webHash(inputs));
      }),
    );
  });

  it('are SHA-256', () => {
    expect(toHex(digest(utf8('abc')))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });

  it('are there at once and share no memory with a later one', () => {
    const first = digest(utf8('abc'));
    const kept = toHex(first);
    for (let i = 0; i < 100; i++) digest(utf8(`other ${i}`));
    expect(toHex(first)).toBe(kept);
    expect(Buffer.isBuffer(first)).toBe(false);
  });

  it('under a key are HMAC-SHA256 (RFC 4231, case 2)', () => {
    const [mac] = hmacs(createSecretKey(utf8('Jefe')), [utf8('what do ya want for nothing?')]);
    expect(toHex(mac ?? utf8(''))).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    );
  });
});
