import { describe, expect, it } from '@jest/globals';

import { ANONYMOUS, phoneOf } from './phone.js';

describe('phone numbers', () => {
  it.each([
    ['+44 7700 900123', undefined, '+447700900123'],
    ['+1 617-555-0113', undefined, '+16175550113'],
    ['07700 900123', 'GB', '+447700900123'],
    ['912 000 321', 'PT', '+351912000321'],
    ['+351 912 000 321', 'GB', '+351912000321'],
    ['00351 912 000 321', 'GB', '+351912000321'],
    ['(+49) 30 901820', undefined, '+4930901820'],
    ['(+49) 30 901820', 'GB', '+4930901820'],
    ['(+1) 212 555 0123', undefined, '+12125550123'],
    ['(+1)(212) 555-0123', 'DE', '+12125550123'],
    [' ( +44 20 ) 7946 0958', undefined, '+442079460958'],
    ['(+44)(0)20 7946 0958', 'PT', '+442079460958'],
    ['（＋49）30 901820', undefined, '+4930901820'],
  ])('reads %s, called from %s, as %s', (written, country, e164) => {
    expect(phoneOf(written, country)).toEqual({ e164 });
  });

  it.each([
    ['without a country', '07700 900123', undefined],
    ['of a country that is none', '07700 900123', 'ZZ'],
    ['of a country with a tricky name', '07700 900123', '__proto__'],
    ['in brackets without a plus', '(49) 30 901820', undefined],
    ['in brackets and too short', '(+49) 3', undefined],
    ['too short for any country', '+44 1', undefined],
    ['with words around it', 'call me on +44 7700 900123', undefined],
    ['longer than any', `+44${'7'.repeat(5000)}`, undefined],
  ])('keeps a number %s as it was written', (_, written, country) => {
    expect(phoneOf(written, country)).toEqual({ raw: written });
  });

  it.each([ANONYMOUS, '', null, undefined, 447700900123])('finds no number in %p', (written) => {
    expect(phoneOf(written)).toBeUndefined();
  });

  it('still reads rightly what it has forgotten', () => {
    for (let i = 0; i < 5000; i++) phoneOf(`+44 7700 9${String(i).padStart(5, '0')}`);
    expect(phoneOf('+44 7700 900000')).toEqual({ e164: '+447700900000' });
    expect(phoneOf('+44 7700 904999')).toEqual({ e164: '+447700904999' });
  });
});
