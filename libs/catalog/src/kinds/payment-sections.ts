import type { MoneyData } from '#libs/contracts';
import { moneyText } from '#libs/kernel';

import type { PaymentValues } from './payment-values.js';
import type { RecordSection, SectionSetting } from './record-section.js';
import { after, labelled, listed, plainWord, prose, sectionsIn, words } from './section-text.js';
import { knownZone, spokenTime } from './section-times.js';

/** How much, from whom and how far it has come. */
export const sectionsOfPayment = (
  values: PaymentValues,
  setting: SectionSetting,
): readonly RecordSection[] => {
  const zone = knownZone(undefined, setting.timeZone);
  const at = values.paidAt ?? values.dueAt ?? values.createdAt;
  return sectionsIn([
    { path: 'payment', heading: 'Payment', text: paymentIn(values, zone), from: at },
    { path: 'refund', heading: 'Refund', text: refundIn(values, zone), from: values.refundedAt },
    { path: 'dispute', heading: 'Dispute', text: disputeIn(values), from: at },
  ]);
};

const money = (amount: MoneyData | undefined): string | undefined => amount && moneyText(amount);

const paymentIn = (values: PaymentValues, zone: string): string | undefined =>
  prose(
    words(
      values.securityDeposit === true ? 'Security deposit' : 'Payment',
      after('of', money(values.amount)),
      after('by', values.name),
    ),
    labelled('Card', words(values.cardBrand, after('ending', values.cardLast4))),
    labelled('Status', plainWord(values.status)),
    after('It was paid on', spokenTime(values.paidAt, zone)),
    after('It is due on', values.paidAt === undefined ? spokenTime(values.dueAt, zone) : undefined),
    values.authorizationHold === true ? 'It is reserved on the card, not taken' : undefined,
    labelled('Why it failed', plainWord(values.failureReason)),
    labelled('Explanation', values.explanation),
    labelled('Balance due', money(values.balanceDue)),
    labelled('Expected in all', money(values.totalExpected)),
    labelled('Paid in all', money(values.totalPaid)),
    labelled('Address', values.address),
  );

const refundIn = (values: PaymentValues, zone: string): string | undefined =>
  values.refund === undefined && values.refundedInAll === undefined
    ? undefined
    : prose(
        words(
          'Refund',
          after('of', money(values.refund)),
          after('to', values.name),
          after('on', spokenTime(values.refundedAt, zone)),
        ),
        labelled('Refunded in all', money(values.refundedInAll)),
      );

const disputeIn = ({ dispute, name }: PaymentValues): string | undefined =>
  dispute &&
  prose(
    words('The payment', after('by', name), 'is disputed', after('for', money(dispute.amount))),
    labelled('Reason', listed([plainWord(dispute.type), plainWord(dispute.reason)])),
    labelled('Case', dispute.case),
  );
