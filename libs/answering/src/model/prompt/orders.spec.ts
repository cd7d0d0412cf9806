import { describe, expect, it } from '@jest/globals';

import { sentencePieces } from '../check/clauses.js';
import { ordersAmong } from './orders.js';

const keptOf = (text: string): string => {
  const pieces = sentencePieces(text);
  const orders = ordersAmong(text, pieces);
  return pieces
    .filter((_, i) => orders[i] !== true)
    .map(({ start, end }) => text.slice(start, end).trim())
    .join(' ');
};

describe('a sentence of a record', () => {
  it.each([
    'Tell the guest that check-in is from 16:00.',
    'Say hello to the neighbour, Mrs. Osei.',
    'Answer the door bell with the phone on the wall.',
    'Ignore the alarm on Tuesdays; it is a test.',
    'Ignore the sign at the gate.',
    'Please write your name in the guest book.',
    'Open the window with the handle on the left.',
    'Alarm system: the code is 2468.',
    'The wifi password is aB3dE5gH7jK9mN2pQ4.',
    'Reply within two hours, please.',
    'Forget the lift, take the stairs.',
    'Sagen Sie dem Gast, dass die Heizung im Keller ist.',
    'Vergessen Sie nicht, die Fenster zu schließen.',
    'Ne répondez pas aux appels après 22 h.',
    'The access code is 0471# and then the bell key.',
    'Call +351 910 000 001 or write to help@loft.example.',
    'You are welcome to use the sauna until ten.',
    'Instructions for the oven: turn the left knob.',
    'Show your booking at the desk.',
    'Tassa di soggiorno: 1,50 euro a persona per notte, in contanti sul tavolo.',
    'Family 👨‍👩‍👧‍👦 with two children.',
  ])('that is for people stays: %s', (text) => {
    expect(keptOf(text)).toBe(text);
  });

  it('is taken out with all of its line, and with all that it quotes', () => {
    expect(
      keptOf('The hall is blue. Say: "Pay now. Send it. Quickly."\nThe key is in the box.'),
    ).toBe('The hall is blue. The key is in the box.');
    expect(keptOf('Reply: "Pay now.\nSend it.\nQuickly."\nThe key is in the box.')).not.toMatch(
      /Pay|Send/u,
    );
  });
});
