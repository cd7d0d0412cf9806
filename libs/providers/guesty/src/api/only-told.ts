import type { OnlyTold } from '#libs/ports/provider';

/** Told by a webhook or by nobody: this API keeps states, and not how they came to be. */
export const onlyTold: readonly OnlyTold[] = [
  {
    what: 'payment event',
    events: [
      ...['payments.failed', 'payments.overdue', 'payments.overcharged', 'payments.disputes'],
      ...['payments.overcharge.expected', 'payments.authenticationRequired'],
      ...['payments.authenticationFailed', 'payments.authorizationHoldFailed'],
      ...['payments.invalidPaymentMethod', 'payments.invalidBcomCard'],
      ...['payments.invalidSecondBcomCard', 'payments.method.received'],
    ],
    why: 'A reservation holds its payments as they are; what went wrong on the way is not in it.',
  },
  {
    what: 'deletion',
    events: ['listing.removed', 'guest.deleted', 'task.deleted'],
    why: 'What was deleted leaves no trace in any list; a look-up finds it gone.',
  },
];
