import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { masked } from './mask.js';

const CARDS = [
  ...['4242424242424242', '4242 4242 4242 4242', '4242-4242-4242-4242', '4242.4242.4242.4242'],
  ...['5555 5555 5555 4444', '2223003122003222', '3782 822463 10005', '6011111111111117'],
  ...['3056 9300 0902 0004', '4222222222222', '6304000000000000', '4242–4242–4242–4242'],
];

const ACCOUNTS = [
  ...['DE89 3704 0044 0532 0130 00', 'DE89370400440532013000', 'GB29 NWBK 6016 1331 9268 19'],
  ...['fr14 2004 1010 0505 0001 3M02 606', 'NO93 8601 1117 947', 'PT50 0002 0123 1234 5678 9015 4'],
];

const KEPT = [
  ...['wifi password: Salt-and-Wind-4417', 'The code of the door is 4417#', 'HMXQ2P9T4R'],
  ...['+44 20 7946 0018', 'Call 004420 7946 0018 123 or 0171 2345678', '1789377719001'],
  ...['4242 4242 4242 4241', 'on 14.09.2026 and 18.09.2026', 'DE88 3704 0044 0532 0130 00'],
  ...['1111 1111 1111 1111', 'aircall.main.1789377610123', 'RO12 apartment', '123'],
];

describe('what is masked before it is indexed', () => {
  it.each(CARDS)('is a card number, %s', (card) => {
    const text = `My card is ${card}, thank you`;
    expect(masked(text)).toBe(`My card is ${card.replace(/\d/gu, '•')}, thank you`);
  });

  it.each(ACCOUNTS)('is a bank account, %s', (account) => {
    const text = `Please refund to ${account} this week`;
    const hidden = masked(text);
    expect(hidden).toHaveLength(text.length);
    expect(hidden).toMatch(/^Please refund to [• ]+ this week$/u);
  });

  it.each(['CVV: 123', 'cvc 4417', 'The CVV2 is 123', 'Sicherheitscode: 123', 'CVV code = 987'])(
    'is what proves a card, %s',
    (text) => {
      expect(masked(text)).not.toMatch(/\d{3}/u);
      expect(masked(text)).toHaveLength(text.length);
    },
  );

  it.each(KEPT)('is nothing that people look for: %s', (text) => {
    expect(masked(text)).toBe(text);
  });

  it('leaves every place in a text where it is, and is the same twice', () => {
    const text = fc
      .array(fc.oneof(fc.constantFrom(...CARDS, ...ACCOUNTS, ...KEPT, '\n', ' '), fc.string()))
      .map((all) => all.join(' '));
    fc.assert(
      fc.property(text, (all) => {
        const hidden = masked(all);
        expect(hidden).toHaveLength(all.length);
        expect(masked(hidden)).toBe(hidden);
      }),
    );
  });
});
