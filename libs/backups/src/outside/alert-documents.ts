import type { Clock, Json } from '#libs/kernel';
import type { Collection, Documents } from '#libs/ports/documents';

import { ANNOUNCED_WITHIN_MS, mayAnnounce, type KeptAlert } from './outside-alerts.js';

export const backupAlerts: Collection = { name: 'backup_alerts', fields: [] };

/** What who watches from outside knows from the call before. */
export interface OutsideMemory {
  /** When one watched here for the first time. */
  readonly since: number;
  readonly alerts: readonly KeptAlert[];
}

export interface OutsideMemoryParts {
  readonly documents: Documents;
  readonly clock: Clock;
  readonly host: string;
}

const read = async ({ documents, host }: OutsideMemoryParts) => {
  const [found] = await documents.get(backupAlerts, [host]);
  const memory = found?.body as unknown as OutsideMemory | undefined;
  return { memory, version: found?.version ?? 0 };
};

/** Changes it while others do: what they wrote is read again and changed again. */
const change = async (
  parts: OutsideMemoryParts,
  next: (alerts: readonly KeptAlert[]) => readonly KeptAlert[],
): Promise<void> => {
  for (;;) {
    const { memory, version } = await read(parts);
    const before = memory ?? { since: parts.clock.now(), alerts: [] };
    const after = { ...before, alerts: next(before.alerts) };
    const body = JSON.parse(JSON.stringify(after)) as Json;
    if (memory && JSON.stringify(body) === JSON.stringify(memory)) return;
    const { swapped } = await parts.documents.swap(backupAlerts, { id: parts.host, body }, version);
    if (swapped) return;
  }
};

/** When one watched here for the first time; the first one notes that it is now. */
export const watchedSince = async (parts: OutsideMemoryParts): Promise<number> => {
  const { memory } = await read(parts);
  if (memory) return memory.since;
  await change(parts, (alerts) => alerts);
  return (await read(parts)).memory?.since ?? parts.clock.now();
};

/** Those that are this caller's to tell now: nobody else tells them meanwhile. */
export const takeAlerts = async (
  parts: OutsideMemoryParts,
  next: (alerts: readonly KeptAlert[]) => readonly KeptAlert[],
): Promise<readonly KeptAlert[]> => {
  let taken: readonly KeptAlert[] = [];
  await change(parts, (before) => {
    const now = parts.clock.now();
    const alerts = next(before);
    taken = alerts.filter((alert) => mayAnnounce(alert, now));
    const announcedBy = now + ANNOUNCED_WITHIN_MS;
    return alerts.map((alert) => (taken.includes(alert) ? { ...alert, announcedBy } : alert));
  });
  return taken;
};

/** `isTold`: it arrived. Else the next one may try at once. */
export const settleAlert = (
  parts: OutsideMemoryParts,
  { alert: id, state }: KeptAlert,
  isTold: boolean,
): Promise<void> =>
  change(parts, (alerts) =>
    alerts.flatMap((alert): readonly KeptAlert[] => {
      if (alert.alert !== id || alert.state !== state) return [alert];
      const { announcedBy: _, ...settled } = alert;
      if (!isTold) return [settled];
      return state === 'cleared' ? [] : [{ ...settled, announced: state }];
    }),
  );
