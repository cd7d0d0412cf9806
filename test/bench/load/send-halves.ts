import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import type { HalfSentLoad, HalfSentTold } from './half-sent.js';

const program = fileURLToPath(new URL('./half-sent.program.js', import.meta.url));

/** Starts them; the answer ends them. */
export const sendHalves = (load: HalfSentLoad): (() => Promise<HalfSentTold>) => {
  const child = fork(program, [], { execArgv: [] });
  child.send(load);
  return async () => {
    child.send('stop');
    const [told] = (await once(child, 'message')) as [HalfSentTold];
    return told;
  };
};
