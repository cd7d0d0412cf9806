import { fault } from '#libs/kernel';

/** By when somebody who asks has waited long enough. */
export interface Deadline {
  readonly isOver: () => boolean;
  /** Something was not answered for: it is over, or an answer failed. */
  readonly hasMissed: () => boolean;
  readonly miss: () => undefined;
  /** Throws when it is over first. */
  readonly hold: <T>(work: Promise<T>) => Promise<T>;
  readonly clear: () => void;
}

export const deadlineIn = (ms: number): Deadline => {
  let isOver = false;
  let hasMissed = false;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      isOver = true;
      reject(fault('DIRECTORY_UNAVAILABLE', { details: { reason: 'no answer in time' } }));
    }, ms);
  });
  // Nobody may be waiting for it any more.
  late.catch(() => undefined);
  return {
    isOver: () => isOver,
    hasMissed: () => isOver || hasMissed,
    miss() {
      hasMissed = true;
      return undefined;
    },
    hold: (work) => Promise.race([work, late]),
    clear: () => clearTimeout(timer),
  };
};

const AT_ONCE = 8;

/**
 * Asks for each thing, some at once, until the deadline. A thing that is not answered for is missing from what comes back:
 * late, refused or failed. What comes later changes nothing.
 */
export const askEach = async <K, R>(
  things: readonly K[],
  deadline: Deadline,
  ask: (thing: K) => Promise<R | undefined>,
): Promise<ReadonlyMap<K, R>> => {
  const answers = new Map<K, R>();
  const waiting = new Set(things).values();
  const askOn = async (): Promise<void> => {
    for (const thing of waiting) {
      if (deadline.isOver()) return;
      const answer = await ask(thing).catch(() => deadline.miss());
      if (!deadline.isOver() && answer !== undefined) answers.set(thing, answer);
    }
  };
  const everybody = Promise.all(Array.from({ length: AT_ONCE }, askOn));
  await deadline.hold(everybody).catch(() => undefined);
  return new Map(answers);
};
