import { describe, expect, it } from '@jest/globals';

import { isAmong, plainAddress } from './addresses.js';

describe('the address of a caller', () => {
  it.each([
    ['10.0.0.7', '10.0.0.7'],
    ['::ffff:10.0.0.7', '10.0.0.7'],
    ['::FFFF:0a00:0007', '10.0.0.7'],
    ['0:0:0:0:0:ffff:10.0.0.7', '10.0.0.7'],
    ['2001:DB8::1', '2001:db8:0:0:0:0:0:1'],
    ['2001:db8:0:0:0:0:0:1', '2001:db8:0:0:0:0:0:1'],
    ['fe80::1%eth0', 'fe80:0:0:0:0:0:0:1'],
    ['::', '0:0:0:0:0:0:0:0'],
    ['64:ff9b::10.0.0.7', '64:ff9b:0:0:0:0:a00:7'],
  ])('has one spelling: %s', (spelled, plain) => {
    expect(plainAddress(spelled)).toBe(plain);
  });

  it.each([
    ...['', 'server.example', '10.0.0', '10.0.0.256', '10.0.0.07', '0x0a.0.0.7', '10.0.0.7/8'],
    ...['1:2:3', ':::', '1::2::3', '12345::', '::10.0.0.256', '1:2:3:4:5:6:7:8:9', '::1.2.3.4:5'],
    ...['1:2:3:4:5:6:7::8', ' 10.0.0.7'],
  ])('is none where it is not written as one: "%s"', (text) => {
    expect(plainAddress(text)).toBeUndefined();
    expect(isAmong(text, ['0.0.0.0/0', '::/0'])).toBe(false);
  });

  it.each([
    ['10.0.0.7', '10.0.0.7', true],
    ['10.0.0.8', '10.0.0.7', false],
    ['::ffff:10.0.0.7', '10.0.0.7', true],
    ['10.0.0.7', '::ffff:10.0.0.7', true],
    ['10.0.255.1', '10.0.0.0/16', true],
    ['10.1.0.1', '10.0.0.0/16', false],
    ['10.0.0.130', '10.0.0.128/25', true],
    ['10.0.0.127', '10.0.0.128/25', false],
    ['10.0.0.7', '::ffff:10.0.0.0/120', true],
    ['10.0.1.7', '::ffff:10.0.0.0/120', false],
    ['2001:db8:0:1:ffff::9', '2001:db8:0:1::/64', true],
    ['2001:db8:0:2::9', '2001:db8:0:1::/64', false],
    ['2001:db8::9', '2001:db8::/127', false],
    ['2001:db8::1', '2001:db8::/127', true],
    ['10.0.0.7', '::/0', false],
    ['::a00:7', '10.0.0.7', false],
  ])('%s is among %s: %s', (address, network, expected) => {
    expect(isAmong(address, ['192.0.2.1', network])).toBe(expected);
  });

  it.each(['', '10.0.0.7/', '10.0.0.7/33', '10.0.0.7/-1', '10.0.0.7/8/8', '::ffff:0:0/40', 'any'])(
    'is never among what is no network: "%s"',
    (network) => {
      expect(isAmong('10.0.0.7', [network])).toBe(false);
    },
  );

  it('is in a network by its first bits and by nothing else', () => {
    const bitsOf = (address: string): string =>
      address
        .split('.')
        .map((byte) => Number(byte).toString(2).padStart(8, '0'))
        .join('');
    for (let n = 0; n < 2_000; n++) {
      const [a, b] = [n, n * 7 + 3].map((seed) => {
        const mixed = Math.imul(seed + 1, 0x9e3779b1) >>> 0;
        return [mixed >>> 24, mixed & (n % 3 ? 0 : 255), n % 256, mixed & 7].join('.');
      }) as [string, string];
      const bits = n % 33;
      const isSame = bitsOf(a).slice(0, bits) === bitsOf(b).slice(0, bits);
      expect([a, b, bits, isAmong(a, [`${b}/${bits}`])]).toEqual([a, b, bits, isSame]);
    }
  });
});
