/** What can be wrong enough to tell a person at once, and what that person does next. */
export const alertCauses = {
  DELIVERIES_INTERRUPTED: {
    title: 'A provider does not tell us everything any more.',
    next: 'The registration of our door is mended by itself where its API lets us. Look at `innkeeper sync` and at the webhook at the provider.',
    runbook: 'docs/runbooks/deliveries-interrupted.md',
  },
  WEBHOOK_SECRET_UNKNOWN: {
    title: 'A provider signs its deliveries with a secret that is none of ours.',
    next: 'Set the secret that the provider shows as the second live one, start again, and run `innkeeper quarantine retry`.',
    runbook: 'docs/runbooks/webhook-secret-unknown.md',
  },
  HISTORY_UNREAD: {
    title: 'A list of a provider cannot be read.',
    next: '`innkeeper sync` says which and why. The next pass covers what this one could not.',
    runbook: 'docs/runbooks/history-unread.md',
  },
} as const;

export type AlertCause = keyof typeof alertCauses;
