import type { BackupTrouble, BackupTroubles } from '#libs/backups';
import { describe, expect, it } from '@jest/globals';

import type { Alert } from '../alerts/alert.js';
import type { Alerts, Trouble } from '../alerts/alerts.js';
import { examineBackups } from '../doctor/backups.js';
import { examineAlerts } from '../doctor/raised-alerts.js';
import { watchBackups } from './watch-backups.js';

const trouble = (code: BackupTrouble['code'], about = 'backups'): BackupTrouble => ({
  ...{ code, about, says: `It is ${code}.`, since: 1_000 },
});
const late = trouble('BACKUP_LATE');
const kit = trouble('BACKUP_KIT_MISSING');

const answerOf = (...troubles: readonly BackupTrouble[]): BackupTroubles => ({
  ...{ verdict: 'not_good', answer: 'Not good.', troubles },
});

const tell = async (): Promise<void> => undefined;

/** Alerts in memory, raised once each. */
const rig = () => {
  const raised = new Map<string, Alert>();
  const told: string[] = [];
  const nameOf = ({ cause, about }: Pick<Alert, 'about' | 'cause'>) => `${cause}/${about}`;
  const alerts: Pick<Alerts, 'clear' | 'list' | 'raise'> = {
    raise: async (one: Trouble) => {
      if (raised.has(nameOf(one))) return undefined;
      const alert: Alert = { ...one, alert: nameOf(one), state: 'raised', version: 1 };
      raised.set(nameOf(one), alert);
      return alert;
    },
    clear: async (cause, about) => {
      const alert = raised.get(nameOf({ cause, about }));
      raised.delete(nameOf({ cause, about }));
      return alert && { ...alert, state: 'cleared' };
    },
    list: async () => [...raised.values()],
  };
  return {
    ...{ alerts, raised, told },
    look: (...troubles: readonly BackupTrouble[]) =>
      watchBackups({ alerts, tell, backups: async () => answerOf(...troubles) })(
        ({ cause, about, state }) => told.push(`${state} ${cause} ${about}`),
      ),
  };
};

describe('watching backups', () => {
  it('raises each trouble once, with what it says and since when, and clears what is over', async () => {
    const { look, raised, told } = rig();
    await look(late, trouble('BACKUP_UNUSUAL', 'files'));
    await look(late);
    await look(late);
    expect(told).toEqual([
      'raised BACKUP_LATE backups',
      'raised BACKUP_UNUSUAL files',
      'cleared BACKUP_UNUSUAL files',
    ]);
    expect([...raised.values()]).toMatchObject([
      { cause: 'BACKUP_LATE', found: ['It is BACKUP_LATE.'], startedAt: 1_000 },
    ]);
    await look();
    expect([...raised.values()]).toEqual([]);
  });

  it('wakes nobody for what a person does once', async () => {
    const { look, told } = rig();
    await look(kit, trouble('BACKUP_ON_OWN_DISK', 'data'), trouble('BACKUP_RESTIC_OLD', 'restic'));
    expect(told).toEqual([]);
  });

  it('leaves word of everything it found, also of what is no alert', async () => {
    const { alerts } = rig();
    const said: unknown[] = [];
    const backups = async () => answerOf(late, kit);
    await watchBackups({ alerts, backups, tell: async (known) => void said.push(known) })(
      () => undefined,
    );
    expect(said).toEqual([answerOf(late, kit)]);
  });

  it('leaves alerts about other things alone, and all of them where no backup is made', async () => {
    const { alerts, look, raised } = rig();
    await alerts.raise({ cause: 'CAPTURE_LAGGING', about: 'chat', found: [], startedAt: 1 });
    await look();
    expect(raised.size).toBe(1);
    await look(late);
    await watchBackups({ alerts, tell, backups: undefined })(() => undefined);
    expect(raised.size).toBe(2);
  });
});

describe('the doctor', () => {
  it('names every trouble with its next step and its runbook', async () => {
    const backups = async () => answerOf(late, kit);
    expect(await examineBackups({ backups })).toMatchObject([
      {
        ...{ code: 'BACKUP_LATE', about: 'backups', says: 'It is BACKUP_LATE.' },
        next: expect.stringContaining('More: docs/runbooks/backup-late.md.'),
      },
      { code: 'BACKUP_KIT_MISSING', next: expect.stringContaining('innkeeper backup kit') },
    ]);
  });

  it('says the same thing once: not by the alert as well', async () => {
    const { alerts, look } = rig();
    await look(late);
    expect(await examineAlerts({ alerts: () => alerts.list('raised') })).toEqual([]);
  });
});
