import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import type { ChatSource } from './chat-source.js';

const program = fileURLToPath(new URL('./bare-follow.program.js', import.meta.url));

export interface BareWork {
  readonly work: 'snapshot' | 'stream';
  readonly source: ChatSource;
  readonly folder: string;
  /** So many documents. */
  readonly count: number;
  /** What others write meanwhile. */
  readonly meanwhile?: () => Promise<void>;
}

/** Documents a second of a bare loop, from the first one that is there to read until the last one is durable. */
export const bareRate = async ({
  work,
  source,
  folder,
  count,
  meanwhile,
}: BareWork): Promise<number> => {
  const child = fork(program, [source.url, source.database, folder, work, String(count)], {
    execArgv: [],
  });
  const gone = once(child, 'exit').then(() => {
    throw new Error('the bare loop ended');
  });
  gone.catch(() => undefined);
  await Promise.race([once(child, 'message'), gone]);
  const done = once(child, 'message');
  const began = performance.now();
  child.send('go');
  await Promise.all([Promise.race([done, gone]), meanwhile?.()]);
  const took = performance.now() - began;
  if (child.exitCode === null) await once(child, 'exit');
  return (count * 1000) / took;
};
