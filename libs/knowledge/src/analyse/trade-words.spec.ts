import { describe, expect, it } from '@jest/globals';

import { isLanguage } from './languages.js';
import { tradeWords } from './trade-words.js';

const lines = tradeWords.trim().split('\n');
const partsOf = (line: string): { language: string; terms: string[] }[] =>
  line.split('|').map((part) => {
    const [, language = '', list = ''] = /^\s*(\w+)\s+(.*)$/.exec(part) ?? [];
    return { language, terms: list.split(',').map((term) => term.trim()) };
  });

describe('the words of the trade', () => {
  it.each(lines)('are a group of known languages: %.40s', (line) => {
    const parts = partsOf(line);
    expect(parts.filter(({ language }) => language !== 'any' && !isLanguage(language))).toEqual([]);
    expect(new Set(parts.map(({ language }) => language)).size).toBe(parts.length);
    expect(parts.flatMap(({ terms }) => terms)).not.toContain('');
  });

  it('cover each language', () => {
    for (const language of ['de', 'en', 'fr', 'es', 'it', 'nl', 'pl', 'pt'])
      expect(
        lines.filter((line) => !partsOf(line).some((part) => part.language === language)).length,
      ).toBeLessThan(10);
  });
});
