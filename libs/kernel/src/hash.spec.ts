import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { sameAsSecret, sameDigest, toHex, utf8, webHash } from './index.js';

describe('the hash of the web', () => {
  it('is SHA-256 of each input, in order', async () => {
    expect((await webHash([utf8('abc'), utf8('')])).map(toHex)).toEqual([
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    ]);
    expect(await webHash([])).toEqual([]);
  });

  it('has read its inputs when it returns', async () => {
    const input = utf8('abc');
    const hashing = webHash([input]);
    input.fill(0);
    expect(await hashing).toEqual(await webHash([utf8('abc')]));
  });

  it('reads only the bytes of a view', async () => {
    const whole = utf8('xabcx');
    expect(await webHash([whole.subarray(1, 4)])).toEqual(await webHash([utf8('abc')]));
  });
});

describe('the comparison of digests', () => {
  it('says yes to equal bytes and no to any other', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 64 }), fc.nat(), (bytes, at) => {
        const other = bytes.slice();
        other[at % bytes.length] = (other[at % bytes.length] ?? 0) ^ 1;
        expect(sameDigest(bytes, bytes.slice())).toBe(true);
        expect(sameDigest(bytes, other)).toBe(false);
        expect(sameDigest(bytes, bytes.subarray(1))).toBe(false);
        expect(sameDigest(bytes.subarray(1), bytes)).toBe(false);
      }),
    );
  });

  it('is not fooled by zeros after the end', () => {
    expect(sameDigest(Uint8Array.of(1), Uint8Array.of(1, 0))).toBe(false);
    expect(sameDigest(Uint8Array.of(1, 0), Uint8Array.of(1))).toBe(false);
    expect(sameDigest(new Uint8Array(0), new Uint8Array(0))).toBe(true);
  });

  it('reads every byte however early the difference is', () => {
    const { bytes, read } = watched(new Uint8Array(32));
    expect(sameDigest(bytes, new Uint8Array(32).fill(1))).toBe(false);
    expect(read).toHaveLength(32);
  });
});

describe('the comparison with a secret', () => {
  it('says yes to the same bytes and no to any other', () => {
    fc.assert(
      fc.property(bytes, bytes, (said, secret) => {
        expect(sameAsSecret(said, secret)).toBe(toHex(said) === toHex(secret));
        expect(sameAsSecret(secret, secret.slice())).toBe(true);
      }),
    );
  });

  it('is not fooled by a secret said twice, by its beginning, or by zeros after its end', () => {
    const secret = Uint8Array.of(7, 0);
    for (const said of [[7, 0, 7, 0], [7], [7, 0, 0], []])
      expect(sameAsSecret(Uint8Array.from(said), secret)).toBe(false);
    expect(sameAsSecret(Uint8Array.of(0), new Uint8Array())).toBe(false);
  });

  it('reads each byte of both, as often wherever they differ and however long the secret is', () => {
    const readsOf = (said: Uint8Array, secret: Uint8Array) => {
      const [left, right] = [watched(said), watched(secret)];
      sameAsSecret(left.bytes, right.bytes);
      return [left.read, right.read].map((read) => read.length);
    };
    const said = utf8('0123456789abcdef');
    for (const secret of ['0123456789abcdef', 'x123456789abcdef', '01', 'x'.repeat(40)])
      expect(readsOf(said, utf8(secret))).toEqual([16, 16]);
  });
});

const bytes = fc.uint8Array({ minLength: 1, maxLength: 4, max: 2 });

/** Bytes that note which of them was read. */
const watched = (whole: Uint8Array): { bytes: Uint8Array; read: number[] } => {
  const read: number[] = [];
  const proxy = new Proxy(whole, {
    get: (target, name) => {
      if (typeof name === 'string' && /^\d+$/.test(name)) read.push(Number(name));
      return Reflect.get(target, name, target) as unknown;
    },
  });
  return { bytes: proxy, read };
};
