import { objectOf, parsedJson, text } from '#libs/foreign';
import type { RawAnswer } from '#libs/ports/provider';

import { answersIn } from './answers.js';
import type { GuestyAnswer, GuestyClient } from './client.js';
import { posts } from './entities.js';

const LIMIT = 100;
/** A conversation with more than two thousand posts is read by its recipe, page by page. */
const PAGES = 20;

export interface PageOfPosts {
  readonly answers: readonly RawAnswer[];
  /** Missing on the last one. */
  readonly after?: string;
}

/** Newest first. `undefined` where the conversation is no more. */
export const pageOfPosts = async (
  client: GuestyClient,
  conversation: string,
  after?: string,
): Promise<PageOfPosts | undefined> => {
  const path = `/v1/communication/conversations/${conversation}/posts`;
  const query = { limit: LIMIT, ...(after !== undefined && { cursorAfter: after }) };
  const asked = await client.get('post', path, query);
  if (!asked) return undefined;
  const answers = answersIn(asked, posts);
  const next = cursorOf(asked);
  return { answers, ...(next !== undefined && answers.length > 0 && { after: next }) };
};

/** An empty cursor is the end. */
export const cursorOf = ({ answer }: GuestyAnswer): string | undefined => {
  const data = objectOf(objectOf(parsedJson(answer.body))?.['data']);
  return text(objectOf(data?.['cursor'])?.['after']) || undefined;
};

export const allPosts = async (
  client: GuestyClient,
  conversation: string,
): Promise<readonly RawAnswer[]> => {
  const all: RawAnswer[] = [];
  let after: string | undefined;
  for (let page = 0; page < PAGES; page++) {
    const read = await pageOfPosts(client, conversation, after);
    all.push(...(read?.answers ?? []));
    after = read?.after;
    if (after === undefined) break;
  }
  return all;
};
