import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';

import type { IndexCall, ThreadStart } from './messages.js';
import { readThread } from './read-thread.js';
import { writeThread } from './write-thread.js';

/** What one transaction may answer; nobody is kept waiting by those who come after. */
const CALLS_AT_ONCE = 256;

const { role, path } = workerData as ThreadStart;
const handle = role === 'write' ? writeThread(path) : readThread(path);
const port = parentPort;

port?.on('message', (first: IndexCall) => {
  const calls = [first];
  while (calls.length < CALLS_AT_ONCE) {
    const next = receiveMessageOnPort(port);
    if (!next) break;
    calls.push(next.message as IndexCall);
  }
  handle(calls, (reply) => {
    port.postMessage(reply, 'news' in reply ? [reply.news.buffer] : []);
  });
});
