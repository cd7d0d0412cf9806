/** Problems that a person must know at once, and what that person does next. */
export const alertCauses = {
  DELIVERIES_INTERRUPTED: {
    title: 'A provider no longer sends everything.',
    next: 'The platform repairs the registration of its door if the provider’s API allows it. Look at `innkeeper sync` and at the webhook at the provider.',
    runbook: 'docs/runbooks/deliveries-interrupted.md',
  },
  WEBHOOK_SECRET_UNKNOWN: {
    title: 'A provider signs its deliveries with a secret that is not set here.',
    next: 'Set the secret that the provider shows as the second live secret, start again, and run `innkeeper quarantine retry`.',
    runbook: 'docs/runbooks/webhook-secret-unknown.md',
  },
  HISTORY_UNREAD: {
    title: 'A list of a provider cannot be read.',
    next: '`innkeeper sync` says which list and why. The next pass also reads what this one could not.',
    runbook: 'docs/runbooks/history-unread.md',
  },
} as const;

export type AlertCause = keyof typeof alertCauses;
