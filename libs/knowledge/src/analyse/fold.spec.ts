import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { fold, withoutSpeltOutUmlauts } from './fold.js';

describe('folding', () => {
  it.each([
    ['Müller', 'muller'],
    ['MÜLLER', 'muller'],
    ['Straße', 'strasse'],
    ['STRAẞE', 'strasse'],
    ['Łódź', 'lodz'],
    ['Ørsted', 'orsted'],
    ['Cœur', 'coeur'],
    ['piñata', 'pinata'],
    ['ﬁle', 'file'],
    ['İstanbul', 'istanbul'],
  ])('makes %s %s', (written, folded) => {
    expect(fold(written)).toBe(folded);
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => fold(fold(text)) === fold(text)),
    );
  });

  it.each([
    ['mueller', 'muller'],
    ['schluessel', 'schlussel'],
    ['goethe', 'gothe'],
    ['neue', 'neue'],
    ['quelle', 'quelle'],
    ['blaue', 'blaue'],
  ])('reads %s as %s without a spelt-out umlaut', (folded, short) => {
    expect(withoutSpeltOutUmlauts(folded)).toBe(short);
  });
});
