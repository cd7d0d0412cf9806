import { REDRIVE_ATTRIBUTE, type Subscription } from '#libs/contracts';
import { asFault, fault, kindRules, type Fault } from '#libs/kernel';
import type { Message, MessageOutcome } from '#libs/ports/bus';

import { acknowledge } from './acknowledge.js';
import type { ReactorOutcome, React } from './reactor.js';

/** Puts a message where dead letters lie, durably. Only then is it acknowledged. */
export type Bury = (subscription: Subscription, message: Message, cause: Fault) => Promise<void>;

export interface HandledBatch {
  readonly outcomes: readonly MessageOutcome[];
  /** The worst that happened, for the log line. */
  readonly fault: Fault | undefined;
  readonly done: number;
  readonly again: number;
  readonly held: number;
  readonly buried: number;
  /** Those that did not go well by themselves, each for a line of its own. */
  readonly failures: readonly Failure[];
}

export interface Failure {
  readonly message: Message;
  readonly act: 'again' | 'buried';
  readonly cause: ReactorOutcome;
  readonly afterMs?: number;
}

interface Handling {
  readonly subscription: Subscription;
  readonly react: React;
  readonly bury: Bury;
  readonly random?: (() => number) | undefined;
}

const pauses = (cause: ReactorOutcome): boolean =>
  cause !== undefined && kindRules[cause.kind].message === 'pause';

/** One batch, from the messages to what the bus is told about each. */
export const handleBatch = async (
  { subscription, react, bury, random }: Handling,
  messages: readonly Message[],
): Promise<HandledBatch> => {
  const meant = messages.filter((message) => isMeantFor(subscription, message));
  const faults = meant.length > 0 ? await faultsOf(react, meant) : [];
  const byMessage = new Map(meant.map((message, i) => [message, faults[i]]));
  const settled = await Promise.all(
    messages.map((message) =>
      settle({ subscription, bury, random }, message, byMessage.get(message)),
    ),
  );
  const count = (act: SettledMessage['act']): number =>
    settled.filter((one) => one.act === act).length;
  const causes = settled.filter(({ act }) => act === 'held').map(({ cause }) => cause);
  return {
    outcomes: settled.map(({ outcome }) => outcome),
    fault: worst(causes.length > 0 ? causes : faults),
    done: count('done'),
    again: count('again'),
    held: count('held'),
    buried: count('buried'),
    failures: settled.flatMap(({ act, cause, outcome }, i): Failure[] => {
      const message = messages[i];
      if (!message || (act !== 'again' && act !== 'buried')) return [];
      return [{ message, act, cause, ...(outcome.outcome === 'again' && outcome) }];
    }),
  };
};

/**
 * A redriven letter goes to the whole topic again; only the subscription that asked for it acts. Nothing is redriven to
 * a keeper of dead letters: it takes all, also what Pub/Sub moved there after a redrive.
 */
const isMeantFor = ({ name, deadLetter }: Subscription, { attributes }: Message): boolean => {
  const redrive = attributes[REDRIVE_ATTRIBUTE];
  return redrive === undefined || redrive === name || deadLetter === undefined;
};

interface SettledMessage {
  readonly outcome: MessageOutcome;
  readonly act: 'done' | 'again' | 'held' | 'buried';
  readonly cause: ReactorOutcome;
}

const settle = async (
  { subscription, bury, random }: Omit<Handling, 'react'>,
  message: Message,
  cause: ReactorOutcome,
): Promise<SettledMessage> => {
  const answer = acknowledge(cause, message.attempt, subscription, random);
  switch (answer.act) {
    case 'done':
      return { outcome: { outcome: 'done' }, act: 'done', cause };
    case 'again':
      return { outcome: { outcome: 'again', afterMs: answer.afterMs }, act: 'again', cause };
    case 'hold':
      return { outcome: { outcome: 'hold' }, act: 'held', cause };
    case 'dead_letter':
      return putAside({ subscription, bury, random }, message, answer.fault);
  }
};

/** Acknowledged only once it is safe. Until then it comes back, as often as it takes. */
const putAside = async (
  { subscription, bury, random }: Omit<Handling, 'react'>,
  message: Message,
  cause: Fault,
): Promise<SettledMessage> => {
  try {
    await bury(subscription, message, cause);
    return { outcome: { outcome: 'done' }, act: 'buried', cause };
  } catch (thrown) {
    const endless = { backoff: subscription.backoff, attempts: Number.POSITIVE_INFINITY };
    return settle(
      { subscription: { ...subscription, ...endless, deadLetter: undefined }, bury, random },
      message,
      asFault(thrown),
    );
  }
};

/** One fault or none per message. What throws for the whole batch is asked again one by one. */
const faultsOf = async (react: React, messages: readonly Message[]): Promise<ReactorOutcome[]> => {
  try {
    return answersOf(await react(messages), messages.length);
  } catch (thrown) {
    const cause = asFault(thrown);
    if (messages.length === 1 || pauses(cause)) return messages.map(() => cause);
    return oneByOne(react, messages);
  }
};

const oneByOne = async (react: React, messages: readonly Message[]): Promise<ReactorOutcome[]> => {
  const faults: ReactorOutcome[] = [];
  for (const [i, message] of messages.entries()) {
    const [cause] = await faultsOf(react, [message]);
    // Something went away meanwhile: the rest would only meet the same.
    if (pauses(cause)) return [...faults, ...messages.slice(i).map(() => cause)];
    faults.push(cause);
  }
  return faults;
};

const answersOf = (answers: readonly ReactorOutcome[] | void, count: number): ReactorOutcome[] => {
  if (!answers) return Array.from({ length: count }, () => undefined);
  if (answers.length === count) return [...answers];
  throw fault('DEFECT_UNKNOWN', { details: { answers: answers.length, messages: count } });
};

const severity = { info: 0, warn: 1, error: 2 };

const worst = (faults: readonly ReactorOutcome[]): Fault | undefined =>
  faults.reduce(
    (most, next) =>
      next && (!most || severity[kindRules[next.kind].level] > severity[kindRules[most.kind].level])
        ? next
        : most,
    undefined,
  );
