import { describe, expect, it } from '@jest/globals';

import { asFault, fault } from '#libs/kernel';

import { goodRun, runShown } from '../../../test/backup-runs.js';
import { followRun, type FollowedRun } from './follow-run.js';

const never = new AbortController().signal;

/** Waits in vain are counted, not waited for. */
const following = (events: FollowedRun['events'], interrupted = never) => {
  let waits = 0;
  const sleep = (): Promise<void> => Promise.resolve(void (waits += 1));
  const ended = followRun({ events, onState: () => Promise.resolve(), interrupted, sleep });
  return { ended, waits: () => waits };
};

type Events = ReturnType<FollowedRun['events']>;

/** A platform that fails before it says anything. */
const failing = (code: 'PLATFORM_UNREACHABLE' | 'BACKUP_NOT_FOUND') => (): Events => ({
  [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(fault(code)) }),
});

describe('a run that is followed', () => {
  it('is looked for for half a minute, and then the platform is unreachable', async () => {
    const { ended, waits } = following(failing('PLATFORM_UNREACHABLE'));
    const code = await ended.catch((thrown: unknown) => asFault(thrown).code);
    expect(code).toBe('PLATFORM_UNREACHABLE');
    expect(waits()).toBe(30);
  });

  it('is not looked for again where the answer is that there is none', async () => {
    const { ended, waits } = following(failing('BACKUP_NOT_FOUND'));
    const code = await ended.catch((thrown: unknown) => asFault(thrown).code);
    expect([code, waits()]).toEqual(['BACKUP_NOT_FOUND', 0]);
  });

  it('has half a minute again after each time the platform came back', async () => {
    let away = 0;
    const { ended, waits } = following(async function* () {
      away += 1;
      if (away === 80) yield { event: 'answer', data: goodRun() };
      else if (away % 20 === 0) yield { event: 'run', data: runShown() };
      else throw await Promise.resolve(fault('PLATFORM_UNREACHABLE'));
    });
    expect(await ended).toMatchObject({ status: 'succeeded' });
    expect(waits()).toBe(79);
  });

  it('is left where somebody interrupts, also while the platform is away', async () => {
    const leaving = new AbortController();
    const { ended } = following(() => {
      leaving.abort();
      return failing('PLATFORM_UNREACHABLE')();
    }, leaving.signal);
    expect(await ended).toBeUndefined();
  });
});
