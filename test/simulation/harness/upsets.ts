import fc from 'fast-check';

import type { Disruption } from './simulation.js';
import type { World } from './world.js';

/** What befalls one of the processes: it dies, stands still for a while, or one call of it fails. */
export type Upset =
  | 'crash'
  | 'pause'
  | 'pause_at_swap'
  | 'pause_at_put'
  | 'pause_at_replace'
  | 'not_arrived'
  | 'answer_lost';

export interface Befalling {
  readonly after: number;
  readonly upset: Upset;
  /** Which of the processes that are there. */
  readonly whom: number;
  /** Shorter and longer than a lease lasts. */
  readonly forMs: number;
}

export const befallings = (
  upsets: readonly Upset[],
  most: number,
): fc.Arbitrary<readonly Befalling[]> =>
  upsets.length === 0
    ? fc.constant([])
    : fc.array(
        fc.record({
          after: fc.nat(45),
          upset: fc.constantFrom(...upsets),
          whom: fc.nat(3),
          forMs: fc.constantFrom(4_000, 12_000, 40_000),
        }),
        { maxLength: most },
      );

/** `restart` puts a new process in the place of one that died. */
export const disruptionsOf = (
  world: World,
  befalling: readonly Befalling[],
  restart: (dead: string) => Promise<void>,
): readonly Disruption[] =>
  befalling.map(({ after, upset, whom, forMs }) => ({
    after,
    label: `${upset}, process ${whom}, ${forMs} ms`,
    happen: async () => {
      const { process } = world.living[whom % world.living.length] ?? {};
      if (!process) return;
      if (upset === 'pause') process.pause(forMs);
      else if (upset === 'pause_at_swap') process.pauseAt('documents.swap', forMs);
      else if (upset === 'pause_at_put') process.pauseAt('documents.put', forMs);
      else if (upset === 'pause_at_replace') process.pauseAt('index.replace', forMs);
      else if (upset !== 'crash') process.failNext(upset);
      else {
        await world.crash(process);
        await restart(process.name);
      }
    },
  }));
