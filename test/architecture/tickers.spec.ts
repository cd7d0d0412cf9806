import { describe, expect, it } from '@jest/globals';

import { shippedSources, textOfFile } from './house.js';

const sources = shippedSources('apps').map((path) => ({ path, text: textOfFile(path) }));
/** Its script runs in a browser. */
const OTHERS = ['apps/api/src/pages/start-page.ts'];

/** Where the platform itself repeats: the ticker, and a server that closes. */
const REPEATING = [
  'libs/platform/src/http/silent-sockets.ts',
  'libs/platform/src/tickers/start-ticker.ts',
];

describe('tickers', () => {
  it('are what repeats in apps: nothing else has an interval of its own', () => {
    const repeating = sources.filter(({ text }) => /\bsetInterval\(|\bstartTicker\(/.test(text));
    expect(repeating.map(({ path }) => path).filter((path) => !OTHERS.includes(path))).toEqual([]);
  });

  it('are what repeats in the platform', () => {
    const repeating = shippedSources('libs/platform').filter((path) =>
      /\bsetInterval\(/.test(textOfFile(path)),
    );
    expect(repeating.sort()).toEqual(REPEATING);
  });

  it('stand in a file named after their effect and when, and are named the same', () => {
    const ticking = sources.filter(({ text }) => text.includes('@TickerNamed('));
    expect(ticking.length).toBeGreaterThan(2);
    for (const { path, text } of ticking) {
      const [, file = ''] = /\/([a-z-]+)\.ticker\.ts$/.exec(path) ?? [];
      const [, name = ''] = /@TickerNamed\('([a-z-]+)'\)/.exec(text) ?? [];
      const [, type = ''] = /export class (\w+)Ticker implements Ticker/.exec(text) ?? [];
      expect(file).toMatch(/^[a-z]+(?:-[a-z]+)*-when-[a-z]+$/);
      expect(file.startsWith(`${name}-when-`)).toBe(true);
      expect(type.replaceAll(/(?<!^)([A-Z])/g, '-$1').toLowerCase()).toBe(file);
    }
  });
});
