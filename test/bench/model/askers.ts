import { setTimeout as delay } from 'node:timers/promises';

import { EventSourceParserStream } from 'eventsource-parser/stream';

import type { DemoPlatform } from '../../eval/demo-platform.js';

export interface AskedAnswer {
  readonly question: string;
  readonly askedAt: number;
  /** Missing: no sentence came before the answer. */
  readonly firstSentenceAt?: number;
  readonly completeAt: number;
  readonly way: string | undefined;
}

/** Each question at a moment of its own, and nobody waits for another: so a slow answer makes a queue. */
export const askedAtMoments = (
  platform: Pick<DemoPlatform, 'token' | 'url'>,
  questions: readonly string[],
  moment: (i: number) => number,
): Promise<readonly AskedAnswer[]> =>
  Promise.all(
    questions.map(async (question, i) => {
      await delay(moment(i));
      return askAsItGrows(platform, question);
    }),
  );

const askAsItGrows = async (
  { url, token }: Pick<DemoPlatform, 'token' | 'url'>,
  text: string,
): Promise<AskedAnswer> => {
  const askedAt = Date.now();
  const response = await fetch(`${url}/api/questions`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      accept: 'text/event-stream',
      'content-type': 'application/json',
    },
    body: JSON.stringify({ text }),
  });
  if (!response.ok || !response.body) throw new Error(`a question got ${response.status}`);
  let firstSentenceAt: number | undefined;
  const events = response.body
    .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
    .pipeThrough(new EventSourceParserStream());
  for await (const { event, data } of events) {
    if (event === 'sentence') firstSentenceAt ??= Date.now();
    if (event !== 'answer') continue;
    const { way } = JSON.parse(data) as { readonly way?: string };
    const first = firstSentenceAt !== undefined && { firstSentenceAt };
    return { question: text, askedAt, ...first, completeAt: Date.now(), way };
  }
  throw new Error('an answer was cut off');
};
