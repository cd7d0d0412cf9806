import { letterOf, type DeadLetter, type DeadLetters } from '../dead-letters/dead-letters.js';
import { finding, type Finding } from './findings.js';

export interface LeftoversParts {
  readonly deadLetters: Pick<DeadLetters, 'list'>;
  /** Facts that could not be folded, the first so many. */
  readonly parked: (
    limit: number,
  ) => Promise<readonly { readonly position: number; readonly code: string }[]>;
  /** Generations of the records that a broken rebuild left. */
  readonly leftGenerations: () => Promise<readonly number[]>;
}

/** Enough to name what is wrong; nobody reads more in one finding. */
const COUNTED = 200;

/** What was put aside because nobody could handle it. */
export const examineLeftovers = async ({
  deadLetters,
  parked,
  leftGenerations,
}: LeftoversParts): Promise<readonly Finding[]> => {
  const [{ items }, facts, generations] = await Promise.all([
    deadLetters.list({ limit: COUNTED }),
    parked(COUNTED),
    leftGenerations(),
  ]);
  const groups = Map.groupBy(items.map(letterOf), ({ subscription, code }) =>
    [subscription, code].join(' '),
  );
  return [
    ...[...groups.values()].map(findingOfLetters),
    ...findingOfFacts(facts),
    ...generations.map((generation) =>
      finding('GENERATION_LEFT', `generation ${generation}`, LEFT),
    ),
  ];
};

const LEFT =
  'A rebuild was broken off, and its records are still there. An erasure does not reach them.';

const findingOfFacts = (
  facts: Awaited<ReturnType<LeftoversParts['parked']>>,
): readonly Finding[] => {
  const [first] = facts;
  if (!first) return [];
  const says = `${counted(facts.length)} from position ${first.position} on (${first.code}).`;
  return [finding('FACTS_PARKED', 'projector/catalog', says)];
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
