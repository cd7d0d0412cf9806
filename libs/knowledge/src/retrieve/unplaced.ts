import type { IndexQuery } from '#libs/ports/search-index';

import type { Passage } from '../passages/passage.js';
import { withoutTurns } from '../passages/without-turns.js';
import type { JoinedHit } from './join-hits.js';
import { findScope } from './names/find-scope.js';
import { mentionsIn } from './names/mentions-in.js';
import type { NameBook } from './names/name-book.js';

/** Homes that a question is about, with what they are called. */
export interface NamedHomes {
  readonly ids: readonly string[];
  readonly book: NameBook;
}

/** Records that stand at no home of their own: which one they are about, only their words say. */
const UNPLACED = ['chat_message', 'notice'];
/** Each is read for names. */
const CANDIDATES = 40;

/** The same question to records that may be about a home without standing at one. */
export const unplacedQuery = <Query extends Partial<IndexQuery>>({
  scope: _scope,
  ...query
}: Query) => ({ ...query, kinds: UNPLACED, limit: CANDIDATES });

/** What stands at one of these, and what stands at no home and names one; of a talk without what is said of others. */
export const aboutNamed = (
  joined: readonly JoinedHit[],
  scope: readonly string[],
  homes: NamedHomes,
  principals: readonly string[],
): readonly JoinedHit[] =>
  joined.flatMap(({ hit, passage }): readonly JoinedHit[] => {
    if (passage.scope.some((id) => scope.includes(id))) return [{ hit, passage }];
    if (passage.scope.some((id) => homes.book.has(id))) return [];
    const namedIn = (text: string): HomesNamed => named(text, homes, principals);
    if (!saidIn(passage).some((words) => namedIn(words) === 'these')) return [];
    const left = withoutTurns(passage, (_, words) => namedIn(words) === 'others');
    return left ? [{ hit, passage: left }] : [];
  });

/** Each message by itself: a home that is named more clearly in another one hides none. */
const saidIn = ({ text, title, turns = [] }: Passage): readonly string[] =>
  turns.length > 0
    ? turns.map(({ start }, i) => text.slice(start, turns[i + 1]?.start))
    : [`${title}\n${text}`];

type HomesNamed = 'these' | 'others' | 'nothing';

/** A word that is part of a name is no name yet. */
const WHOLE = 0.8;

const named = (
  text: string,
  { book, ids }: NamedHomes,
  principals: readonly string[],
): HomesNamed => {
  const { ids: found } = findScope(book, { text, turns: [], principals });
  if (found.some((id) => ids.includes(id))) return 'these';
  const isNamed = mentionsIn(book, text).some(
    ({ coverage, thing }) => coverage >= WHOLE && found.includes(thing.id),
  );
  return isNamed ? 'others' : 'nothing';
};
