import { staff, type JsonObject } from '#libs/kernel';
import { describe, expect, it } from '@jest/globals';

import { recordReaders } from './readers.js';
import { shownRecord } from './shown-record.js';

const payment = { id: 'p1', amount: 100, currency: 'EUR', status: 'paid' };
const reservation: JsonObject = {
  layers: [
    [
      '000000000000001.010.001.x',
      { id: 'r1', currency: 'EUR', 'money.EUR.balanceDue': 5, 'money.EUR.payments': [payment] },
    ],
  ],
  progress: [],
};

const { readableBy } = recordReaders({ payment: ['group:finance'] });

describe('a record as it is shown', () => {
  it('leaves out what it repeats of a kind that its reader may not read', () => {
    const shown = shownRecord('reservation', reservation, readableBy(staff));
    expect(shown.money).toMatchObject({ balanceDue: 5 });
    expect(shown.money).not.toHaveProperty('payments');
    expect(shown).toMatchObject({ id: 'r1', kind: 'reservation' });
  });

  it('is whole to those who may read that kind, and where nothing is limited', () => {
    const finance = readableBy([...staff, 'group:finance']);
    for (const mayRead of [finance, recordReaders().readableBy(staff)])
      expect(shownRecord('reservation', reservation, mayRead).money).toMatchObject({
        payments: [{ id: 'p1' }],
      });
  });

  it('is whole where it repeats nothing', () => {
    const contact = { layers: [['000000000000001.010.001.x', { id: 'c1' }]], progress: [] };
    expect(shownRecord('contact', contact as JsonObject, readableBy(staff))).toMatchObject({
      id: 'c1',
    });
  });
});
