import { moneyText } from '#libs/kernel';

import type { CountedRecords, CountScope } from './counted.js';
import { stayLine, staysBy, staysDuring, type CountedStay } from './stays.js';

/** Stays that something is still to be paid for: in these days, or from today on. */
export const countBalances = async (scope: CountScope): Promise<CountedRecords> => {
  const { stays, more } = scope.isTimeSaid
    ? await staysDuring(scope, scope.from, scope.to)
    : await staysBy(scope, 'checkOutDate', scope.today);
  const open = stays.filter(({ balance }) => balance !== undefined && balance.amount > 0);
  return {
    kind: 'reservation',
    count: open.length,
    lines: open.map((stay) =>
      stayLine(stay, scope.language, stay.balance && moneyText(stay.balance)),
    ),
    ...(open.length > 0 && { sum: sumsOf(open) }),
    more,
  };
};

/** One for each currency: amounts of two are never put together. */
const sumsOf = (stays: readonly CountedStay[]): string => {
  const sums = new Map<string, number>();
  for (const { balance } of stays)
    if (balance) sums.set(balance.currency, (sums.get(balance.currency) ?? 0) + balance.amount);
  return [...sums].map(([currency, amount]) => moneyText({ amount, currency })).join(' + ');
};
