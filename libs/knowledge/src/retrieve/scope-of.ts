import type { Awaitable } from '#libs/kernel';

import { bestFirst } from './best-first.js';
import { asksWhatWasSaid } from './links/guest-words.js';
import { scopeOfLinks } from './links/find-links.js';
import type { QuestionLinks, LinkQuestion } from './links/link-question.js';
import { findScope, nothingNamed, type ScopeQuestion } from './names/find-scope.js';
import { spansOf, type NameSpan } from './names/mentions-in.js';
import type { NameBook } from './names/name-book.js';
import type { FoundScope, RankedHit, SearchQuestion } from './retrieval.js';
import type { SearchedIndex } from './searched-index.js';

export interface ScopeOfParts {
  /** Of these records (`kind/id`), those that are there now and that the asker may read now. */
  readonly readableNow: (
    ids: readonly string[],
    principals: readonly string[],
  ) => Awaitable<ReadonlySet<string>>;
  /** Whom and which stay a question is about. Missing: nothing but homes is looked for. */
  readonly links?: (
    question: LinkQuestion,
    places: { readonly searched: SearchedIndex; readonly book: NameBook },
  ) => Promise<QuestionLinks>;
}

/** What a search is limited to. */
export interface QuestionScope {
  readonly shown: FoundScope;
  /** In the scope of a passage, one of these. None: all. */
  readonly ids: readonly string[];
  /** Homes whose own texts belong to it, and nothing that others wrote there. */
  readonly homes: readonly string[];
  /** Homes that it is about by themselves, and not for who stays there. */
  readonly named: readonly string[];
  /** The words of the question that only name it. */
  readonly spans: readonly NameSpan[];
  /** The days that are said are those of the stay. */
  readonly isByDays: boolean;
}

/** What a question is about, of that what the asker may read now: a stay, a person, else a home. */
export const questionScope = async (
  parts: ScopeOfParts,
  places: { readonly searched: SearchedIndex; readonly book: NameBook },
  question: SearchQuestion,
): Promise<QuestionScope> => {
  const { book } = places;
  const { principals, scope: about, text, timeZone, turns } = question;
  const links = await parts.links?.(
    { principals, text, timeZone, turns, ...(about && { about }) },
    places,
  );
  if (!links || links.state === 'none') {
    const shown = await homeScope(parts, book, question);
    const { ids } = shown;
    const named = ids.filter((id) => book.has(id));
    return { shown, ids, homes: [], named, spans: spansOf(book, text, ids), isByDays: false };
  }
  const isChosen = links.by === 'chosen';
  const ids = scopeOfLinks(links);
  const records = ids.filter((id) => !links.numbers.includes(id));
  return {
    shown: {
      state: links.state === 'ambiguous' ? 'ambiguous' : isChosen ? 'given' : 'found',
      ids: links.state === 'ambiguous' ? links.choices.map(({ id }) => id) : records,
      choices: links.choices,
    },
    ids: links.state === 'ambiguous' ? links.choices.map(({ id }) => id) : ids,
    homes: asksWhatWasSaid(text) ? [] : links.homes,
    named: [],
    spans: links.spans,
    isByDays: links.isByDays === true,
  };
};

const NO_HOME = ['listing/none'];

/** Which homes a question names, of those that the asker may read now. */
export const homeScope = async (
  { readableNow }: Pick<ScopeOfParts, 'readableNow'>,
  book: NameBook,
  { text, turns, principals, scope }: ScopeQuestion & Pick<SearchQuestion, 'scope'>,
): Promise<FoundScope> => {
  if (scope !== undefined && scope.length > 0) return { state: 'given', ids: scope, choices: [] };
  const found = findScope(book, { text, turns, principals });
  // Also where nothing is named: else the time it takes would say that there is a home for others.
  const readable = await readableNow(found.ids.length > 0 ? found.ids : NO_HOME, principals);
  if (found.ids.length === 0) return found;
  const ids = found.ids.filter((id) => readable.has(id));
  if (ids.length === 0) return nothingNamed;
  if (ids.length === 1) return { state: 'found', ids, choices: [] };
  return { ...found, ids, choices: found.choices.filter(({ id }) => readable.has(id)) };
};

/** What the company wrote about a home answers a question about somebody who stays there, where they say nothing. */
const OF_HOME = 0.6;

/** Sets back what is only about the home of whom a question is about. */
export const ownFirst = (
  hits: readonly RankedHit[],
  { homes, ids }: QuestionScope,
): readonly RankedHit[] => {
  if (homes.length === 0) return hits;
  const isOwn = ({ passage: { scope } }: RankedHit): boolean =>
    scope.some((id) => ids.includes(id));
  return hits
    .map((hit) =>
      isOwn(hit)
        ? hit
        : { ...hit, score: hit.score * OF_HOME, because: { ...hit.because, home: OF_HOME } },
    )
    .sort(bestFirst);
};
