import { setTimeout as sleep } from 'node:timers/promises';

import { issueToken, readSecret } from '#libs/platform/local';

import type { MeasuredPlatform } from '../platform/measured-platform.js';
import { READER, messageOf, type ChatSource } from './chat-source.js';

export interface Talk {
  readonly source: ChatSource;
  readonly folder: string;
  readonly platform: MeasuredPlatform;
  readonly from: number;
  readonly perSecond: number;
  readonly seconds: number;
}

/** One in so many is looked for. */
const LOOKED_FOR = 20;
/** Who waits longer looks less often: else those who look would be the load that is measured. */
const LOOK_MS = 100;
const LOOK_SHARE = 1 / 5;
const PATIENCE_MS = 120_000;
const UNAVAILABLE = 503;

/** How long each message that is looked for took until somebody of its room found it, from its writing on (ms). */
export const messagesFound = async (talk: Talk): Promise<readonly number[]> => {
  const search = await searcherOf(talk);
  const waits: Promise<number>[] = [];
  const writes: Promise<unknown>[] = [];
  const began = performance.now();
  for (let n = 0; n < talk.perSecond * talk.seconds; n++) {
    const word = wordOf(n);
    const message = messageOf(talk.from + n, `The ${word} stands in the hall, its key beside it.`);
    writes.push(talk.source.messages.insertOne(message));
    if (n % LOOKED_FOR === 0) waits.push(heardLater(foundAfter(search, word)));
    await sleep(Math.max(0, began + ((n + 1) * 1000) / talk.perSecond - performance.now()));
  }
  await Promise.all(writes);
  return Promise.all(waits);
};

/** One that fails while others are still written must not end the process. */
const heardLater = <T>(promise: Promise<T>): Promise<T> => {
  promise.catch(() => undefined);
  return promise;
};

type Search = (word: string) => Promise<boolean>;

const searcherOf = async ({ folder, platform }: Talk): Promise<Search> => {
  const key = readSecret(folder, 'issuer');
  if (!key) throw new Error('the platform made no key for tokens');
  const token = await issueToken(key, { name: READER, role: 'viewer' });
  return async (word) => {
    const response = await fetch(new URL(`/api/search?limit=1&text=${word}`, platform.url), {
      headers: { authorization: `Bearer ${token}` },
    });
    // The chat did not say in time who may read what: for who asks, the message is not found yet.
    if (response.status === UNAVAILABLE) return false;
    if (!response.ok) throw new Error(`a search answers ${response.status}`);
    return (await response.text()).includes(`The ${word} stands`);
  };
};

/** A word that nobody else has. */
const wordOf = (n: number): string =>
  `zum${[...String(n)].map((digit) => 'abdeghklmn'[Number(digit)]).join('')}rax`;

const foundAfter = async (search: Search, word: string): Promise<number> => {
  const began = performance.now();
  for (;;) {
    const isFound = await search(word);
    const waited = performance.now() - began;
    if (isFound) return waited;
    if (waited > PATIENCE_MS) throw new Error('a message was not found within two minutes');
    await sleep(Math.max(LOOK_MS, waited * LOOK_SHARE));
  }
};
