import { setTimeout as pause } from 'node:timers/promises';

import { Fault, fault } from '#libs/kernel';
import type { BackupRunAnswer, RouteEvent, watchBackup } from '#libs/routes';

export interface FollowedRun {
  readonly events: (signal: AbortSignal) => AsyncIterable<RouteEvent<typeof watchBackup>>;
  readonly onState: (run: BackupRunAnswer) => Promise<void>;
  /** The person who waits has had enough. */
  readonly interrupted: AbortSignal;
  /** Ends early, and well, when the signal is aborted. */
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** A platform that is started again is back within this time, and the run with it. */
const TRIES = 30;
const AGAIN_MS = 1_000;

/**
 * A run as it goes on, to its end; nothing where somebody interrupts it. The platform may go away meanwhile: the run
 * outlives that, so it is looked for again before anybody is told that it cannot be reached.
 */
export const followRun = async ({
  events,
  onState,
  interrupted,
  sleep = pauseOrEnd,
}: FollowedRun): Promise<BackupRunAnswer | undefined> => {
  for (let tries = 0; !interrupted.aborted; tries++) {
    try {
      const ended = await toItsEnd(events(interrupted), async (run) => {
        tries = 0;
        await onState(run);
      });
      if (ended) return ended;
    } catch (thrown) {
      if (!isAway(thrown) || tries >= TRIES) throw thrown;
    }
    if (tries >= TRIES) throw fault('PLATFORM_UNREACHABLE');
    await sleep(tries === 0 ? 0 : AGAIN_MS, interrupted);
  }
  return undefined;
};

/** Nothing where the stream ended before: the process that served it stops. */
const toItsEnd = async (
  events: ReturnType<FollowedRun['events']>,
  onState: FollowedRun['onState'],
): Promise<BackupRunAnswer | undefined> => {
  for await (const { event, data } of events) {
    if (event === 'answer') return data;
    await onState(data);
  }
  return undefined;
};

const isAway = (thrown: unknown): boolean =>
  thrown instanceof Fault && thrown.kind === 'unavailable';

const pauseOrEnd = async (ms: number, signal: AbortSignal): Promise<void> => {
  try {
    await pause(ms, undefined, { signal });
  } catch {
    // Interrupted: who called looks at the signal next.
  }
};
