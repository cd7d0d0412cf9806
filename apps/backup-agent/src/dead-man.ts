import { Worker } from 'node:worker_threads';

export interface DeadMan {
  /** The time is known better now. */
  readonly again: (ms: number) => void;
}

/** Of a thread of its own: a program that hangs does not hold it up. It is text, so that it needs no file. */
const THREAD = `
  const { parentPort, workerData } = require('node:worker_threads');
  const { spawn } = require('node:child_process');
  const end = () => {
    const [program, ...words] = workerData.powerOff;
    const kill = () => process.kill(process.pid, 'SIGKILL');
    if (program === undefined) return kill();
    spawn(program, words, { detached: true, stdio: 'ignore' }).on('spawn', kill).on('error', kill).unref();
  };
  let timer = setTimeout(end, workerData.ms);
  parentPort.on('message', (ms) => {
    clearTimeout(timer);
    timer = setTimeout(end, ms);
  });
`;

/** Ends this program at a time, and the machine with it, even if the program hangs. */
export const deadMan = (ms: number, powerOff: readonly string[] = []): DeadMan => {
  const thread = new Worker(THREAD, { eval: true, workerData: { ms, powerOff }, name: 'dead-man' });
  thread.unref();
  return { again: (later) => thread.postMessage(later) };
};
