import { MeasuredPlatform, type MeasuredOptions } from './measured-platform.js';
import type { Usage } from './messages.js';

export interface Drained {
  readonly start: Usage;
  readonly steps: readonly Usage[];
}

/** Starts the platform on what waits in a data directory and follows it until all is in records. */
export const drained = async (
  folder: string,
  count: number,
  { step, ...options }: Omit<MeasuredOptions, 'folder'> & { readonly step: number },
): Promise<Drained> => {
  const platform = await MeasuredPlatform.start({ folder, canarySeconds: 1, step, ...options });
  try {
    const start = await platform.open();
    await platform.stepped(Math.floor(count / step));
    return { start, steps: platform.steps };
  } finally {
    await platform.stop();
  }
};
