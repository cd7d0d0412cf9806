import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { createAlerts, type Alerts, type Trouble } from '#libs/operations';
import { openEmbedded, type EmbeddedParts } from '#libs/testing';

const STREAM = 'alert/DELIVERIES_INTERRUPTED/guesty';

describe('an alert', () => {
  let parts: EmbeddedParts;
  let alerts: Alerts;
  const trouble = (found: readonly string[] = ['inactive']): Trouble => ({
    ...{ cause: 'DELIVERIES_INTERRUPTED', about: 'guesty', found },
    startedAt: parts.clock.now() - 60_000,
  });
  const facts = async () => (await parts.log.stream(STREAM, 0, 100)).map(({ type }) => type);

  beforeEach(async () => {
    parts = await openEmbedded();
    alerts = createAlerts(parts);
  });
  afterEach(() => parts.close());

  it('is raised once, however often its trouble is found', async () => {
    expect(await alerts.raise(trouble())).toMatchObject({ state: 'raised', found: ['inactive'] });
    expect(await alerts.raise(trouble())).toBeUndefined();
    expect(await alerts.raise(trouble(['silent']))).toBeUndefined();
    expect(await facts()).toEqual(['operations.alert.raised.v1']);
  });

  it('is one, when two processes find the trouble at once', async () => {
    const both = [createAlerts(parts), createAlerts(parts)];
    const raised = await Promise.all(both.map((each) => each.raise(trouble())));
    expect(new Set(raised.flatMap((alert) => alert?.alert ?? [])).size).toBe(1);
    expect(await facts()).toHaveLength(1);
    expect(await alerts.unannounced()).toHaveLength(1);
  });

  it('is cleared under the id it was raised under, with what was missed', async () => {
    const raised = await alerts.raise(trouble());
    parts.clock.pass(60_000);
    const gap = { from: 1, to: 2, found: 3, lost: [{ what: 'presence', expected: 4 }] };
    const cleared = await alerts.clear('DELIVERIES_INTERRUPTED', 'guesty', gap);
    expect(cleared).toMatchObject({
      ...{ alert: raised?.alert, state: 'cleared', gap, found: ['inactive'] },
      clearedAt: parts.clock.now(),
    });
    expect(await alerts.clear('DELIVERIES_INTERRUPTED', 'guesty')).toBeUndefined();
    expect(await facts()).toEqual(['operations.alert.raised.v1', 'operations.alert.cleared.v1']);
  });

  it('is another one when the trouble comes back, also with the start it had', async () => {
    const again = trouble();
    const first = await alerts.raise(again);
    await alerts.clear('DELIVERIES_INTERRUPTED', 'guesty');
    const second = await alerts.raise(again);
    expect(second?.alert).not.toBe(first?.alert);
    expect(second?.startedAt).toBe(parts.clock.now());
    expect(await facts()).toHaveLength(3);
  });

  it('is known from the log, where its document is lost or a crash came before it', async () => {
    const raised = await alerts.raise(trouble());
    await parts.documents.drop({ name: 'alerts', fields: [] });
    expect(await alerts.find('DELIVERIES_INTERRUPTED', 'guesty')).toMatchObject({
      ...{ alert: raised?.alert, state: 'raised' },
    });
    expect(await alerts.raise(trouble())).toBeUndefined();
  });

  it('is told to everybody once for each of its states', async () => {
    await alerts.raise(trouble());
    const [told, ...more] = await alerts.unannounced();
    expect(more).toEqual([]);
    if (!told) throw new Error('nothing to tell');
    await alerts.clear('DELIVERIES_INTERRUPTED', 'guesty');
    // Told late of the first state: the second is still to be told.
    await alerts.announced(told);
    const [cleared] = await alerts.unannounced();
    expect(cleared?.state).toBe('cleared');
    if (cleared) await alerts.announced(cleared);
    expect(await alerts.unannounced()).toEqual([]);
    expect(await alerts.list('raised')).toEqual([]);
  });

  it('is apart from those of other causes and other things', async () => {
    await alerts.raise(trouble());
    await alerts.raise({ ...trouble(), about: 'aircall' });
    await alerts.raise({ ...trouble(), cause: 'HISTORY_UNREAD' });
    expect(await alerts.list('raised')).toHaveLength(3);
    expect(await alerts.find('HISTORY_UNREAD', 'aircall')).toBeUndefined();
  });
});
