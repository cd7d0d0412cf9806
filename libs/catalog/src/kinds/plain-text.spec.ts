import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { plainText } from './plain-text.js';

describe('the text of what may be HTML', () => {
  it('is its words and lines', () => {
    const html =
      '<html><head><title>Mail</title><style>p { color: red }</style></head><body><p>Hi&nbsp;Ines,</p>' +
      '<p>is <b>parking</b> included?<br/>We come by car &amp; bike &#128663;.</p>' +
      '<ul><li>two adults</li><li>one child</li></ul></body></html>';
    expect(plainText(html)).toBe(
      'Hi Ines,\n\nis parking included?\nWe come by car & bike 🚗.\n\n- two adults\n\n- one child',
    );
  });

  it.each(['5 < 6 and 7 > 6', 'see <https://example.com>', 'I <3 it', '&amp; stays', ''])(
    'is the same where it is none: %s',
    (text) => {
      expect(plainText(text)).toBe(text);
    },
  );

  it('is text for anything', () => {
    const parts = fc.constantFrom(
      '<p>',
      '</p',
      '<',
      '>',
      '&#xfffffff;',
      '&#0;',
      '<!--',
      'a',
      '<li>',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(parts, fc.string())), (all) => {
        expect(plainText(all.join('')).isWellFormed()).toBe(all.join('').isWellFormed());
      }),
    );
  });
});
