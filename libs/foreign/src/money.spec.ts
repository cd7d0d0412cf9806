import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { minorDigitsOf, pointed } from '#libs/kernel';

import { moneyOf, scaledOf } from './money.js';

describe('amounts', () => {
  it.each([
    [591.5, 'GBP', 59150],
    ['591.50', 'gbp', 59150],
    [0.1 + 0.2, 'EUR', 30],
    [1.005, 'EUR', 101],
    [8.165, 'EUR', 817],
    [1128.4999999999998, 'GBP', 112850],
    [-100, 'EUR', -10000],
    [-0.001, 'EUR', 0],
    [0, 'EUR', 0],
    [12000, 'JPY', 12000],
    [12000.4, 'JPY', 12000],
    [12.345, 'KWD', 12345],
    ['12.3456', 'KWD', 12346],
    [1.2345, 'CLF', 12345],
  ])('reads %p %s as %p of the smallest unit', (value, currency, amount) => {
    expect(moneyOf(value, currency)).toEqual({ amount, currency: currency.toUpperCase() });
  });

  it.each([
    ['no number', 'much', 'EUR'],
    ['nothing', null, 'EUR'],
    ['a number with separators', '1,128.50', 'EUR'],
    ['one too large to count', 1e17, 'EUR'],
    ['one with an exponent', 1e-7, 'EUR'],
    ['one no type holds', Infinity, 'EUR'],
    ['an amount without a currency', 5, undefined],
    ['a currency that is a sign', 5, '€'],
    ['a currency with a tricky name', 5, '__proto__'],
  ])('finds no amount in %s', (_, value, currency) => {
    expect(moneyOf(value, currency)).toBeUndefined();
  });

  it('loses nothing of any amount that has the digits of its currency', () => {
    const currency = fc.constantFrom('EUR', 'JPY', 'KWD', 'UYW');
    const minor = fc.integer({ min: -(10 ** 13), max: 10 ** 13 });
    fc.assert(
      fc.property(currency, minor, (of, amount) => {
        const written = pointed(amount, minorDigitsOf(of));
        expect(moneyOf(written, of)).toEqual({ amount, currency: of });
        expect(moneyOf(JSON.parse(written), of)).toEqual({ amount, currency: of });
      }),
    );
  });

  it('scales a rating with as many digits as are asked for', () => {
    expect(scaledOf(4.55, 2)).toBe(455);
    expect(scaledOf('9.2', 2)).toBe(920);
    expect(scaledOf('good', 2)).toBeUndefined();
  });
});
