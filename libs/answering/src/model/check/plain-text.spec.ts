import { describe, expect, it } from '@jest/globals';

import { hasLink, plainText, withoutLinks, withoutMentions } from './plain-text.js';

describe('the text of an answer', () => {
  it.each([
    ['see [the guide](https://evil.example/x) now', 'see the guide now'],
    ['![x](https://evil.example/p.png?d=1) done', 'done'],
    ['<a href="https://evil.example">here</a>', 'here'],
    ['<<b>script>alert</script>', 'scriptalert'],
    ['**bold** and `code` and _this_', 'bold and code and this'],
    ['- # @all come, @here too', 'all come, here too'],
    ['mail help@loft.example', 'mail help@loft.example'],
    ['a\u200bb\u202ec\u{e0041}d\ufeff', 'abcd'],
    ['The gate opens with 1866*.', 'The gate opens with 1866*.'],
    ['snake_case and 4 * 5', 'snake_case and 4 * 5'],
  ])('is plain: %s', (text, plain) => {
    expect(plainText(text)).toBe(plain);
  });

  it.each([
    'https://evil.example',
    'hxxp://evil.example',
    'www.evil.example',
    'evil.example/x',
    'go to evil.example now',
    'h\u200bttps://evil.example',
    'ｈｔｔｐｓ：／／evil.example',
    'javascript:alert(1)',
    '[x](y)',
    '[x] (y)',
    '<img src=x>',
  ])('holds a link: %s', (text) => {
    expect(hasLink(text)).toBe(true);
  });

  it.each([
    'e.g. this',
    'z.B. das',
    'mail help@loft.example',
    'at 4.30 p.m. today',
    'The end.Next one',
    '12.50 EUR',
  ])('holds none: %s', (text) => {
    expect(hasLink(text)).toBe(false);
  });

  it('quotes addresses so that nobody can follow them, and calls nobody', () => {
    expect(withoutLinks('Pay at https://evil.example/pay?x=1 or www.evil.example.')).not.toMatch(
      /evil\.example|https?:/u,
    );
    expect(withoutLinks('It is behind the coats. [1]\n(see note) [2]')).toBe(
      'It is behind the coats. [1]\n(see note) [2]',
    );
    expect(withoutMentions('@all, ask @maya or maya@loft.example')).toBe(
      'all, ask maya or maya@loft.example',
    );
  });

  it('leaves a sign within a word as it is, for it may be a password', () => {
    expect(withoutMentions('The code is p@ssw0rd, and not p＠ssw0rd.')).toBe(
      'The code is p@ssw0rd, and not pssw0rd.',
    );
    expect(withoutMentions('hey@all x@here! @p@ss a@ @')).toBe('heyall xhere! p@ss a ');
  });
});
