import { describe, expect, it } from '@jest/globals';
import { EventEmitter } from 'node:events';

import { silentLog } from '../logs/log.js';
import { stopOnSignal } from './stop-on-signal.js';

const listening = (stop: () => Promise<void>, deadlineMs = 60_000) => {
  const signals = new EventEmitter();
  let stops = 0;
  const exited = new Promise<number>((exit) => {
    stopOnSignal({
      stop: () => {
        stops += 1;
        return stop();
      },
      deadlineMs,
      exit,
      log: silentLog,
      signals: signals as unknown as Pick<NodeJS.Process, 'once'>,
    });
  });
  return { signals, exited, stops: () => stops };
};

describe('stopOnSignal', () => {
  it.each(['SIGTERM', 'SIGINT'])('drains on %s and then exits 0', async (signal) => {
    const order: string[] = [];
    const { signals, exited } = listening(async () => {
      await new Promise(setImmediate);
      order.push('drained');
    });
    signals.emit(signal);
    order.push(`exit ${await exited}`);
    expect(order).toEqual(['drained', 'exit 0']);
  });

  it('stops once, whatever else arrives', async () => {
    let finish = (): void => undefined;
    const { signals, exited, stops } = listening(() => new Promise((done) => (finish = done)));
    signals.emit('SIGTERM');
    signals.emit('SIGINT');
    signals.emit('SIGTERM');
    finish();
    await exited;
    expect(stops()).toBe(1);
  });

  it('lets go at the deadline, and after a stop that failed', async () => {
    const stuck = listening(() => new Promise(() => undefined), 5);
    stuck.signals.emit('SIGTERM');
    expect(await stuck.exited).toBe(0);
    const failing = listening(() => Promise.reject(new Error('x')));
    failing.signals.emit('SIGTERM');
    expect(await failing.exited).toBe(0);
  });
});
