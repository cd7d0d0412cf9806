import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { asFault, fault, type Code } from '#libs/kernel';

import type { OutsideAlert } from '../src/outside/outside-alerts.js';
import {
  watchFromOutside,
  type OutsideReport,
  type WatchFromOutsideParts,
} from '../src/outside/watch-from-outside.js';
import type { BackupsParts } from '../src/backups-parts.js';
import type { RunStep } from '../src/run/backup-run.js';
import type { Backups } from '../src/run/use-cases.js';
import { BackupsWorld } from './backups-world.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let world: BackupsWorld;
let posted: OutsideAlert[];
/** What the one who is told answers. */
let takes: (alert: OutsideAlert) => Promise<void>;

beforeEach(async () => {
  world = await BackupsWorld.open();
  posted = [];
  takes = async () => undefined;
});
afterEach(() => world.close());

const can = new Set<RunStep>(['close']);

/** The platform is as old as the test. */
const maker = (other: Partial<BackupsParts> = {}): Backups =>
  world.backups({ since: async () => Date.UTC(2026, 8, 14, 9), ...other });

const outsideWith = (
  changed: Partial<WatchFromOutsideParts> = {},
  parts: Partial<BackupsParts> = {},
): (() => Promise<OutsideReport>) => {
  const ownParts = world.partsOf({ can, ...parts });
  return watchFromOutside({
    ...ownParts,
    backups: maker({ can, ...parts }),
    worksForMs: 45_000,
    alarm: {
      isUrgent: ({ code }) => code !== 'BACKUP_KIT_MISSING',
      idOf: async ({ code, since }) => `${code}@${since}`,
      announce: async (alert) => {
        await takes(alert);
        posted.push(alert);
      },
    },
    ...changed,
  });
};

const failing = (changed: Partial<Record<keyof Backups, Code>>): Partial<Backups> =>
  Object.fromEntries(
    Object.entries(changed).map(([name, code]) => [name, () => Promise.reject(fault(code))]),
  );

const statesOf = (): readonly string[] => posted.map(({ state, cause }) => `${state} ${cause}`);

describe('who watches backups from outside', () => {
  it('is silent while somebody makes them', async () => {
    const look = outsideWith();
    for (let i = 0; i < 8; i++) {
      await maker().due();
      expect(await look()).toMatchObject({ alerts: [], failed: [] });
      world.pass(5 * MINUTE);
    }
    expect(posted).toEqual([]);
  });

  it('tells once that nobody does any more, and once that somebody does again', async () => {
    await maker().due();
    const look = outsideWith();
    world.pass(15 * MINUTE);
    await look();
    expect(posted).toEqual([]);
    for (let i = 0; i < 3; i++) {
      world.pass(5 * MINUTE);
      await look();
    }
    expect(statesOf()).toEqual(['raised BACKUP_ORCHESTRATOR_GONE']);
    await maker().due();
    for (let i = 0; i < 2; i++) await look();
    expect(statesOf()).toEqual([
      'raised BACKUP_ORCHESTRATOR_GONE',
      'cleared BACKUP_ORCHESTRATOR_GONE',
    ]);
    expect(new Set(posted.map(({ alert }) => alert)).size).toBe(1);
  });

  it('says so a quarter of an hour after it came itself where nobody was ever seen', async () => {
    const look = outsideWith();
    expect(await look()).toMatchObject({ alerts: [] });
    world.pass(16 * MINUTE);
    expect(await look()).toMatchObject({ alerts: [{ cause: 'BACKUP_ORCHESTRATOR_GONE' }] });
  });

  it('tells each thing once though two look at the same moment', async () => {
    await maker().due();
    world.pass(HOUR);
    await Promise.all([outsideWith()(), outsideWith()(), outsideWith()()]);
    expect(statesOf()).toEqual(['raised BACKUP_ORCHESTRATOR_GONE']);
  });

  it('tells it again where nobody took it, and by the next one where it died while it told', async () => {
    await maker().due();
    world.pass(HOUR);
    takes = () => Promise.reject(fault('ALERT_NOT_TAKEN'));
    expect(await outsideWith()()).toMatchObject({
      ...{ alerts: [], verdict: 'none_yet' },
      failed: [{ part: 'alerts', code: 'ALERT_NOT_TAKEN' }],
    });
    const begun = Promise.withResolvers<void>();
    takes = () => {
      begun.resolve();
      return new Promise(() => undefined);
    };
    void outsideWith()();
    await begun.promise;
    // As long as it may still be told, nobody else does it.
    takes = async () => undefined;
    expect(await outsideWith()()).toMatchObject({ alerts: [], failed: [] });
    world.pass(3 * MINUTE);
    expect(await outsideWith()()).toMatchObject({ alerts: [{ state: 'raised' }] });
  });

  it('requests the run of the schedule once, by the same key as who makes backups', async () => {
    const schedule = { hour: 9, minute: 0, timeZone: 'UTC' };
    const looks = [outsideWith({}, { schedule }), outsideWith({}, { schedule })];
    await Promise.all(looks.map((look) => look()));
    await maker({ schedule }).due();
    const { items } = await maker().list({ limit: 10 });
    expect(items).toMatchObject([{ kind: 'daily', requestedBy: 'schedule', claims: 0 }]);
  });

  it('says that nobody begins what was requested', async () => {
    await maker().due();
    const { run } = await maker().request({ kind: 'manual', key: 'one', by: 'operator' });
    world.pass(16 * MINUTE);
    await outsideWith()();
    expect(posted).toMatchObject([
      { cause: 'BACKUP_ORCHESTRATOR_GONE' },
      {
        ...{ cause: 'BACKUP_STUCK', about: run.id },
        found: [`Run ${run.id} was requested 16 min ago, and nobody has begun it.`],
      },
    ]);
  });

  it('does the rest when one part fails', async () => {
    await maker().due();
    world.pass(HOUR);
    const backups = {
      ...maker({ can }),
      ...failing({ reap: 'FLEET_UNREACHABLE', due: 'DEFECT_UNKNOWN' }),
    };
    expect(await outsideWith({ backups })()).toEqual({
      ...{ verdict: 'none_yet', advanced: [], reaped: { destroyed: [], left: [] } },
      alerts: [expect.objectContaining({ cause: 'BACKUP_ORCHESTRATOR_GONE' })],
      failed: [
        { part: 'request', code: 'DEFECT_UNKNOWN' },
        { part: 'reap', code: 'FLEET_UNREACHABLE' },
      ],
    });
    const blind = { ...maker({ can }), ...failing({ troubles: 'DEFECT_UNKNOWN' }) };
    expect(await outsideWith({ backups: blind })()).toMatchObject({
      ...{ verdict: 'unknown', alerts: [] },
      failed: [{ part: 'judge', code: 'DEFECT_UNKNOWN' }],
    });
  });

  it('throws where nothing can be done, and tries nothing else without the documents', async () => {
    const all = failing({
      due: 'DEFECT_UNKNOWN',
      reap: 'DEFECT_UNKNOWN',
      troubles: 'DEFECT_UNKNOWN',
    });
    const backups = { ...maker({ can }), ...all };
    await expect(outsideWith({ backups })()).rejects.toMatchObject({ code: 'DEFECT_UNKNOWN' });
    const away = () => Promise.reject(fault('DOCUMENTS_UNAVAILABLE'));
    const documents = { ...world.embedded.documents, get: away };
    const called: string[] = [];
    const noting = (name: string) => async (): Promise<never> => {
      called.push(name);
      throw fault('DEFECT_UNKNOWN');
    };
    const watched = {
      due: noting('due'),
      reap: noting('reap'),
      troubles: noting('troubles'),
      advance: noting('advance'),
    };
    const thrown: unknown = await outsideWith({ documents, backups: watched })().catch(
      (error: unknown) => error,
    );
    expect([asFault(thrown).code, called, posted]).toEqual(['DOCUMENTS_UNAVAILABLE', [], []]);
  });

  it('stops its work when its seconds are over, and waits no longer for what does not stop', async () => {
    const { run } = await maker().request({ kind: 'manual', key: 'one', by: 'operator' });
    const signals: AbortSignal[] = [];
    const backups: WatchFromOutsideParts['backups'] = {
      ...maker({ can }),
      due: async () => [run.id],
      advance: (_, signal) => {
        signals.push(signal);
        return new Promise(() => undefined);
      },
    };
    const slept: number[] = [];
    const sleep = async (ms: number): Promise<void> => void slept.push(ms);
    expect(await outsideWith({ backups, sleep })()).toMatchObject({
      ...{ verdict: 'none_yet', advanced: [] },
      failed: [{ part: 'advance', code: 'BACKUP_CUT_OFF' }],
    });
    expect([slept, signals.map(({ aborted }) => aborted), run.claims]).toEqual([
      [45_000, 15_000],
      [true],
      0,
    ]);
  });
});
