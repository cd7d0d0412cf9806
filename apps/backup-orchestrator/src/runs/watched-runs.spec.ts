import { describe, expect, it } from '@jest/globals';

import type { BackupRun } from '#libs/backups';
import { asFault, fault, type Id } from '#libs/kernel';

import { WatchedRuns } from './watched-runs.js';

const ID = '019ad3c2-5b00-7a11-8c22-0a1b2c3d4e5f' as Id;

const runAt = (step: BackupRun['step'], more: Partial<BackupRun> = {}): BackupRun => ({
  ...{
    id: ID,
    kind: 'manual',
    requestedBy: 'operator',
    status: 'running',
    step,
    attempt: 1,
    failures: 0,
  },
  ...{ requestedAt: 0, startedAt: 0, stepStartedAt: 0, heartbeatAt: 0, claims: 0, revision: 0 },
  ...{ steps: [], sources: [], warnings: [] },
  ...more,
});
const ended = runAt('close', { status: 'succeeded' });
const never = new AbortController().signal;

/** One run, whose store is read when the test says so. */
const watching = () => {
  let state: BackupRun | Error = runAt('admit');
  let looks = 0;
  let turn = Promise.withResolvers<void>();
  const watched = new WatchedRuns({
    show: () => {
      looks += 1;
      return state instanceof Error ? Promise.reject(state) : Promise.resolve(state);
    },
    sleep: (_ms, signal) => {
      const stopped = new Promise<void>((resolve) =>
        signal.addEventListener('abort', () => resolve()),
      );
      return Promise.race([turn.promise, stopped]);
    },
  });
  return {
    watched,
    looks: () => looks,
    become(next: BackupRun | Error) {
      state = next;
      turn.resolve();
      turn = Promise.withResolvers();
    },
  };
};

/** Everything that comes, and the fault it ends with. */
const collected = (states: AsyncIterable<BackupRun>) => {
  const seen: string[] = [];
  const over = (async (): Promise<void> => {
    try {
      for await (const { step, status } of states) seen.push(`${step} ${status}`);
    } catch (thrown) {
      seen.push(asFault(thrown).code);
    }
  })();
  return { seen, over };
};
const settled = (): Promise<void> => new Promise(setImmediate);

describe('a run that is watched', () => {
  it('is told as it stands, then with each change, and ends after its end', async () => {
    const { watched, become } = watching();
    const { seen, over } = collected(watched.states(ID, never));
    await settled();
    expect(seen).toEqual(['admit running']);
    become(runAt('save'));
    await settled();
    become(runAt('save'));
    await settled();
    become(ended);
    await over;
    expect(seen).toEqual(['admit running', 'save running', 'close succeeded']);
  });

  it('is read once a turn for all who watch it', async () => {
    const { watched, become, looks } = watching();
    const all = Array.from({ length: 50 }, () => collected(watched.states(ID, never)));
    await settled();
    expect(looks()).toBe(1);
    become(runAt('save'));
    await settled();
    expect(looks()).toBe(2);
    become(ended);
    await Promise.all(all.map(({ over }) => over));
    expect(looks()).toBe(3);
    expect(new Set(all.map(({ seen }) => seen.join()))).toEqual(
      new Set(['admit running,save running,close succeeded']),
    );
  });

  it('is read no more when the last one leaves, and read again for who comes then', async () => {
    const { watched, become, looks } = watching();
    const leaving = new AbortController();
    const [first, second] = [
      collected(watched.states(ID, leaving.signal)),
      collected(watched.states(ID, leaving.signal)),
    ];
    await settled();
    leaving.abort();
    await Promise.all([first.over, second.over]);
    become(runAt('save'));
    await settled();
    expect(looks()).toBe(1);
    const third = collected(watched.states(ID, never));
    await settled();
    expect(third.seen).toEqual(['save running']);
    expect(looks()).toBe(2);
    watched.close();
    await third.over;
  });

  it('gives who is slow the latest state, not each that was missed', async () => {
    const { watched, become } = watching();
    const states = watched.states(ID, never);
    expect((await states.next()).value).toMatchObject({ step: 'admit' });
    for (const step of ['prepare', 'export', 'save'] as const) {
      become(runAt(step));
      await settled();
    }
    expect((await states.next()).value).toMatchObject({ step: 'save' });
    watched.close();
    expect((await states.next()).done).toBe(true);
  });

  it('ends with the fault where it cannot be read, for each who watches', async () => {
    const { watched, become } = watching();
    const all = [collected(watched.states(ID, never)), collected(watched.states(ID, never))];
    await settled();
    become(fault('DOCUMENTS_UNAVAILABLE'));
    await Promise.all(all.map(({ over }) => over));
    for (const { seen } of all) expect(seen).toEqual(['admit running', 'DOCUMENTS_UNAVAILABLE']);
  });

  it('keeps nobody waiting when the process stops', async () => {
    const { watched } = watching();
    const { seen, over } = collected(watched.states(ID, never));
    await settled();
    watched.close();
    await over;
    expect(seen).toEqual(['admit running']);
  });
});
