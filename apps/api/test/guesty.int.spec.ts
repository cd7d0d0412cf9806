import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { guestySample, runApi, type Item, type RunningApi } from './running-api.js';

interface Page {
  readonly items: readonly Item[];
}

const names = [
  ...['reservation.messageReceived.inquiry-no-reservation', 'reservation.messageSent'],
  ...['reservation.messageReceived.airbnb', 'reservation.messageReceived.empty-body'],
  ...['payments.failed', 'payments.received', 'task.created', 'task.deleted'],
];

let api: RunningApi;
let deliveries: string[];

beforeAll(async () => {
  api = await runApi();
  deliveries = await api.takeFrom('guesty', ...names.map(guestySample));
  await api.project();
});
afterAll(() => api.stop());

const listed = async (path: string): Promise<readonly Item[]> =>
  (await api.ask<Page>('viewer', `/api/records/${path}`)).body.items;

describe('what Guesty told, over the API', () => {
  it('lists messages by who wrote them, how they came and what they are about', async () => {
    expect(deliveries).toHaveLength(names.length);
    const ids = (items: readonly Item[]) => items.map(({ id }) => id.slice(-4));
    expect(ids(await listed('guest_message?author=host'))).toEqual(['a005', 'a002']);
    expect(ids(await listed('guest_message?channel=email'))).toEqual(['b001']);
    const stay = 'guesty.main.66d3e4f5a6b7c8d9e0f1a2b3';
    const ofStay = await listed(`guest_message?reservation=${stay}&author=guest`);
    expect(ids(ofStay)).toEqual(['a004', 'a003', 'a001']);
    expect(await listed('guest_message?sentAt=2026-09-14T09:05:10.000Z')).toMatchObject([
      { displayName: 'The key safe will not open 😕' },
    ]);
  });

  it('keeps a message that four bodies repeat as one fact', async () => {
    const message = 'guest_message/guesty.main.67100000000000000000a001';
    const { body } = await api.ask<{ history: readonly Item[] }>(
      'viewer',
      `/api/records/${message}`,
    );
    expect(body).toMatchObject({ text: 'Hello, we arrive at 15:00. Is parking included?' });
    expect(body.history).toHaveLength(1);
  });

  it('lists conversations, payments and tasks by what they declare', async () => {
    expect(await listed('conversation?status=open')).toHaveLength(2);
    expect(await listed('payment?status=received&currency=GBP')).toMatchObject([
      { amount: { text: '591.50 GBP' } },
    ]);
    expect(await listed('payment?status=failed')).toEqual([]);
    expect(await listed('task')).toEqual([]);
    const task = await api.ask('viewer', '/api/records/task/guesty.main.672aa0000000000000000001');
    expect(task.body).toMatchObject({ deleted: true, displayName: 'Replace key safe battery' });
  });

  it('names each kind and its filters in the description of the API', async () => {
    const { body } = await api.ask<{ paths: Record<string, unknown> }>(undefined, '/openapi.json');
    const parameters = (kind: string) => JSON.stringify(body.paths[`/api/records/${kind}`]);
    expect(parameters('guest_message')).toContain('"author"');
    expect(parameters('payment')).toContain('"reservation"');
    expect(parameters('review')).toContain('"listing"');
    expect(parameters('task')).toContain('"dueAt"');
    expect(parameters('conversation')).toContain('"assignedTo"');
  });
});
