import { readdirSync, readFileSync } from 'node:fs';

import type { JsonObject } from '#libs/kernel';
import type { SampleDocument } from '#suites/provider';

const folder = new URL('../../../../test/fixtures/rocketchat/mongo/', import.meta.url);

const documentIn = (name: string): JsonObject =>
  JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as JsonObject;

const feeds = {
  message: 'chat_message',
  room: 'chat_room',
  subscription: 'chat_member',
  user: 'chat_user',
} as const;

/** A message of ours is there twice: not a message to us, and an answer. */
const OURS = 'message-17-reactions-feedback';

/** Every recorded document of the server’s database, by the name of its file. */
export const storedDocuments: ReadonlyMap<string, SampleDocument> = new Map([
  ['answer-of-ours', { feed: 'chat_answer', document: documentIn(`${OURS}.json`) }],
  ...readdirSync(folder)
    .filter((name) => Object.hasOwn(feeds, name.slice(0, name.indexOf('-'))))
    .sort()
    .map((name): [string, SampleDocument] => [
      name.slice(0, -'.json'.length),
      {
        feed: feeds[name.slice(0, name.indexOf('-')) as keyof typeof feeds],
        document: documentIn(name),
      },
    ]),
]);
