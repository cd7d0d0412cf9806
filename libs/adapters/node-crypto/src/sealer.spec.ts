import { webcrypto } from 'node:crypto';

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { openBytes, sealBytes } from './index.js';
import { utf8 } from '#libs/kernel';

const key = new Uint8Array(32).map((_, i) => i * 7);

describe('sealed bytes', () => {
  it('open to what was sealed, for any bytes and any stream', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 2000 }),
        fc.string({ unit: 'binary' }),
        (plain, stream) => {
          expect(openBytes(key, stream, sealBytes(key, stream, plain))).toEqual(plain);
        },
      ),
    );
  });

  it('begin with their format and are 29 bytes longer than the plain', () => {
    const sealed = sealBytes(key, 'a', utf8('plain'));
    expect(sealed[0]).toBe(1);
    expect(sealed).toHaveLength(5 + 29);
  });

  it('use no nonce twice, also beyond one pool', () => {
    const nonces = Array.from({ length: 5000 }, () =>
      Buffer.from(sealBytes(key, 'a', utf8('x')).subarray(1, 13)).toString('hex'),
    );
    expect(new Set(nonces).size).toBe(5000);
  });

  it('open with WebCrypto as well, so an edge can read them', async () => {
    const sealed = sealBytes(key, 'aircall/main/call/1', utf8('plain'));
    const webKey = await webcrypto.subtle.importKey('raw', key, 'AES-GCM', false, ['decrypt']);
    const opened = await webcrypto.subtle.decrypt(
      { name: 'AES-GCM', iv: sealed.subarray(1, 13), additionalData: utf8('aircall/main/call/1') },
      webKey,
      sealed.subarray(13),
    );
    expect(new TextDecoder().decode(opened)).toBe('plain');
  });

  it('do not open under a later format', () => {
    const sealed = sealBytes(key, 'a', utf8('plain'));
    sealed[0] = 2;
    expect(() => openBytes(key, 'a', sealed)).toThrow(
      expect.objectContaining({
        code: 'KEYS_SEALED_BROKEN',
        details: { stream: 'a', reason: 'format' },
      }),
    );
  });

  it('share no memory with what was sealed or opened', () => {
    const plain = utf8('plain');
    const sealed = sealBytes(key, 'a', plain);
    const opened = openBytes(key, 'a', sealed);
    plain.fill(0);
    sealed.fill(0);
    expect(opened).toEqual(utf8('plain'));
    expect(Buffer.isBuffer(opened)).toBe(false);
  });
});
