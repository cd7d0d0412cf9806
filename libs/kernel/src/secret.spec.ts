import { format, inspect } from 'node:util';

import { describe, expect, it } from '@jest/globals';

import { canonicalJson, Secret } from './index.js';

const secret = new Secret('hunter2');

describe('a secret', () => {
  it.each([
    ['text', secret.toString()],
    ['a sum', 'it is ' + String(secret)],
    ['JSON', JSON.stringify({ secret })],
    ['inspection', inspect({ secret }, { depth: 9, showHidden: true })],
    ['inspection of itself', inspect(secret, { showHidden: true, customInspect: false })],
    ['a log format', format('%s %o %j', secret, secret, secret)],
    ['an error', inspect(new Error('failed', { cause: secret }))],
    ['its fields', JSON.stringify(Object.entries(secret)) + Reflect.ownKeys(secret).join()],
    ['a clone', inspect(structuredClone({ secret }))],
    ['bytes', inspect({ key: new Secret(Buffer.from('hunter2')) })],
  ])('does not show in %s', (_, shown) => {
    expect(shown).not.toContain('hunter2');
    expect(shown).not.toContain('68 75 6e');
  });

  it('prints as what it is', () => {
    expect([String(secret), JSON.stringify(secret), inspect(secret)]).toEqual([
      '[secret]',
      '"[secret]"',
      '[secret]',
    ]);
  });

  it('never becomes part of what is stored', () => {
    expect(() => canonicalJson({ secret })).toThrow();
  });

  it('is revealed by asking', () => {
    expect(secret.reveal()).toBe('hunter2');
  });
});
