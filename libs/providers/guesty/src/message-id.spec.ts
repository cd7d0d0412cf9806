import { describe, expect, it } from '@jest/globals';

import { madeAtOf } from './message-id.js';

// The example in the documentation of KSUID: made 2017-10-10T04:00:47Z.
const KSUID = '0ujtsYcgvSTl8PAuAdqWYSMnLOv';
const MADE = 1507608047;

const from = (id: string, attempt: string | number) =>
  madeAtOf({ 'svix-id': id, 'svix-timestamp': String(attempt) });

describe('the id of a message', () => {
  it('says when the message was made, in every attempt alike', () => {
    for (const late of [0, 5, 300, 27 * 3600])
      expect(from(`msg_${KSUID}`, MADE + late)).toBe(MADE * 1000);
    const names = { 'webhook-id': `msg_${KSUID}`, 'webhook-timestamp': String(MADE) };
    expect(madeAtOf(names)).toBe(MADE * 1000);
  });

  it.each([
    ['an id of another form', 'msg_p5jXN8AQM9LWM0D4loKWxJek', MADE],
    ['an id without its name', KSUID, MADE],
    ['a time long before the attempt', `msg_${KSUID}`, MADE + 3 * 24 * 3600],
    ['a time after the attempt', `msg_${KSUID}`, MADE - 3600],
    ['an attempt without a time', `msg_${KSUID}`, 'now'],
    ['an id beyond any', `msg_${'z'.repeat(27)}`, MADE],
  ])('says nothing by %s', (_, id, attempt) => {
    expect(from(id, attempt)).toBeUndefined();
  });

  it('says nothing where there is none', () => {
    expect(madeAtOf({})).toBeUndefined();
  });
});
