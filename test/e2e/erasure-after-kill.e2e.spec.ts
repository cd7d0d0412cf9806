import { readFileSync } from 'node:fs';

import { afterAll, describe, expect, it } from '@jest/globals';

import { recordCollection } from '#libs/catalog';
import type { ErasureAnswer, ExaminationAnswer } from '#libs/routes';

import { DataFolder } from './harness/data-folder.js';
import { isOfColleague, markedBody, marksIn } from './harness/marks.js';
import { knock, Operator, until } from './harness/outside.js';
import { PlatformProcess } from './harness/platform-process.js';
import { marksInTable } from './harness/sqlite-look.js';

const CONTACT = 'contact/aircall.main.77120045';
const samples = ['contact.created', 'call.ended.answered', 'message.received.sms'];
/** The one that the killed rebuild was making. */
const half = recordCollection('contact', 2).name;

const folder = new DataFolder();
let running: PlatformProcess | undefined;
const url = (): string => running?.url ?? '';
const as = (role: 'admin' | 'viewer'): Operator => new Operator(url, folder.secret('issuer'), role);

const start = async (more: Record<string, string> = {}, at?: string): Promise<void> => {
  running = await PlatformProcess.start({ ...folder.settings, ...more }, { ...(at && { at }) });
};

const examined = async (): Promise<ExaminationAnswer> =>
  (await as('viewer').get('/api/doctor')).json;

const marksInFiles = (): readonly string[] =>
  folder
    .files()
    .flatMap((path) => marksIn(readFileSync(path)))
    .filter((mark) => !isOfColleague(mark));

afterAll(async () => {
  await running?.end('SIGKILL');
  folder.remove();
}, 30_000);

describe('somebody who is erased after a rebuild was killed', () => {
  it('stands in records of the rebuild that nobody reads, while no catalog runs', async () => {
    await start({}, `documents.put(${half}):after:1`);
    const token = folder.secret('aircall-token');
    for (const sample of samples)
      expect((await knock(url(), markedBody(sample, token))).status).toBe(200);
    await until('all is in records', async () => {
      const { text } = await as('viewer').get(`/api/records/${CONTACT}`);
      const { consumers } = await examined();
      return text.includes('Zephyrine') && consumers.every(({ behind = 0 }) => behind === 0);
    });
    // It may die before it answers.
    await new Operator(url, folder.secret('issuer'), 'admin')
      .post('/api/rebuilds/catalog')
      .catch(() => undefined);
    await running?.died();
    expect(marksInTable(folder.file('innkeeper.db'), half)).toContain('Zephyrine');
  }, 120_000);

  it('is erased, and is in no byte of any file once a catalog has started', async () => {
    await start({ INNKEEPER_ROLES: 'webhook-ingest,api' });
    const { status, json } = await as('admin').post('/api/erasures', {
      target: CONTACT,
      confirm: true,
    });
    expect(status).toBeLessThan(300);
    expect(json as ErasureAnswer).toMatchObject({ erased: true, refolded: false });
    expect(marksInTable(folder.file('innkeeper.db'), half)).toContain('Zephyrine');
    await running?.end('SIGTERM');
    await start();
    await until('nothing is left in the files', async () => marksInFiles().length === 0);
    const health = await until('the doctor is well', async () => {
      const now = await examined();
      return now.well ? now : undefined;
    });
    expect(health.findings).toEqual([]);
  }, 120_000);

  it('does not come back when the rebuild is done', async () => {
    const admin = as('admin');
    const { json } = await admin.post('/api/rebuilds/catalog', { switch: true });
    const state = await until('rebuilt', async () => {
      const asked = await admin.get(`/api/rebuilds/${(json as { id: string }).id}`);
      const { state: now } = asked.json as { state: string };
      return ['asked', 'running'].includes(now) ? undefined : now;
    });
    expect(state).toBe('switched');
    expect(marksInFiles()).toEqual([]);
    expect((await admin.get(`/api/records/${CONTACT}`)).status).toBe(200);
  }, 120_000);
});
