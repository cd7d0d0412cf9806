import type { IndexDesk, IndexExamination } from '#libs/knowledge';

import { finding, spoken, type Finding } from './findings.js';

export interface IndexedParts {
  /** What is known not to stand in the index as it is; the first so many of each. */
  readonly index: IndexDesk['examineIndex'];
}

/** Longer than anything may take to be found, a restart and a backlog included. */
const PATIENCE_MS = 60_000;
/** Enough to count; nobody reads more in one finding. */
const COUNTED = 200;
const NAMED = 5;

/** Records that people do not find as they are. */
export const examineIndexed = async ({ index }: IndexedParts): Promise<readonly Finding[]> => {
  const { waiting, parked, vectors } = await index(COUNTED);
  const late = waiting.filter(({ ms }) => ms > PATIENCE_MS);
  const groups = Map.groupBy(parked, ({ code }) => code);
  return [
    ...(late[0]
      ? [
          finding(
            'KNOWLEDGE_BEHIND',
            'search index',
            `${counted(late.length)} records wait, the oldest ${spoken(late[0].ms)}: ${named(late.map(({ record }) => record))}.`,
          ),
        ]
      : []),
    ...[...groups].map(([code, units]) =>
      finding(
        'KNOWLEDGE_PARKED',
        'search index',
        `${counted(units.length)} cannot be rendered (${code}): ${named(units.map(({ unit }) => unit))}.`,
      ),
    ),
    ...behindOf(vectors),
  ];
};

/** A model of one's own needs a while for what an import brought. */
const VECTORS_PATIENCE_MS = 5 * 60_000;

const behindOf = (vectors: IndexExamination['vectors']): readonly Finding[] => {
  if (!vectors || vectors.behindMs < VECTORS_PATIENCE_MS) return [];
  const { behindMs, code, lacking, model, passages } = vectors;
  const why = code === undefined ? '' : ` (${code})`;
  return [
    finding(
      'KNOWLEDGE_VECTORS_BEHIND',
      'search index',
      `Up to ${lacking} of ${passages} passages have had no vector of ${model} for ${spoken(behindMs)}${why}.`,
    ),
  ];
};

const counted = (count: number): string => (count < COUNTED ? `${count}` : `${count} or more`);

const named = (all: readonly string[]): string =>
  all.length <= NAMED ? all.join(', ') : `${all.slice(0, NAMED).join(', ')}, …`;
