import { composeCapture, type FollowedFeed } from '#libs/capture';
import type { OperatorRole } from '#libs/kernel';
import { systemTimers } from '#libs/platform';
import { MemoryCollection, MemoryFeed } from '#libs/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { runApi, type Answer, type RunningApi } from './running-api.js';

const jobs = Array.from({ length: 60 }, (_, i) => ({ _id: `job${i}`, title: `Job ${i}` }));

let collection: MemoryCollection;
let feed: FollowedFeed;
let api: RunningApi;

beforeEach(async () => {
  // Its clock is that of this machine, as a real one's nearly is.
  collection = new MemoryCollection(jobs, Math.floor(Date.now() / 1000));
  feed = {
    ...{ name: 'jobs', source: 'jobs-feed', kind: 'notice', provider: 'jobs', account: 'main' },
    ...{ collection: { standing: () => 'there' }, idForm: 'notice' },
    feed: new MemoryFeed(collection),
  };
  api = await runApi({}, (parts) => ({ ...parts, feeds: [feed] }));
});
afterEach(() => api.stop());

/** What the role change-stream-listener does, until `isSo`. */
const followUntil = async (isSo: () => Promise<boolean>): Promise<void> => {
  const stop = new AbortController();
  const { sleep } = systemTimers;
  const leading = composeCapture({ ...api.parts, feeds: [feed], sleep });
  const led = leading.follow('jobs', { term: ++term, signal: stop.signal });
  while (!(await isSo())) await sleep(20, stop.signal);
  stop.abort();
  await led;
};
let term = 0;

interface ShownFeed {
  readonly name: string;
  readonly phase: string;
  readonly done: number;
  readonly tokenAt: string | null;
  readonly code?: string;
  readonly waiting?: { readonly count: number };
}
const listed = async (): Promise<ShownFeed> => {
  const { body } = await api.ask<{ items: ShownFeed[] }>('viewer', '/api/capture');
  const [item] = body.items;
  if (!item) throw new Error('nothing is listed');
  return item;
};
const inStream = async (): Promise<boolean> => (await listed()).phase === 'stream';

const post = (role: OperatorRole, path: string): Promise<Answer<{ code: string }>> =>
  api.ask(role, path, { method: 'POST' });

const findings = async (): Promise<readonly string[]> => {
  const { body } = await api.ask<{ findings: { code: string }[] }>('viewer', '/api/doctor');
  return body.findings.map(({ code }) => code).filter((code) => code.startsWith('CAPTURE_'));
};

describe('what is followed', () => {
  it('is listed from the start, and how far it is', async () => {
    expect(await listed()).toMatchObject({
      name: 'jobs',
      done: 0,
      tokenAt: null,
      preImages: false,
    });
    await followUntil(inStream);
    const { body } = await api.ask<{ items: object[] }>('viewer', '/api/capture');
    expect(body.items).toEqual([
      {
        ...{ name: 'jobs', phase: 'stream', done: 60, preImages: false, parked: [] },
        lagMs: expect.any(Number),
        tokenAt: expect.stringMatching(/^20\d\d-.*Z$/),
      },
    ]);
    const { body: metrics } = await api.ask<string>('viewer', '/metrics');
    for (const name of ['innkeeper_capture_lag_seconds', 'innkeeper_capture_token_age_seconds'])
      expect(metrics).toMatch(new RegExp(`^${name}\\{feed="jobs"\\} [\\d.]+$`, 'm'));
  });

  it('is read by viewers, and changed by operators', async () => {
    expect((await api.ask(undefined, '/api/capture')).status).toBe(401);
    expect((await api.ask('viewer', '/api/capture/check')).status).toBe(403);
    for (const what of ['confirm', 'resnapshot'])
      expect((await post('viewer', `/api/capture/jobs/${what}`)).status).toBe(403);
  });

  it('has a name that is known', async () => {
    for (const what of ['confirm', 'resnapshot']) {
      const { status, body } = await post('operator', `/api/capture/nothing/${what}`);
      expect([status, body.code]).toEqual([404, 'CAPTURE_FEED_UNKNOWN']);
    }
  });

  it('is checked where it is', async () => {
    const check = async () => (await api.ask<object>('operator', '/api/capture/check')).body;
    expect(await check()).toMatchObject({ well: true, items: [{ name: 'jobs', well: true }] });
    collection.away();
    expect(await check()).toMatchObject({
      well: false,
      items: [{ name: 'jobs', well: false, code: 'CAPTURE_UNREACHABLE' }],
    });
  });

  it('is a finding when it is gone, and well again when it is back', async () => {
    await followUntil(inStream);
    expect(await findings()).toEqual([]);
    collection.drop();
    await followUntil(async () => (await listed()).code === 'CAPTURE_COLLECTION_GONE');
    expect(await findings()).toContain('CAPTURE_COLLECTION_GONE');
    for (const job of jobs) collection.write(job);
    await followUntil(inStream);
    expect(await findings()).toEqual([]);
  });

  it('is read again when an operator asks, and says who did', async () => {
    await followUntil(inStream);
    expect((await post('operator', '/api/capture/jobs/resnapshot')).status).toBe(202);
    expect(api.lines).toContainEqual({
      event: 'capture.resnapshot_asked',
      fields: { source: 'jobs', operator: 'Zoe' },
    });
  });

  it('waits for a word before it erases what a snapshot does not find', async () => {
    await followUntil(inStream);
    expect(await post('operator', '/api/capture/jobs/confirm')).toMatchObject({
      status: 409,
      body: { code: 'CAPTURE_NOTHING_TO_CONFIRM' },
    });
    collection.drop();
    collection.create();
    await followUntil(async () => (await inStream()) && (await listed()).waiting !== undefined);
    expect((await listed()).waiting).toMatchObject({ count: expect.any(Number) });
    expect(await findings()).toContain('CAPTURE_DELETION_WAITING');
    expect((await post('operator', '/api/capture/jobs/confirm')).status).toBe(204);
    expect(await findings()).not.toContain('CAPTURE_DELETION_WAITING');
  });
});
