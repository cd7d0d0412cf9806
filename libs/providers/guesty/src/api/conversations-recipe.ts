import { objectOf, piecesAt, readPlace, text, whole, writePlace } from '#libs/foreign';
import { fault } from '#libs/kernel';
import type { Recipe, RecipePage } from '#libs/ports/provider';

import { answersIn, idOf } from './answers.js';
import type { GuestyClient } from './client.js';
import { activityOf, conversations, CONVERSATION_FIELDS } from './entities.js';
import { cursorOf, pageOfPosts } from './posts.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const LIMIT = 100;

interface ConversationsCursor {
  /** Of the list: where its next page begins; missing at its end. */
  readonly after?: string;
  /** Conversations whose posts are still to be read. */
  readonly waiting: readonly string[];
  /** Of the first of them. */
  readonly postsAfter?: string;
  readonly done: number;
}

/**
 * Conversations with their posts. The list is in the order of creation and knows no filter of time. So it is read
 * whole, a hundred a page. Posts are read only if somebody wrote or changed something within the range, or if the
 * list does not say when.
 */
export const conversationsRecipe = (client: GuestyClient): Recipe => ({
  name: 'conversations',
  entities: ['conversation', 'post'],
  by: 'change',
  passes: [
    { everyMs: 30 * MINUTE, reachMs: 3 * HOUR },
    { everyMs: DAY, reachMs: 14 * DAY },
    { everyMs: 7 * DAY, reachMs: 60 * DAY },
  ],
  async page({ from }, after) {
    const place: ConversationsCursor =
      after === undefined ? { waiting: [], done: 0 } : readPlace(after, asPlace);
    const [conversation] = place.waiting;
    return conversation === undefined
      ? pageOfList(client, place, from)
      : pageOfWaiting(client, place, { conversation, from });
  },
});

const pageOfList = async (
  client: GuestyClient,
  place: ConversationsCursor,
  from: number,
): Promise<RecipePage> => {
  const asked = await client.get('conversation', '/v1/communication/conversations', {
    limit: LIMIT,
    fields: CONVERSATION_FIELDS,
    ...(place.after !== undefined && { cursorAfter: place.after }),
  });
  if (!asked) throw fault('PROVIDER_API_FAILED', { details: { provider: 'guesty' } });
  const answers = answersIn(asked, conversations);
  const waiting = (piecesAt(asked.answer.body, conversations.path) ?? []).flatMap(({ value }) => {
    const activity = activityOf(value);
    const isQuiet = activity !== undefined && Date.parse(activity) < from;
    return isQuiet ? [] : (idOf(objectOf(value)?.['_id']) ?? []);
  });
  const after = answers.length > 0 ? cursorOf(asked) : undefined;
  const done = place.done + answers.length;
  return pageWith(answers, { waiting, done, ...(after !== undefined && { after }) });
};

const pageOfWaiting = async (
  client: GuestyClient,
  { postsAfter, ...place }: ConversationsCursor,
  { conversation, from }: { readonly conversation: string; readonly from: number },
): Promise<RecipePage> => {
  const posts = await pageOfPosts(client, conversation, postsAfter);
  const answers = posts?.answers ?? [];
  const done = place.done + answers.length;
  // Newest first: beyond the stretch there are only older ones.
  const isRead = posts?.after === undefined || (answers.at(-1)?.changedAt ?? from) < from;
  return pageWith(
    answers,
    isRead
      ? { ...place, done, waiting: place.waiting.slice(1) }
      : { ...place, done, postsAfter: posts.after },
  );
};

const pageWith = (answers: RecipePage['answers'], place: ConversationsCursor): RecipePage => {
  const isOver = place.waiting.length === 0 && place.after === undefined;
  const progress = { done: place.done };
  return isOver ? { answers, progress } : { answers, progress, next: writePlace(place) };
};

const asPlace = (value: unknown): ConversationsCursor | undefined => {
  const object = objectOf(value);
  const waiting = Array.isArray(object?.['waiting']) ? object['waiting'].map(idOf) : undefined;
  const done = whole(object?.['done']);
  if (done === undefined || !waiting?.every((id) => id !== undefined)) return undefined;
  const [after, postsAfter] = [text(object?.['after']), text(object?.['postsAfter'])];
  return {
    waiting,
    done,
    ...(after !== undefined && { after }),
    ...(postsAfter !== undefined && { postsAfter }),
  };
};
