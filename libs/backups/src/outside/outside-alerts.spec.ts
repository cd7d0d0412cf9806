import { describe, expect, it } from '@jest/globals';

import {
  alertsAfter,
  ANNOUNCED_WITHIN_MS,
  mayAnnounce,
  type KeptAlert,
  type NamedTrouble,
  type OutsideLook,
} from './outside-alerts.js';

const NOW = Date.UTC(2026, 11, 1, 3);

const trouble = (code: NamedTrouble['code'], about = 'backups'): NamedTrouble => ({
  ...{ code, about, says: `It is ${code}.`, since: NOW - 60_000, alert: `${code}/${about}` },
});
const gone = trouble('BACKUP_ORCHESTRATOR_GONE');
const late = trouble('BACKUP_LATE');

const look = (kept: readonly KeptAlert[], seen: Partial<OutsideLook>): readonly KeptAlert[] =>
  alertsAfter(kept, { now: NOW, troubles: [], isAlone: true, ...seen });

/** As they stand when each was told. */
const told = (kept: readonly KeptAlert[]): readonly KeptAlert[] =>
  kept.map((alert) => ({ ...alert, announced: alert.state }));

const statesOf = (kept: readonly KeptAlert[]): readonly string[] =>
  kept.map(({ state, cause }) => `${state} ${cause}`);

describe('alerts of who watches from outside', () => {
  it('are raised once for each trouble, with what it says and since when, while nobody makes backups', () => {
    const raised = look([], { troubles: [gone, late] });
    expect(raised).toMatchObject([
      { ...{ alert: gone.alert, cause: gone.code, about: 'backups' }, found: [gone.says] },
      { cause: 'BACKUP_LATE', startedAt: late.since, state: 'raised' },
    ]);
    const again = look(told(raised), { troubles: [gone, late] });
    expect(again).toEqual(told(raised));
    expect(again.filter((alert) => mayAnnounce(alert, NOW))).toEqual([]);
  });

  it('are none while somebody makes backups, who raises them itself', () => {
    expect(look([], { troubles: [late], isAlone: false })).toEqual([]);
  });

  it('are cleared when the trouble is over, and gone once that was told', () => {
    const raised = told(look([], { troubles: [gone, late] }));
    const cleared = look(raised, { troubles: [gone] });
    expect(statesOf(cleared)).toEqual(['raised BACKUP_ORCHESTRATOR_GONE', 'cleared BACKUP_LATE']);
    expect(cleared.filter((alert) => mayAnnounce(alert, NOW))).toMatchObject([
      { cause: 'BACKUP_LATE', clearedAt: NOW },
    ]);
    expect(statesOf(look(told(cleared), { troubles: [gone] }))).toEqual([
      'raised BACKUP_ORCHESTRATOR_GONE',
    ]);
  });

  it('are left to who makes backups again where the trouble stays, and cleared where it is over', () => {
    const raised = told(look([], { troubles: [gone, late] }));
    expect(statesOf(look(raised, { troubles: [late], isAlone: false }))).toEqual([
      'cleared BACKUP_ORCHESTRATOR_GONE',
    ]);
  });

  it('tell the end also of what nobody was told yet: somebody may have been, and the answer was lost', () => {
    const raised = look([], { troubles: [late] });
    const cleared = look(raised, {});
    expect(cleared.filter((alert) => mayAnnounce(alert, NOW))).toMatchObject([
      { state: 'cleared', cause: 'BACKUP_LATE' },
    ]);
  });

  it('are raised again beside the end of the one before, which is still to be told', () => {
    const before = look(told(look([], { troubles: [late] })), {});
    const again = { ...late, since: NOW, alert: 'another' };
    expect(statesOf(look(before, { troubles: [again] }))).toEqual([
      'cleared BACKUP_LATE',
      'raised BACKUP_LATE',
    ]);
  });

  it('are told by one at a time, and by another when that one has been silent for too long', () => {
    const [raised] = look([], { troubles: [late] });
    if (!raised) throw new Error('Nothing was raised.');
    const taken = { ...raised, announcedBy: NOW + ANNOUNCED_WITHIN_MS };
    expect(mayAnnounce(taken, NOW)).toBe(false);
    expect(mayAnnounce(taken, NOW + ANNOUNCED_WITHIN_MS)).toBe(true);
  });
});
