import { expect, test } from '@jest/globals';

import { areaUnder, fitLine, sureOf, type FitRow } from './logistic.js';

const row = (features: readonly number[], isWanted: boolean): FitRow => ({
  ...{ features, isWanted, counts: 1 },
});

test('finds which feature tells', () => {
  const rows = [
    ...[0.8, 0.9, 1].flatMap((tells) => [row([tells, 0], true), row([tells, 1], true)]),
    ...[0, 0.1, 0.2].flatMap((tells) => [row([tells, 0], false), row([tells, 1], false)]),
  ];
  const line = fitLine(rows);
  expect(line.weights[0]).toBeGreaterThan(3);
  expect(Math.abs(line.weights[1] ?? 1)).toBeLessThan(0.1);
  expect(sureOf(line, [1, 0])).toBeGreaterThan(0.8);
  expect(sureOf(line, [0, 1])).toBeLessThan(0.2);
});

test('counts how often the wanted one is surer, and half where both are as sure', () => {
  const rated = (sure: number, isWanted: boolean) => ({ sure, isWanted });
  expect(areaUnder([rated(0.9, true), rated(0.1, false)])).toBe(1);
  expect(areaUnder([rated(0.5, true), rated(0.5, false)])).toBe(0.5);
  expect(areaUnder([rated(0.9, true), rated(0.2, true), rated(0.4, false)])).toBe(0.5);
});
