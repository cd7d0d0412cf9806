import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import type { Load, Sent } from './sender.js';

const program = fileURLToPath(new URL('./load.program.js', import.meta.url));

export const send = async (load: Load): Promise<Sent> => {
  const child = fork(program, [], { execArgv: [] });
  child.send(load);
  const [sent] = (await once(child, 'message')) as [Sent];
  return sent;
};
