import { createHash } from 'node:crypto';

import { readFact, type Fact } from '#libs/contracts';
import { canonicalJson } from '#libs/kernel';
import type { Parts } from '#libs/platform';
import { pagesOfLog } from '#libs/ports/event-log';

interface Saying {
  /** In the order of its database. */
  readonly order: number;
  readonly digest: string;
}

/** What a fact says, without when it was read. Of what is erased only the open part is left. */
const sayingOf = ({ data, occurredAt, personal }: Fact): Saying => {
  const { rank, ...said } = data;
  const text = canonicalJson({ said, personal: personal ?? null });
  return {
    order: occurredAt * 1000 + Number(rank),
    digest: createHash('sha256').update(text).digest('base64').slice(0, 16),
  };
};

const hasRepetition = (sayings: readonly Saying[]): boolean =>
  sayings
    .toSorted((a, b) => a.order - b.order)
    .some(({ digest }, i, sorted) => digest === sorted[i - 1]?.digest);

export interface ToldStreams {
  readonly streams: number;
  readonly facts: number;
  /** They say the same twice in a row: something that nobody changed was told again. */
  readonly repeated: readonly string[];
}

/** Reads the log for what was told twice, of streams that begin so. */
export const toldStreams = async ({ log, journal }: Parts, begin: string): Promise<ToldStreams> => {
  const sayings = new Map<string, Saying[]>();
  let facts = 0;
  for await (const page of pagesOfLog(log, {})) {
    const opened = await journal.open(page.filter(({ stream }) => stream.startsWith(begin)));
    facts += opened.length;
    for (const fact of opened.map(readFact)) {
      const known = sayings.get(fact.stream) ?? [];
      known.push(sayingOf(fact));
      sayings.set(fact.stream, known);
    }
  }
  const repeated = [...sayings].filter(([, said]) => hasRepetition(said)).map(([name]) => name);
  return { streams: sayings.size, facts, repeated: repeated.sort() };
};
