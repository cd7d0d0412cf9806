import { subscriptions } from '#libs/contracts';
import { createDeliveries, takeInDeliveries } from '#libs/intake';
import { drained } from '#libs/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { guestySample, runApi, type Item, type RunningApi } from './running-api.js';

interface Page {
  readonly items: readonly Item[];
}

const loft = 'guesty.main.65b1c2d3e4f5a6b7c8d9e0f1';
const wifi = { name: 'loft/wifi.md', text: '---\nlisting: quay 01\n---\n# Wifi\n\nIt is 0042.' };

let api: RunningApi;

beforeAll(async () => {
  api = await runApi();
  await api.takeFrom('guesty', guestySample('listing.new'), guestySample('listing.updated'));
  await api.project();
});
afterAll(() => api.stop());

/** What the roles of intake and catalog do with what was published. */
const settle = async (): Promise<number> => {
  const { parts } = api;
  const deliveries = createDeliveries({ ...parts, retentionMs: 3_600_000 });
  const messages = await drained(parts.bus, subscriptions.intakeOfDeliveries);
  await takeInDeliveries({ ...parts, deliveries })(messages.map(({ data }) => data));
  await api.project();
  return messages.length;
};

const post = (body: unknown) =>
  api.ask<Item & { readonly note: string; readonly status: string }>('operator', '/api/notes', {
    method: 'POST',
    body,
  });
const shown = async () => (await api.ask<Page>('viewer', '/api/records/note')).body.items;

describe('notes', () => {
  it('are taken in as deliveries, with the listing that their author names', async () => {
    const { status, body } = await post(wifi);
    expect([status, body.status]).toEqual([200, 'received']);
    expect(body).toMatchObject({ note: 'notes.main.loft.wifi', listing: loft });
    await settle();
    expect(await shown()).toMatchObject([
      { id: 'notes.main.loft.wifi', displayName: 'Wifi', listing: loft },
    ]);
    const raw = await api.ask('admin', `/api/deliveries/${body.id}`);
    expect(raw.body).toMatchObject({ source: 'notes' });
  });

  it('are nothing new while they say the same, and a next version when they do not', async () => {
    expect((await post(wifi)).body.status).toBe('unchanged');
    expect(await settle()).toBe(0);
    await post({ ...wifi, text: wifi.text.replace('0042', '0043') });
    await settle();
    const [note, ...others] = await shown();
    expect(others).toEqual([]);
    expect(note?.['text']).toContain('0043');
  });

  it('are refused with the listings to choose from when no listing has the name', async () => {
    const { status, body } = await post({ ...wifi, listing: 'Quay' });
    expect([status, body['code']]).toEqual([422, 'INTAKE_NOTE_LISTING_UNKNOWN']);
    expect(body['detail']).toBe(`choices: ${loft}`);
  });

  it.each([
    ['INTAKE_NOTE_NAMELESS', 422, { text: 'Text' }],
    ['INTAKE_NOTE_EMPTY', 422, { text: '---\ntitle: Wifi\n---\n' }],
    ['INTAKE_NOTE_UNREADABLE', 422, { text: '---\ntitle: [\n---\nText' }],
    ['INTAKE_NOTE_TOO_LONG', 413, { text: 'x'.repeat(65_537) }],
    ['API_REQUEST_INVALID', 400, { markdown: 'Text' }],
  ])('answer %s where they cannot be taken in', async (code, status, body) => {
    const answer = await post(body);
    expect([answer.body['code'], answer.status]).toEqual([code, status]);
  });

  it('are out of lists once removed, and back when they are saved again', async () => {
    const remove = () =>
      api.ask('operator', '/api/notes/notes.main.loft.wifi', { method: 'DELETE' });
    expect((await remove()).body).toMatchObject({ status: 'received' });
    await settle();
    expect(await shown()).toEqual([]);
    await post(wifi);
    await settle();
    expect(await shown()).toHaveLength(1);
    const nobody = await api.ask('operator', '/api/notes/notes.main.none', { method: 'DELETE' });
    expect(nobody.status).toBe(404);
  });

  it('may be Markdown alone', async () => {
    const { url } = api;
    const { body: plain } = await post({ ...wifi, name: 'other' });
    expect(plain.note).toBe('notes.main.other');
    const refused = await fetch(`${url}/api/notes`, { method: 'POST', body: 'Text' });
    expect(refused.status).toBe(401);
  });
});
