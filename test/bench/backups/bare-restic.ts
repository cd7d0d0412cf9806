import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** The program alone, as a person would start it: the limit of what can be had. */
export const bareRestic = async (
  program: string,
  repository: string,
  password: string,
  args: readonly string[],
): Promise<void> => {
  const child = spawn(program, [...args, '--no-cache', '--quiet'], {
    env: {
      PATH: process.env['PATH'] ?? '',
      RESTIC_REPOSITORY: repository,
      RESTIC_PASSWORD: password,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [exit] = (await once(child, 'close')) as [number | null];
  if (exit !== 0) throw new Error(`restic ${args[0]} ended with ${exit}`);
};
