import type { Id } from '#libs/kernel';

import type { BackupTrouble, BackupTroubleCode } from '../watch/backup-troubles.js';

/** An alert of who watches from outside, while nobody writes it to the log. */
export interface OutsideAlert {
  readonly alert: Id;
  readonly cause: BackupTroubleCode;
  readonly about: string;
  readonly found: readonly string[];
  readonly startedAt: number;
  readonly state: 'raised' | 'cleared';
  readonly clearedAt?: number;
}

/** As it is kept, with how far it was told. */
export interface KeptAlert extends OutsideAlert {
  /** Which state was told. */
  readonly announced?: 'raised' | 'cleared';
  /** Somebody tells it now; from then on another one may, who would tell it twice rather than never. */
  readonly announcedBy?: number;
}

/** A trouble with the id that an alert about it has, in the log too. */
export interface NamedTrouble extends BackupTrouble {
  readonly alert: Id;
}

export interface OutsideLook {
  readonly now: number;
  /** Those that somebody is woken for. */
  readonly troubles: readonly NamedTrouble[];
  /** Nobody makes backups, so nobody raises an alert either. */
  readonly isAlone: boolean;
}

const isSame = (alert: KeptAlert, trouble: NamedTrouble): boolean =>
  alert.cause === trouble.code && alert.about === trouble.about;

/**
 * What must be told now, by what was told before. Alone it raises everything. When somebody makes backups again, that one
 * raises what is still wrong by the same id: so it is dropped here without a word. What is over is cleared by who raised it.
 */
export const alertsAfter = (
  kept: readonly KeptAlert[],
  { now, troubles, isAlone }: OutsideLook,
): readonly KeptAlert[] => {
  const stay = kept.flatMap((alert): readonly KeptAlert[] => {
    if (alert.state === 'cleared') return alert.announced === 'cleared' ? [] : [alert];
    if (!troubles.some((trouble) => isSame(alert, trouble)))
      return [{ ...untold(alert), state: 'cleared', clearedAt: now }];
    return isAlone ? [alert] : [];
  });
  if (!isAlone) return stay;
  const isRaised = (trouble: NamedTrouble): boolean =>
    stay.some((alert) => alert.state === 'raised' && isSame(alert, trouble));
  const raised = troubles
    .filter((trouble) => !isRaised(trouble))
    .map(({ alert, code: cause, about, says, since: startedAt }): KeptAlert => {
      return { alert, cause, about, found: [says], startedAt, state: 'raised' };
    });
  return [...stay, ...raised];
};

/** Its new state is told by who comes first, though the old one is being told. */
const untold = ({ announcedBy: _, ...alert }: KeptAlert): KeptAlert => alert;

/** A receiver that hangs is given up long before. */
export const ANNOUNCED_WITHIN_MS = 120_000;

export const mayAnnounce = (alert: KeptAlert, now: number): boolean =>
  alert.announced !== alert.state && (alert.announcedBy ?? 0) <= now;
