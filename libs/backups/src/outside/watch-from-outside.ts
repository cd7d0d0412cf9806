import { asFault, fault, type Code, type Id } from '#libs/kernel';

import type { BackupsParts } from '../backups-parts.js';
import type { RunStatus, RunStep } from '../run/backup-run.js';
import type { Backups } from '../run/use-cases.js';
import type { ReapedServers } from '../server/reaped-servers.js';
import type { BackupTrouble, BackupTroubles } from '../watch/backup-troubles.js';
import { settleAlert, takeAlerts, watchedSince } from './alert-documents.js';
import { alertsAfter, type NamedTrouble, type OutsideAlert } from './outside-alerts.js';

/** How somebody is told. */
export interface OutsideAlarm {
  /** Whether somebody is woken for it. */
  readonly isUrgent: (trouble: BackupTrouble) => boolean;
  /** The id that an alert about it has in the log. */
  readonly idOf: (trouble: BackupTrouble) => Promise<Id>;
  /** Throws where nobody took it. */
  readonly announce: (alert: OutsideAlert) => Promise<void>;
}

export interface WatchFromOutsideParts extends Pick<
  BackupsParts,
  'clock' | 'documents' | 'host' | 'sleep'
> {
  readonly backups: Pick<Backups, 'advance' | 'due' | 'reap' | 'troubles'>;
  /** Missing: there is nobody to tell. */
  readonly alarm?: OutsideAlarm | undefined;
  /** So long it works at runs. Who comes next goes on. */
  readonly worksForMs: number;
}

/** What one look from outside did. */
export interface OutsideReport {
  /** `unknown`: it could not be judged. */
  readonly verdict: BackupTroubles['verdict'] | 'unknown';
  readonly advanced: readonly {
    readonly run: Id;
    readonly step: RunStep;
    readonly status: RunStatus;
  }[];
  readonly reaped: ReapedServers;
  /** Those that were told now. */
  readonly alerts: readonly Pick<OutsideAlert, 'about' | 'alert' | 'cause' | 'state'>[];
  /** What could not be done. */
  readonly failed: readonly { readonly part: OutsidePart; readonly code: Code }[];
}

export type OutsidePart = 'advance' | 'alerts' | 'judge' | 'reap' | 'request';

const nothingReaped: ReapedServers = { destroyed: [], left: [] };

/** Work that is told to stop has so long; then nobody waits for it, and its claim ends by itself. */
const STOPS_WITHIN_MS = 15_000;

/**
 * Looks at the backups from outside of what they back up. It requests what is due, destroys servers that nobody needs and
 * works at what it can. Then it judges, and tells somebody when nobody else would. What fails leaves the rest to be done.
 * Throws where nothing could be done.
 */
export const watchFromOutside =
  (parts: WatchFromOutsideParts) => async (): Promise<OutsideReport> => {
    // Everything stands on the documents: when they are away, nothing else is tried.
    await watchedSince(parts);
    const failed: OutsideReport['failed'][number][] = [];
    const trying: Trying = async (part, work) => {
      try {
        return await work();
      } catch (thrown) {
        failed.push({ part, code: asFault(thrown).code });
        return undefined;
      }
    };
    const { backups } = parts;
    const due = await trying('request', () => backups.due());
    const reaped = await trying('reap', () => backups.reap());
    const advanced = await advanceAll(parts, due ?? [], trying);
    const known = await trying('judge', () => backups.troubles());
    const [first] = failed;
    if (first && !due && !reaped && !known) throw fault(first.code);
    const alerts = (known && (await trying('alerts', () => tell(parts, known, trying)))) ?? [];
    const verdict = known?.verdict ?? 'unknown';
    return { verdict, advanced, reaped: reaped ?? nothingReaped, alerts, failed };
  };

type Trying = <T>(part: OutsidePart, work: () => Promise<T>) => Promise<T | undefined>;

/** All within the same seconds: as a rule there is one. */
const advanceAll = async (
  { backups, sleep, worksForMs }: WatchFromOutsideParts,
  due: readonly Id[],
  trying: Trying,
): Promise<OutsideReport['advanced']> => {
  const [over, timeUp] = [new AbortController(), new AbortController()];
  const late = async (): Promise<never> => {
    await sleep(worksForMs, over.signal);
    timeUp.abort(fault('BACKUP_CUT_OFF'));
    await sleep(STOPS_WITHIN_MS, over.signal);
    throw fault('BACKUP_CUT_OFF');
  };
  const leaving = late();
  leaving.catch(() => undefined);
  const runs = due.map((id) =>
    trying('advance', () => Promise.race([backups.advance(id, timeUp.signal), leaving])),
  );
  const ends = await Promise.all(runs);
  over.abort();
  return ends.flatMap((end) => {
    if (!end) return [];
    const { id, step, status } = end.run;
    return [{ run: id, step, status }];
  });
};

/** Those that arrived. One that did not is told by the next look, and keeps no other from being told. */
const tell = async (
  parts: WatchFromOutsideParts,
  { troubles }: BackupTroubles,
  trying: Trying,
): Promise<OutsideReport['alerts']> => {
  const { alarm } = parts;
  if (!alarm) return [];
  const isAlone = troubles.some(({ code }) => code === 'BACKUP_ORCHESTRATOR_GONE');
  const named = await Promise.all(
    troubles.filter(alarm.isUrgent).map(async (trouble): Promise<NamedTrouble> => {
      return { ...trouble, alert: await alarm.idOf(trouble) };
    }),
  );
  const now = parts.clock.now();
  const taken = await takeAlerts(parts, (kept) =>
    alertsAfter(kept, { now, troubles: named, isAlone }),
  );
  const told: OutsideReport['alerts'][number][] = [];
  for (const one of taken) {
    const { announced: _, announcedBy: __, ...alert } = one;
    const isTold = await trying('alerts', () => alarm.announce(alert).then(() => true));
    await settleAlert(parts, one, isTold ?? false);
    const { alert: id, cause, about, state } = alert;
    if (isTold) told.push({ alert: id, cause, about, state });
  }
  return told;
};
