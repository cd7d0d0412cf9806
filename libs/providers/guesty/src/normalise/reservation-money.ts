import type { ReservationObservedV1 } from '#libs/contracts';
import {
  currencyOf,
  flag,
  type Foreign,
  instant,
  moneyOf,
  nonEmpty,
  objectsOf,
  present,
  text,
  word,
} from '#libs/foreign';

import { entityOf, ownIdOf, type GuestyReport } from './report.js';
import { phrase } from './words.js';

type GuestyMoney = NonNullable<ReservationObservedV1['money']>;

/** Amounts come as decimals of the major unit; one currency stands beside them all. */
export const moneyIn = (
  report: GuestyReport,
  money: Foreign | undefined,
): GuestyMoney | undefined => {
  const currency = currencyOf(money?.currency);
  if (!money || currency === undefined) return undefined;
  const amount = (value: unknown) => moneyOf(value, currency)?.amount;
  return present({
    accommodation: amount(money.fareAccommodation),
    accommodationAdjusted: amount(money.fareAccommodationAdjusted),
    balanceDue: amount(money.balanceDue),
    cleaning: amount(money.fareCleaning),
    commission: amount(money.commission),
    currency,
    fullyPaid: flag(money.isFullyPaid),
    hostPayout: amount(money.hostPayout),
    hostServiceFee: amount(money.hostServiceFee),
    items: itemsOf(money, amount),
    netIncome: amount(money.netIncome),
    ownerRevenue: amount(money.ownerRevenue),
    paid: amount(money.totalPaid),
    payments: paymentsOf(report, money),
    paymentsDue: amount(money.paymentsDue),
    refunded: amount(money.totalRefunded),
    subtotal: amount(money.subTotalPrice),
    taxes: amount(money.totalTaxes),
  });
};

const itemsOf = (
  money: Foreign,
  amount: (value: unknown) => number | undefined,
): GuestyMoney['items'] =>
  nonEmpty(
    objectsOf(money.invoiceItems).map((item) =>
      present({
        amount: amount(item.amount),
        id: ownIdOf(item._id),
        kind: word(item.normalType),
        tax: flag(item.isTax),
        type: phrase(item.type),
      }),
    ),
  );

export const itemTitlesOf = (money: Foreign | undefined): string[] | undefined => {
  if (currencyOf(money?.currency) === undefined) return undefined;
  const titles = objectsOf(money?.invoiceItems).map((item) => text(item.title) ?? '');
  return titles.some(Boolean) ? titles : undefined;
};

const paymentsOf = (report: GuestyReport, money: Foreign): GuestyMoney['payments'] =>
  nonEmpty(
    objectsOf(money.payments).flatMap((payment) => {
      const id = entityOf(report, payment._id);
      if (id === undefined) return [];
      return [
        present({
          amount: moneyOf(payment.amount, payment.currency ?? money.currency),
          createdAt: instant(payment.createdAt),
          dueAt: instant(payment.shouldBePaidAt),
          id,
          status: phrase(payment.status),
        }),
      ];
    }),
  );
