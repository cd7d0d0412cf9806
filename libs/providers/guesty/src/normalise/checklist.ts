import { flag, listOf, objectOf, text } from '#libs/foreign';

import { ownIdOf } from './report.js';

export interface GuestyChecklistItem {
  readonly done: boolean | undefined;
  readonly id: string;
  readonly text: string | undefined;
}

/**
 * Items are texts or objects; what is finished stands again in a list of its own. An item without an id is
 * known by its place. Only a missing list says nothing.
 */
export const checklistOf = (
  list: unknown,
  finished: unknown,
): GuestyChecklistItem[] | undefined => {
  const items = listOf(list);
  if (!items) return undefined;
  const done = new Set((listOf(finished) ?? []).flatMap(namesOf));
  return items.map((item, place) => {
    const one = objectOf(item);
    const own = flag(one?.isChecked) ?? flag(one?.isDone) ?? flag(one?.done) ?? flag(one?.checked);
    const isFinished = namesOf(item).some((name) => done.has(name));
    return {
      done: isFinished ? true : (own ?? (listOf(finished) && false)),
      id: ownIdOf(one?._id ?? one?.id) ?? String(place),
      text: textOf(item),
    };
  });
};

const textOf = (item: unknown): string | undefined => {
  const one = objectOf(item);
  return text(one ? (one.text ?? one.title ?? one.name) : item) || undefined;
};

/** By what an item is found again in the list of the finished ones. */
const namesOf = (item: unknown): string[] => {
  const one = objectOf(item);
  const own = ownIdOf(one?._id ?? one?.id);
  const said = textOf(item);
  return [...(own === undefined ? [] : [`#${own}`]), ...(said === undefined ? [] : [said])];
};
