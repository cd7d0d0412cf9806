import {
  bodyOfPiece,
  id,
  instant,
  objectOf,
  parsedJson,
  piecesAt,
  unreadable,
  whole,
  type Piece,
} from '#libs/foreign';
import type { Hint, RawAnswer } from '#libs/ports/provider';

import { stateOf } from './call-state.js';
import type { AircallAnswer } from './client.js';

export interface ListedEntity {
  readonly entity: string;
  /** The key of the list, and of a single one when it is looked up. */
  readonly list: string;
  readonly wrapper: string;
  readonly hints?: (item: Readonly<Record<string, unknown>>, id: string) => readonly Hint[];
}

export interface ListPage {
  readonly answers: readonly RawAnswer[];
  readonly total: number;
  readonly isLast: boolean;
}

/** At most 50 a page: more is clamped without a word. */
export const PER_PAGE = 50;
/** No page may end beyond this place, on any list: a 400 otherwise, even of an empty list. */
export const LAST_PLACE = 10_000;

export const pageOfList = ({ answer, askedAt }: AircallAnswer, listed: ListedEntity): ListPage => {
  const asked = { provider: 'aircall', entity: listed.entity };
  const pieces = piecesAt(answer.body, [listed.list]);
  if (!pieces) throw unreadable(asked, listed.list);
  const meta = objectOf(objectOf(parsedJson(answer.body))?.['meta']);
  const total = whole(meta?.['total']);
  const page = whole(meta?.['current_page']);
  if (total === undefined || page === undefined) throw unreadable(asked, 'meta');
  return {
    answers: pieces.flatMap((piece) => answerOf(piece, listed, askedAt)),
    total,
    // Not every list links its next page, so the count decides.
    isLast: pieces.length === 0 || page * PER_PAGE >= total,
  };
};

const answerOf = (
  piece: Piece,
  { entity, wrapper, hints }: ListedEntity,
  askedAt: number,
): readonly RawAnswer[] => {
  const item = objectOf(piece.value);
  const of = id(item?.['id']);
  // Something without an id is nobody's state.
  if (!item || of === undefined) return [];
  const state = stateOf(item);
  const changedAt = instant(item['updated_at']);
  const besides = hints?.(item, of) ?? [];
  return [
    {
      entity,
      id: of,
      body: bodyOfPiece(piece, wrapper),
      askedAt,
      ...(state !== undefined && { state }),
      ...(changedAt !== undefined && { changedAt }),
      ...(besides.length > 0 && { hints: besides }),
    },
  ];
};
