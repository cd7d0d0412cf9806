import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('./bare-door.program.js', import.meta.url));

export interface BareDoor {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

export const startBareDoor = async (file: string): Promise<BareDoor> => {
  const child = fork(program, [file], { execArgv: [] });
  const [url] = (await once(child, 'message')) as [string];
  return {
    url,
    async stop() {
      child.kill();
      await once(child, 'exit');
    },
  };
};
