import { createDecipheriv } from 'node:crypto';

import { describe, expect, it } from '@jest/globals';

import { keyWrap, openBytes, sealBytes, WRAPPED_KEY_BYTES } from './index.js';
import { Secret, utf8, toHex } from '#libs/kernel';

const wrapOf = (byte: number) => keyWrap(new Secret(new Uint8Array(32).fill(byte)));

describe('wrapped keys', () => {
  it('unwrap to the key that was made', () => {
    const wrap = wrapOf(1);
    const { key, wrapped } = wrap.create('a');
    const sealed = sealBytes(key, 'a', utf8('plain'));
    expect(openBytes(wrapOf(1).unwrap('a', wrapped), 'a', sealed)).toEqual(utf8('plain'));
    expect(wrapped).toHaveLength(WRAPPED_KEY_BYTES);
  });

  it('are all different, also beyond one piece of key material', () => {
    const wrap = wrapOf(1);
    const made = Array.from({ length: 5000 }, () => wrap.create('a'));
    expect(new Set(made.map(({ key }) => toHex(key))).size).toBe(5000);
  });

  it('are the same made together as one by one, and what OpenSSL itself unwraps', () => {
    const master = new Uint8Array(32).fill(1);
    const streams = Array.from({ length: 300 }, (_, i) => `stream/${i}`);
    wrapOf(1)
      .createAll(streams)
      .forEach(({ key, wrapped }, i) => {
        const decipher = createDecipheriv('id-aes256-wrap', master, Buffer.alloc(8, 0xa6));
        const plain = decipher.update(wrapped);
        expect(plain.subarray(0, 32).equals(key)).toBe(true);
        expect(() => wrapOf(1).unwrap(streams[i] ?? '', wrapped)).not.toThrow();
      });
    expect(wrapOf(1).createAll([])).toEqual([]);
  });

  it.each([
    ['of another stream', () => wrapOf(1).unwrap('b', wrapOf(1).create('a').wrapped)],
    ['of another master key', () => wrapOf(2).unwrap('a', wrapOf(1).create('a').wrapped)],
    ['that are cut', () => wrapOf(1).unwrap('a', wrapOf(1).create('a').wrapped.subarray(8))],
    ['that are empty', () => wrapOf(1).unwrap('a', new Uint8Array(0))],
    ['of zeros', () => wrapOf(1).unwrap('a', new Uint8Array(WRAPPED_KEY_BYTES))],
  ])('%s do not unwrap', (_, unwrap) => {
    expect(unwrap).toThrow(expect.objectContaining({ code: 'KEYS_SEALED_BROKEN' }));
  });

  it('do not unwrap with any byte changed', () => {
    const wrap = wrapOf(1);
    const { wrapped } = wrap.create('a');
    for (const at of wrapped.keys()) {
      const changed = wrapped.slice();
      changed[at] = (changed[at] ?? 0) ^ 0x80;
      expect(() => wrap.unwrap('a', changed)).toThrow(
        expect.objectContaining({ code: 'KEYS_SEALED_BROKEN' }),
      );
    }
  });

  it('need a master key of 32 bytes', () => {
    for (const length of [0, 16, 31, 33])
      expect(() => keyWrap(new Secret(new Uint8Array(length)))).toThrow(
        expect.objectContaining({ code: 'MASTER_KEY_WRONG' }),
      );
  });
});
