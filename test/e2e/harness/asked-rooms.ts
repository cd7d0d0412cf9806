import { expect } from '@jest/globals';

import type { Parts } from '#libs/platform';
import { FakeChat, type ChatDocuments } from '#libs/testing';

import type { NotedInRooms } from './noted-questions.js';
import { until, type Operator } from './outside.js';
import type { Environment } from './platform-process.js';
import { ROOM_PEOPLE, RoomAskers } from './room-askers.js';
import { askedHomes, keyNote, keyScript } from './room-homes.js';
import { RoomVerdict, type RoomCounts } from './room-verdict.js';
import { toldRatings } from './told-ratings.js';
import { TroubledChat } from './troubled-chat.js';

/** A chat in which people ask, a language model that answers, and what has to come of it. */
export class AskedRooms {
  readonly model = new FakeChat('openai');
  readonly askers: RoomAskers;
  readonly #verdict: RoomVerdict;

  private constructor(
    readonly chat: TroubledChat,
    random: () => number,
    private readonly noted: () => Promise<NotedInRooms>,
  ) {
    this.askers = new RoomAskers(chat, random);
    this.#verdict = new RoomVerdict(chat, this.askers);
  }

  /** `noted` reads what the platform noted, while it runs and after. */
  static async open(
    random: () => number,
    noted: () => Promise<NotedInRooms>,
    documents?: ChatDocuments,
  ): Promise<AskedRooms> {
    const rooms = new AskedRooms(
      await TroubledChat.open(ROOM_PEOPLE, random, documents),
      random,
      noted,
    );
    await rooms.model.start();
    rooms.model.script = keyScript;
    rooms.model.pace = { firstPieceMs: 200, tokensPerSecond: 30 };
    return rooms;
  }

  get settings(): Environment {
    return {
      ...this.chat.staff.settings,
      // What people ask here is so much alike that it would be found before what it asks for.
      INNKEEPER_SEARCH_EXCLUDED_KINDS: 'chat_message',
      INNKEEPER_CHAT_MODEL_KIND: 'openai',
      INNKEEPER_CHAT_MODEL_URL: this.model.url,
      INNKEEPER_CHAT_MODEL_NAME: 'the-model',
      INNKEEPER_ANSWERS_FIRST_WORD_MS: '60000',
      INNKEEPER_ANSWERS_WHOLE_MS: '60000',
      INNKEEPER_ANSWERS_PER_PERSON_DAY: '100000',
      INNKEEPER_ANSWERS_PER_ROOM_DAY: '100000',
      INNKEEPER_ANSWERS_TOKENS_PER_DAY: '100000000',
    };
  }

  /** Until somebody of the chat finds all that is asked for, and a change in the chat is seen. */
  async prepare(admin: Operator, member: Operator): Promise<void> {
    for (const home of askedHomes) {
      const { status, text } = await admin.post('/api/notes', keyNote(home));
      if (status >= 300) throw new Error(`a note was answered with ${status}: ${text}`);
    }
    for (const { name, word } of askedHomes)
      await until(`the note of ${name} is found`, async () => {
        const text = encodeURIComponent(`key box of ${name}`);
        return (await member.get(`/api/search?limit=5&text=${text}`)).text.includes(word);
      });
    await until('the chat is followed', async () => {
      const { json } = await admin.get('/api/capture');
      const { items } = json as { readonly items: readonly { readonly phase: string }[] };
      return items.length > 0 && items.every(({ phase }) => phase === 'stream');
    });
  }

  /** However slow the machine is: for as long as less is left to do, it is waited for. */
  async settle(): Promise<void> {
    await this.askers.stop();
    this.chat.calm();
    for (let left = await this.#unsettled(); left.length > 0;) {
      const before = left;
      left = await until('less is left to do', async () => {
        const now = await this.#unsettled();
        return now.length < before.length && now;
      }).catch((error: unknown) => {
        expect({ error, left: before }).toEqual({ left: [] });
        return [];
      });
    }
  }

  async #unsettled(): Promise<readonly string[]> {
    return this.#verdict.unsettled(await this.noted());
  }

  async expectOneAnswerEach(): Promise<void> {
    expect(this.#verdict.faults(await this.noted())).toEqual([]);
  }

  async expectRatingsTold(parts: Pick<Parts, 'log' | 'journal'>): Promise<void> {
    expect(await toldRatings(parts)).toEqual(this.#verdict.standingVotes(await this.noted()));
  }

  async counts(): Promise<RoomCounts> {
    return this.#verdict.counts(await this.noted());
  }

  async close(): Promise<void> {
    await this.askers.stop();
    await this.chat.fake.close();
    await this.model.stop();
  }
}
