import { letterOf, type DeadLetter, type DeadLetters } from '../dead-letters/dead-letters.js';
import { finding, type Finding } from './findings.js';

export interface LeftoverPorts {
  readonly deadLetters: Pick<DeadLetters, 'list'>;
  /** Facts that could not be folded, the first so many. */
  readonly parked: (
    limit: number,
  ) => Promise<readonly { readonly position: number; readonly code: string }[]>;
}

/** Enough to name what is wrong; nobody reads more in one finding. */
const COUNTED = 200;

/** What was put aside because nobody could handle it. */
export const examineLeftovers = async ({
  deadLetters,
  parked,
}: LeftoverPorts): Promise<readonly Finding[]> => {
  const [{ items }, facts] = await Promise.all([
    deadLetters.list({ limit: COUNTED }),
    parked(COUNTED),
  ]);
  const groups = Map.groupBy(items.map(letterOf), ({ subscription, code }) =>
    [subscription, code].join(' '),
  );
  const letters = [...groups.values()].map(findingOfLetters);
  const [first] = facts;
  if (!first) return letters;
  const says = `${counted(facts.length)} from position ${first.position} on (${first.code}).`;
  return [...letters, finding('FACTS_PARKED', 'projector/catalog', says)];
};

const findingOfLetters = (letters: readonly DeadLetter[]): Finding => {
  const { subscription = '', code = '', id = '' } = letters[0] ?? {};
  const says = `${counted(letters.length)} (${code}); the newest is ${id}.`;
  return finding(
    code === 'LOG_FACT_TOO_LARGE' ? 'FACT_TOO_LARGE' : 'DEAD_LETTERS',
    subscription,
    says,
  );
};

const counted = (count: number): string => (count < COUNTED ? `${count}` : `${count} or more`);
