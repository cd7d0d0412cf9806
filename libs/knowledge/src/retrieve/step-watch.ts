import type { Clock } from '#libs/kernel';

import type { Found } from './retrieval.js';

/** Notes what each step of a search took and left. */
export const stepWatch = (clock: Clock) => {
  const noted: Found['steps'][number][] = [];
  let since = clock.now();
  return {
    passed(step: string, left: number): void {
      const now = clock.now();
      noted.push({ step, ms: now - since, left });
      since = now;
    },
    steps: (): Found['steps'] => noted,
  };
};
