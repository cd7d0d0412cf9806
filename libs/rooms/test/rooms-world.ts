import { randomId, type Principals } from '#libs/kernel';
import { MemoryChat, openEmbedded, type EmbeddedParts } from '#libs/testing';

import { composeRooms, type Rooms } from '../src/compose.js';
import { roomQuestions, type RoomQuestion } from '../src/questions/room-question.js';
import type { RoomNotice, RoomsParts } from '../src/rooms-parts.js';
import { scriptedAnswering, ScriptedLog } from './scripted-answering.js';
import { VirtualSleep } from './virtual-sleep.js';

export const ROOM = 'team';
export const ANNA = 'anna';

/** A chat with one room, real documents, and a process that answers there. */
export class RoomsWorld {
  readonly chat: MemoryChat;
  readonly log = new ScriptedLog();
  readonly notices: RoomNotice[] = [];
  readonly time: VirtualSleep;
  readonly ending = new AbortController();
  /** Who may read the room, and as whom it is answered. */
  principals: Principals | undefined = ['room/team'];
  /** Throws in place of an answer. */
  directoryFault: Error | undefined;
  readonly rooms: Rooms;

  private constructor(readonly parts: EmbeddedParts) {
    this.time = new VirtualSleep(parts.clock);
    this.chat = new MemoryChat(parts.clock);
    this.chat.addRoom({ id: ROOM, form: 'channel' });
    this.chat.addAccount(ANNA);
    this.rooms = composeRooms(this.partsOf());
  }

  static async run(story: (world: RoomsWorld) => Promise<void>): Promise<void> {
    const parts = await openEmbedded();
    const world = new RoomsWorld(parts);
    try {
      await story(world);
    } finally {
      world.ending.abort();
      await turns();
      await parts.close();
    }
  }

  /** What another process has. */
  partsOf(): RoomsParts {
    const { parts, time, chat, log } = this;
    return {
      ...{ documents: parts.documents, keys: parts.keys, clock: parts.clock, chat },
      triggers: ['!ask'],
      publicUrl: 'https://innkeeper.example',
      principalsInRoom: async () => {
        if (this.directoryFault) throw this.directoryFault;
        return this.principals;
      },
      askerOf: async (person) => `user/${person}`,
      answering: scriptedAnswering(log, {
        sleep: (ms) => time.sleep(ms, this.ending.signal),
        now: parts.clock.now,
      }),
      goneOf: async (records) => new Set(records.filter((one) => log.goneRecords.has(one))),
      examineOwnSide: async () => ({ obstacles: [], well: [] }),
      holder: randomId(parts.clock.now()),
      sleep: (ms, signal) => time.sleep(ms, signal),
      notice: (notice) => void this.notices.push(notice),
    };
  }

  write(text: string, id = 'q1'): string {
    return this.chat.write({ id, room: ROOM, author: ANNA, text: `@innkeeper ${text}` });
  }

  /** Lets time go by until that is done. */
  async until<T>(done: Promise<T>): Promise<T> {
    let isOver = false;
    const over = done.finally(() => (isOver = true));
    over.catch(() => undefined);
    for (;;) {
      await turns();
      if (isOver) return over;
      this.time.wakeNext(Infinity);
    }
  }

  /** Hears of a message and works at all that is due. */
  async ask(message: string): Promise<void> {
    for (const due of await this.rooms.hear([{ message }])) await this.answer(due);
  }

  answer(message: string, rooms = this.rooms): Promise<void> {
    return this.until(rooms.answer(message, this.ending.signal));
  }

  /** So much later, somebody looks for what is due and works at it. */
  async later(ms: number): Promise<void> {
    this.parts.clock.pass(ms);
    for (const due of await this.rooms.due()) await this.answer(due);
  }

  async question(message = 'q1'): Promise<RoomQuestion | undefined> {
    const [found] = await this.parts.documents.get(roomQuestions, [message]);
    return found?.body as unknown as RoomQuestion | undefined;
  }

  /** What stands in the thread of a question by us. */
  shown(message = 'q1'): readonly string[] {
    return this.chat
      .messagesIn(ROOM)
      .filter(({ thread, author }) => thread === message && author === 'our-account')
      .map(({ text }) => text);
  }
}

/** Everything that needs no time is done. */
export const turns = async (): Promise<void> => {
  for (let n = 0; n < 3; n++) await new Promise((resolve) => setImmediate(resolve));
};
