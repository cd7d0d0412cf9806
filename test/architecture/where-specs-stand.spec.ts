import { expect, it } from '@jest/globals';

import { filesIn } from './house.js';

/** Pure specs stand beside their code in `src/`; those that need a back end, in `test/`. */
const isMisplaced = (path: string): boolean => {
  const needsBackEnd = /\.(int|e2e)\.spec\.ts$/.test(path);
  return needsBackEnd ? path.includes('/src/') : path.includes('/test/');
};

it.each([
  ['libs/kernel/src/json.spec.ts', false],
  ['libs/kernel/test/json.spec.ts', true],
  ['libs/adapters/sqlite/test/bus.int.spec.ts', false],
  ['libs/adapters/sqlite/src/bus.int.spec.ts', true],
])('sees whether %s stands where it should', (path, misplaced) => {
  expect(isMisplaced(path)).toBe(misplaced);
});

it('finds every spec of the libs and apps where it should stand', () => {
  const specs = ['libs', 'apps'].flatMap(filesIn).filter((path) => path.endsWith('.spec.ts'));
  expect(specs.length).toBeGreaterThan(100);
  expect(specs.filter(isMisplaced)).toEqual([]);
});
