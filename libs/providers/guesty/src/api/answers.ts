import {
  bodyOfPiece,
  instant,
  objectOf,
  piecesAt,
  text,
  unreadable,
  type Piece,
} from '#libs/foreign';
import type { Hint, RawAnswer } from '#libs/ports/provider';

import type { GuestyAnswer } from './client.js';

export const guesty = (entity: string) => ({ provider: 'guesty', entity });

/** Ids of this provider are 24 hexadecimal digits, but for a few old or foreign ones. */
const ID = /^[\w-]{1,64}$/;
export const idOf = (value: unknown): string | undefined => {
  const id = text(value);
  return id !== undefined && ID.test(id) ? id : undefined;
};

export interface Listed {
  readonly entity: string;
  /** Where in the answer the list is. */
  readonly path: readonly string[];
  /** The field that says when this state came to be. */
  readonly changed?: string;
  readonly hints?: (item: Readonly<Record<string, unknown>>) => readonly Hint[];
}

/** Each item of a list as an answer of its own; what has no id is nobody's state. */
export const answersIn = (
  { answer, askedAt }: GuestyAnswer,
  listed: Listed,
): readonly RawAnswer[] => {
  const pieces = piecesAt(answer.body, listed.path);
  if (!pieces) throw unreadable(guesty(listed.entity), listed.path.join('.') || 'list');
  return pieces.flatMap((piece) => answerOf(piece, listed, askedAt));
};

export const answerOf = (piece: Piece, listed: Listed, askedAt: number): readonly RawAnswer[] => {
  const item = objectOf(piece.value);
  const id = idOf(item?.['_id']);
  if (!item || id === undefined) return [];
  const changedAt = listed.changed === undefined ? undefined : instant(item[listed.changed]);
  const hints = listed.hints?.(item) ?? [];
  return [
    {
      ...{ entity: listed.entity, id, body: bodyOfPiece(piece), askedAt },
      ...(changedAt !== undefined && { changedAt }),
      ...(hints.length > 0 && { hints }),
    },
  ];
};
