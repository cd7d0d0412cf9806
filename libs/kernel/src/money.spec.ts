import { describe, expect, it } from '@jest/globals';

import { moneyText, pointed } from './index.js';

describe('an amount, as people read it', () => {
  it.each([
    [59150, 'GBP', '591.50 GBP'],
    [5, 'EUR', '0.05 EUR'],
    [-100, 'EUR', '-1.00 EUR'],
    [0, 'EUR', '0.00 EUR'],
    [12000, 'JPY', '12000 JPY'],
    [12345, 'KWD', '12.345 KWD'],
    [90071992547409, 'EUR', '900719925474.09 EUR'],
  ])('writes %p of the smallest unit of %s as %s', (amount, currency, text) => {
    expect(moneyText({ amount, currency })).toBe(text);
  });

  it('moves a point and loses no digit', () => {
    expect(pointed(455, 2)).toBe('4.55');
    expect(pointed(7, 0)).toBe('7');
    expect(pointed(-7, 3)).toBe('-0.007');
  });
});
