import { describe, expect, it } from '@jest/globals';

import { hardTokensIn } from '../check/hard-tokens.js';
import { createStandIns } from './stand-ins.js';

const text =
  'Maya Osei (maya@loft.example, +351 910 000 001) stays; Maya pays by 4111 1111 1111 1111, Osei by cash.';

describe('stand-ins', () => {
  it('hide what is personal, the same for the same, and put it back', () => {
    const standIns = createStandIns();
    standIns.know(['Maya Osei']);
    const hidden = standIns.hide(text);
    expect(hidden).not.toMatch(/Maya|Osei|loft|351|4111/u);
    expect(standIns.hide(text)).toBe(hidden);
    expect(standIns.show(hidden)).toBe(text);
  });

  it('are no numbers to the check of statements', () => {
    const standIns = createStandIns();
    standIns.know(['Maya Osei']);
    expect(hardTokensIn(standIns.hide('Maya Osei, +351 910 000 001'))).toEqual([]);
  });

  it('leave words that only hold a name, days and short codes', () => {
    const standIns = createStandIns();
    standIns.know(['Tom Ford', 'Jo', '  ', '12']);
    const plain = 'The Fordham tomato of 2026-09-15, code 0471, 16:00 to 18:00, room 12, Jo.';
    expect(standIns.hide(plain)).toBe(plain);
  });

  it('stay as they are where a model makes them up', () => {
    expect(createStandIns().show('PersonZ called PhoneQ')).toBe('PersonZ called PhoneQ');
  });
});
