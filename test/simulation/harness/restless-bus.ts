import type { BatchHandler, Message, MessageOutcome } from '#libs/ports/bus';

import type { SimulatedProcess } from './simulated-process.js';

/** How the bus uses the freedom it has: each is a chance between 0 and 1. */
export interface Restlessness {
  readonly random: () => number;
  /** Handed out again although it was handled, or a second time while it is in work. */
  readonly repeat: number;
  /** Left out of a batch and handed out later. */
  readonly delay: number;
}

/** So that every story ends: who was disturbed so often is left alone. */
const MOST_ATTEMPTS = 3;

const held = (messages: readonly Message[]): MessageOutcome[] =>
  messages.map(() => ({ outcome: 'hold' }));

/**
 * What a bus may do and the embedded one does not: repeats, delays and reorders. When the process dies
 * its batch is put back as it was: nobody has said anything about it.
 */
export const restless =
  (process: SimulatedProcess, restlessness: Restlessness, handler: BatchHandler): BatchHandler =>
  (messages) => {
    const crashed = new Promise<readonly MessageOutcome[]>((resolve) => {
      if (process.dead) resolve(held(messages));
      process.gone.addEventListener('abort', () => resolve(held(messages)));
    });
    return Promise.race([crashed, handOut(process, restlessness, handler, messages)]);
  };

const handOut = async (
  process: SimulatedProcess,
  { random, repeat, delay }: Restlessness,
  handler: BatchHandler,
  messages: readonly Message[],
): Promise<readonly MessageOutcome[]> => {
  const disturbed = (chance: number, { attempt }: Message): boolean =>
    attempt <= MOST_ATTEMPTS && random() < chance;
  await process.point('bus.handed ←');
  const chosen = shuffled(messages, random).filter((message) => !disturbed(delay, message));
  const again = chosen.filter((message) => disturbed(repeat, message));
  if (again.length > 0 && random() < 0.5) void handler(again).catch(() => undefined);
  const answers = chosen.length > 0 ? await handler(chosen) : [];
  // A bus hears of a hold in the same turn; told later, it would pause after it was resumed.
  if (answers.every(({ outcome }) => outcome !== 'hold')) await process.point('bus.handled →');
  return messages.map((message): MessageOutcome => {
    const answer = answers[chosen.indexOf(message)];
    const done = answer?.outcome === 'done';
    if (!answer || (done && again.includes(message))) return { outcome: 'again', afterMs: 0 };
    return answer;
  });
};

const shuffled = <T>(items: readonly T[], random: () => number): T[] => {
  const order = [...items];
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j] as T, order[i] as T];
  }
  return order;
};
