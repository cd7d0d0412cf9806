import {
  composeAnswering,
  type Answering,
  type AnsweringParts,
  type AskRequest,
  type OnAnswerProgress,
} from '#libs/answering';
import { composeCatalog, type Catalog, type KindLimits } from '#libs/catalog';
import { detectLanguage, judgeFound, timeIn } from '#libs/knowledge';
import type {
  Found,
  QuestionLinks,
  FoundScope,
  Passage,
  SearchHit,
  SearchPassages,
  SearchQuestion,
} from '#libs/knowledge';
import type { FactObservation } from '#libs/journal';
import { openEmbedded } from '#libs/testing';

/** A passage of one record, of which a question finds all. */
export const passageOf = (record: string, text: string): Passage => ({
  id: '0019f000-0000-8000-8000-000000000001',
  unit: record,
  path: 'text',
  title: record,
  text,
  start: 0,
  end: text.length,
  records: [record],
  language: 'en',
  scope: [],
  audience: ['staff'],
});

export const hitOf = (record: string, text: string, coverage = 1): SearchHit => ({
  passage: passageOf(record, text),
  score: coverage,
  coverage,
  about: [],
  because: {},
});

/** What a search would find for any question: its own words are what the question asks for. */
export const found = (text: string, fields: Partial<Found> = {}): Found => ({
  asked: text,
  analysis: {
    languages: ['en'],
    faint: [],
    words: [...text.matchAll(/\p{L}+/gu)].map(({ 0: written, index }) => ({
      written,
      start: index,
      end: index + written.length,
      forms: [],
    })),
  },
  scope: { state: 'none', ids: [], choices: [] },
  hits: [],
  dropped: 0,
  steps: [],
  ...fields,
});

/** Answers of a search in the order of the questions, and what was asked. */
const searching = (answers: Partial<Found>[]) => {
  const asked: SearchQuestion[] = [];
  const search: SearchPassages = (question) => {
    asked.push(question);
    return Promise.resolve(
      found(question.text, answers[Math.min(asked.length, answers.length) - 1]),
    );
  };
  return { asked, search };
};

export const ANNA = 'user:anna';

/** By the share of a question's words that stand in a sentence. */
const rateSentences: AnsweringParts['rateSentences'] = ({ words }, passages) =>
  Promise.resolve(
    passages.map(({ text }) =>
      [...text.matchAll(/[^.]+\.?/g)].map(({ 0: said, index: start }) => {
        const sentence = said.toLowerCase();
        const end = start + said.length;
        const held = words.filter(({ written }) => sentence.includes(written.toLowerCase()));
        return { start, end, score: held.length / words.length };
      }),
    ),
  );

export interface AnsweringWorld {
  readonly answering: Answering;
  readonly answeringParts: AnsweringParts;
  readonly catalog: Catalog;
  readonly asked: readonly SearchQuestion[];
  readonly ask: (
    text: string,
    request?: Partial<AskRequest>,
    onProgress?: OnAnswerProgress,
  ) => ReturnType<Answering['ask']>;
  readonly tell: (...facts: readonly FactObservation[]) => Promise<void>;
  /** Folds into records what the log got meanwhile. */
  readonly fold: () => Promise<void>;
  readonly parts: Awaited<ReturnType<typeof openEmbedded>>;
}

/** The context on embedded parts, with a search that answers what the test says. */
export const openAnswering = async (...answers: Partial<Found>[]): Promise<AnsweringWorld> =>
  openAnsweringAbout(nothingNamed, ...answers);

const nobodyMeant: QuestionLinks = {
  ...{ state: 'none', people: [], stays: [], conversations: [], homes: [], numbers: [] },
  ...{ choices: [], spans: [] },
};

const nothingNamed: FoundScope = { state: 'none', ids: [], choices: [] };

/** The same, where every question names this. */
export const openAnsweringAbout = (
  scope: FoundScope,
  ...answers: Partial<Found>[]
): Promise<AnsweringWorld> => openAnsweringWith({ scope, ...searching(answers) });

interface AnsweringWorldOptions {
  readonly scope?: FoundScope;
  readonly asked?: SearchQuestion[];
  readonly search: SearchPassages;
  readonly kindLimits?: KindLimits;
}

/** The same, with a search of the test. */
export const openAnsweringWith = async ({
  scope = nothingNamed,
  asked = [],
  search,
  kindLimits = {},
}: AnsweringWorldOptions): Promise<AnsweringWorld> => {
  const parts = await openEmbedded();
  const catalog = composeCatalog({ ...parts, kindLimits });
  const { eraseQuoting, recordsFor } = catalog;
  const answeringParts: AnsweringParts = {
    ...parts,
    eraseQuoting,
    recordsFor,
    search,
    judgeFound,
    languageIn: detectLanguage,
    rateSentences,
    timeIn,
    findScope: () => Promise.resolve(scope),
    findLinks: () => Promise.resolve(nobodyMeant),
    findCalls: () => Promise.resolve({ calls: [], more: false }),
    lastHeard: () => Promise.resolve(parts.clock.now() - 60_000),
    timeZone: 'Europe/Lisbon',
  };
  const answering = composeAnswering(answeringParts);
  let causes = 0;
  let folded = 0;
  const fold = async (): Promise<void> => {
    const facts = await parts.log.read(folded, 1000);
    await catalog.live.apply(facts);
    folded = facts.at(-1)?.position ?? folded;
  };
  return {
    answering,
    answeringParts,
    catalog,
    asked,
    parts,
    ask: (text, request = {}, onProgress) =>
      answering.ask(
        { asker: ANNA, principals: ['staff', ANNA], text, ...request },
        { actor: 'anna', cause: `019ad3c2-5b00-7a11-8c22-${String(++causes).padStart(12, '0')}` },
        onProgress,
      ),
    async tell(...facts) {
      await parts.journal.observe(await parts.journal.prepare(facts));
      await fold();
    },
    fold,
  };
};
