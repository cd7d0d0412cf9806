import { expect, it } from '@jest/globals';

import { mentionsOneOf } from './mentions.js';

it.each([
  ['{"id":4190001001,"with":880001}', true],
  ['880001', true],
  ['call/880001', true],
  ['{"id":4880001}', false],
  ['{"id":8800012,"was":880001}', true],
  ['é880001', false],
  ['', false],
])('finds a word that stands by itself: %s', (text, found) => {
  expect(mentionsOneOf(text, ['nothing-of-it', '880001'])).toBe(found);
});

it('finds nothing where nothing is looked for', () => {
  expect([mentionsOneOf('any', []), mentionsOneOf('any', [''])]).toEqual([false, false]);
});
