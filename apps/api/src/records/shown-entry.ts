import type { HistoryEntry } from '#libs/catalog';

import { iso } from '../routes/answers.js';

export const shownEntry = ({ occurredAt, recordedAt, ...entry }: HistoryEntry) => ({
  ...entry,
  occurredAt: iso(occurredAt),
  recordedAt: iso(recordedAt),
});
