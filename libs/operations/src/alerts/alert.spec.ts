import { given } from '#libs/testing';
import { describe, expect, it } from '@jest/globals';

import {
  alertDecider,
  startAfter,
  type AlertCleared,
  type AlertRaised,
  type RaiseAlert,
} from './alert.js';

const ALERT = '0019f000-0000-8000-8000-000000000001';
const name = { cause: 'DELIVERIES_INTERRUPTED', about: 'guesty' } as const;
const found = ['inactive'];
const raise: RaiseAlert = { type: 'raise', alert: ALERT, ...name, found, startedAt: 100 };
const raised: AlertRaised = {
  type: 'operations.alert.raised.v1',
  occurredAt: 100,
  data: { alert: ALERT, ...name, found, startedAt: 100 },
};
const cleared: AlertCleared = {
  type: 'operations.alert.cleared.v1',
  occurredAt: 200,
  data: { alert: ALERT, ...name, startedAt: 100, clearedAt: 200 },
};

describe('the decider of alerts', () => {
  it('raises an alert at its start', () => {
    const { events, state } = given(alertDecider).when(raise);
    expect(events).toEqual([raised]);
    expect(state).toEqual({ ...raised.data, state: 'raised', version: 1 });
  });

  it('raises nothing while it is raised, whatever else was found', () => {
    const again = { ...raise, found: ['silent'], startedAt: 150 };
    expect(given(alertDecider, raised).when(again).events).toEqual([]);
  });

  it('clears what is raised, with what was found then and what was missed', () => {
    const gap = { from: 100, to: 200, found: 3, lost: [] };
    const { events, state } = given(alertDecider, raised).when({
      ...{ type: 'clear', clearedAt: 200 },
      gap,
    });
    expect(events).toEqual([{ ...cleared, data: { ...cleared.data, gap } }]);
    expect(state).toMatchObject({ state: 'cleared', found, clearedAt: 200, gap, version: 2 });
  });

  it('clears nothing that is not raised', () => {
    const clear = { type: 'clear', clearedAt: 300 } as const;
    expect(given(alertDecider).when(clear).events).toEqual([]);
    expect(given(alertDecider, raised, cleared).when(clear).events).toEqual([]);
  });

  it('raises again after it was cleared, and not before the end of the one before', () => {
    const { state, when } = given(alertDecider, raised, cleared);
    expect(startAfter(state, 100)).toBe(200);
    expect(startAfter(state, 250)).toBe(250);
    expect(when({ ...raise, startedAt: 200 }).state).toMatchObject({ state: 'raised', version: 3 });
  });
});
