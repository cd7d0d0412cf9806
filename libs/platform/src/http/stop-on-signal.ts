import type { Log } from '../logs/log.js';

export interface Stopping {
  /** Stops intake, drains, closes: in that order. */
  readonly stop: () => Promise<void>;
  readonly deadlineMs: number;
  readonly exit: (code: number) => void;
  readonly log: Log;
  readonly signals?: Pick<NodeJS.Process, 'once'>;
}

/** SIGTERM and SIGINT drain and exit 0; what is not done by the deadline is as safe as after kill -9. */
export const stopOnSignal = ({
  stop,
  deadlineMs,
  exit,
  log,
  signals = process,
}: Stopping): void => {
  let stopping = false;
  const onSignal = (signal: string) => async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    log.info('process.stopping', { signal });
    const outcome = await withDeadline(stop, deadlineMs);
    if (outcome === 'stopped') log.info('process.stopped', { outcome });
    else log.warn('process.stopped', { outcome, afterMs: deadlineMs });
    exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT']) signals.once(signal, () => void onSignal(signal)());
};

const withDeadline = async (
  stop: () => Promise<void>,
  ms: number,
): Promise<'stopped' | 'deadline' | 'failed'> => {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<'deadline'>((resolve) => {
    timer = setTimeout(() => resolve('deadline'), ms);
  });
  const stopped = stop().then(
    () => 'stopped' as const,
    () => 'failed' as const,
  );
  const outcome = await Promise.race([stopped, deadline]);
  clearTimeout(timer);
  return outcome;
};
