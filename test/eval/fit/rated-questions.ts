import {
  readDocument,
  readJudgement,
  readQuery,
  readScope,
  weightsFor,
  type EvaluationCollection,
  type FoundFeatures,
  type SurenessWeights,
} from '#libs/knowledge';
import { openEvaluation, readSettings } from '#libs/platform/local';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { inventSet, type InventedQuestion } from './invented-set.js';

/** A question that has an answer or has none, with what was found for it. */
export interface RatedQuestion {
  readonly set: string;
  readonly isAnswerable: boolean;
  readonly features: FoundFeatures;
  /** Those in use for how it was found. */
  readonly weights: SurenessWeights;
  /** Of the invented set: what is left out in turn. */
  readonly invented?: Pick<InventedQuestion, 'language' | 'sort' | 'why'>;
}

export const INVENTED = 'invented';

/** The invented questions, found as `innkeeper eval` finds. Those that nobody can answer without a name are left out. */
export const rateInvented = async (): Promise<readonly RatedQuestion[]> => {
  const { documents, judgements, questions, scopes } = inventSet();
  const byId = new Map(questions.map((question) => [question.id, question]));
  const rated = await rate(INVENTED, {
    documents: eachOf(documents),
    queries: questions.filter(({ why }) => why !== 'vague'),
    ...{ judgements, scopes },
  });
  return rated.map(({ id, ...question }) => {
    const invented = byId.get(id);
    return { ...question, ...(invented && { invented }) };
  });
};

/** One in so many documents is taken out: a question that only these answer has no answer then. */
const TAKEN_OUT = 3;

/**
 * A collection in the form of `innkeeper eval`. If its queries do not say what they expect, every third document is taken
 * out, so that questions with and without an answer are of one kind.
 */
export const rateFolder = async (folder: string): Promise<readonly RatedQuestion[]> => {
  const collection = collectionIn(folder);
  const says = collection.queries.some(({ expects }) => expects === 'abstain');
  return rate(basename(folder), says ? collection : withoutSome(collection));
};

type ReadCollection = Omit<EvaluationCollection, 'documents'> & {
  readonly texts: readonly ReturnType<typeof readDocument>[];
};

const collectionIn = (folder: string): ReadCollection & EvaluationCollection => {
  const lines = (name: string) => {
    const file = join(folder, name);
    return (existsSync(file) ? readFileSync(file, 'utf8') : '')
      .split('\n')
      .map((text, i) => ({ file, line: i + 1, text }))
      .filter(({ text }) => text.trim() !== '');
  };
  const texts = lines('corpus.jsonl').map(readDocument);
  return {
    ...{ texts, documents: eachOf(texts) },
    queries: lines('queries.jsonl').map(readQuery),
    judgements: lines('qrels.tsv').flatMap((line) => readJudgement(line) ?? []),
    scopes: lines('scopes.jsonl').map(readScope),
  };
};

const withoutSome = ({ judgements, queries, scopes, texts }: ReadCollection) => {
  const kept = texts.filter((_, i) => i % TAKEN_OUT !== 0);
  const ids = new Set(kept.map(({ id }) => id));
  const right = judgements.filter(({ document, grade }) => grade > 0 && ids.has(document));
  const answerable = new Set(right.map(({ query }) => query));
  return {
    documents: eachOf(kept),
    queries: queries.map((query) => ({
      ...query,
      expects: answerable.has(query.id) ? ('answer' as const) : ('abstain' as const),
    })),
    ...{ judgements: right, scopes },
  };
};

const rate = async (set: string, collection: EvaluationCollection) => {
  const { close, evaluate } = await openEvaluation(
    readSettings(process.env, (path) => readFileSync(path, 'utf8')),
  );
  const rated: (RatedQuestion & { readonly id: string })[] = [];
  try {
    await evaluate(collection, {
      progress: () => Promise.resolve(),
      evaluated({ features, found, query: { expects, id } }) {
        const weights = weightsFor(found);
        rated.push({ id, set, isAnswerable: expects === 'answer', features, weights });
        return Promise.resolve();
      },
    });
  } finally {
    await close();
  }
  return rated;
};

async function* eachOf<T>(all: readonly T[]): AsyncGenerator<T> {
  for (const one of all) yield await Promise.resolve(one);
}
