import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';
import { Linter, type ESLint } from 'eslint';
import { parser } from 'typescript-eslint';

import { houseRoot } from './house.js';

const { house } = (await import(join(houseRoot, 'tools/lint/plugin.js'))) as {
  house: ESLint.Plugin;
};

const lint = (rule: string, path: string, code: string): (string | null)[] =>
  new Linter({ cwd: houseRoot })
    .verify(
      code,
      {
        files: ['**/*.ts'],
        languageOptions: { parser },
        linterOptions: { reportUnusedDisableDirectives: 'off' },
        plugins: { house },
        rules: { [rule]: 'error' },
      },
      join(houseRoot, path),
    )
    .map(({ ruleId, message }) => ruleId ?? message);

const refused: [rule: string, code: string][] = [
  ['house/no-default-export', 'export default 1;'],
  ['house/no-default-export', 'const a = 1; export { a as default };'],
  ['house/honest-comments', '// TODO: later'],
  ['house/honest-comments', '/* eslint-disable no-console */'],
  ['house/honest-comments', '// eslint-disable-next-line no-console -- no'],
  ['house/no-relative-import-across-packages', "import '../../catalog/src/index.js';"],
  ['house/no-relative-import-across-packages', "export * from '../../ports/bus/src/index.js';"],
  ['house/one-type-one-name', 'export interface Money { readonly amount: number }'],
  ['house/one-type-one-name', 'type Money = number;'],
  ['house/one-type-one-name', 'class EventLog {}'],
  ['house/no-hidden-input', 'const now = Date.now();'],
  ['house/no-hidden-input', 'const now = new Date();'],
  ['house/no-hidden-input', 'const id = crypto.randomUUID();'],
  ['house/no-hidden-input', 'const id = globalThis.crypto.randomUUID();'],
  ['house/no-hidden-input', 'const share = Math.random();'],
  ['house/no-hidden-input', "import { randomId } from '#libs/kernel';"],
  ['house/no-hidden-input', "import { systemClock } from '#libs/kernel';"],
];

const accepted: [rule: string, code: string][] = [
  ['house/no-default-export', 'export const a = 1;'],
  ['house/honest-comments', '// TODO(#12): the second page'],
  ['house/honest-comments', '// eslint-disable-next-line no-console -- this is the printer itself'],
  ['house/no-relative-import-across-packages', "import './beside.js';"],
  ['house/no-relative-import-across-packages', "import '#libs/catalog';"],
  ['house/one-type-one-name', 'interface NameThatNobodyElseDeclares { readonly a: number }'],
  ['house/no-hidden-input', 'const day = new Date(0); const at = clock.now();'],
  ['house/no-hidden-input', "import { derivedId } from '#libs/kernel';"],
];

describe('the lint rules of the house', () => {
  it.each(refused)('%s refuses %s', (rule, code) => {
    expect(lint(rule, 'libs/intake/src/a.ts', code)).toEqual([rule]);
  });

  it.each(accepted)('%s accepts %s', (rule, code) => {
    expect(lint(rule, 'libs/intake/src/a.ts', code)).toEqual([]);
  });

  it('have a fixture each', () => {
    const names = Object.keys(house.rules ?? {}).map((name) => `house/${name}`);
    expect(new Set(refused.map(([rule]) => rule))).toEqual(new Set(names));
  });
});
