import { readFileSync } from 'node:fs';

import { Secret, systemClock, type OperatorRole } from '#libs/kernel';
import { issueToken } from '#libs/platform';
import {
  FakeChat,
  FakeRocketchat,
  readingScript,
  type ChatDocuments,
  type ChatThing,
} from '#libs/testing';

import { BOT, StaffChat } from '../../rooms/staff-chat.js';
import { DataFolder } from './data-folder.js';
import { Operator, until } from './outside.js';
import type { Environment } from './platform-process.js';
import { Program, type Ended } from './program.js';
import { Watched } from './watched.js';

export const PUBLIC_URL = 'https://innkeeper.example';
const STILL_MADE = '⏳';

/** A text of a message, as it stands there. */
export const saidIn = (message: ChatThing | undefined, key: 'msg' | 'ts' = 'msg'): string => {
  const value = message?.[key];
  return typeof value === 'string' ? value : '';
};

export interface AnsweringRoomsOptions {
  readonly settings?: Environment;
  /** How many of the staff there are. */
  readonly staff?: number;
  /** What follows the chat as its own database does. */
  readonly documents?: ChatDocuments;
  /** With the chat, before the platform follows it. */
  readonly before?: (rooms: AnsweringRooms) => void;
}

export interface PersonOfChat {
  readonly id: string;
  readonly userName: string;
}

/** The whole platform on embedded parts, which answers in a fake chat by a fake model. */
export class AnsweringRooms {
  readonly folder = new DataFolder();
  readonly platform = new Watched();

  private constructor(
    readonly chat: StaffChat,
    readonly model: FakeChat,
  ) {}

  static async open(options: AnsweringRoomsOptions = {}): Promise<AnsweringRooms> {
    const { settings = {}, staff = 3, documents, before } = options;
    const fake = await FakeRocketchat.start({
      ...{ clock: systemClock, userId: BOT.id, authToken: BOT.token },
      ...(documents && { documents }),
    });
    const model = await new FakeChat('openai').start();
    model.script = readingScript();
    const rooms = new AnsweringRooms(new StaffChat(fake, staff), model);
    before?.(rooms);
    await rooms.start(settings);
    return rooms;
  }

  async start(settings: Environment = {}): Promise<void> {
    await this.fake.written();
    const { url } = await this.platform.start({
      ...this.folder.settings,
      ...this.chat.settings,
      INNKEEPER_CHAT_MODEL_KIND: 'openai',
      INNKEEPER_CHAT_MODEL_URL: this.model.url,
      INNKEEPER_CHAT_MODEL_NAME: 'the-model',
      // A busy machine is slower than a person would wait.
      INNKEEPER_ANSWERS_FIRST_WORD_MS: '15000',
      INNKEEPER_ANSWERS_WHOLE_MS: '45000',
      ...settings,
    });
    this.chat.announceTo(url);
  }

  get fake(): FakeRocketchat {
    return this.chat.fake;
  }

  as(role: OperatorRole, name?: string): Operator {
    return new Operator(this.platform.url, this.folder.secret('issuer'), role, name);
  }

  /** Somebody of the chat who is no staff. */
  hire(userName: string, roles: readonly string[] = ['user']): PersonOfChat {
    const id = `x${userName.replaceAll(/[^a-z]/gu, '').padEnd(16, '0')}`.slice(0, 17);
    this.fake.state.users.set(id, {
      ...{ _id: id, username: userName, name: userName, roles: [...roles], type: 'user' },
      ...{ active: true, emails: [], createdAt: '2026-01-01T00:00:00.000Z' },
    });
    return { id, userName };
  }

  /** A room with our account and these people in it; its id. */
  openRoom(room: ChatThing, ...people: readonly string[]): string {
    const _id = room['_id'] as string;
    this.fake.state.rooms.set(_id, { t: 'p', name: _id, msgs: 0, ...room });
    for (const person of [BOT.id, ...people]) this.fake.state.join(person, _id);
    return _id;
  }

  /** The direct room of this person with our account. */
  directRoom(person: string): string {
    return this.fake.chatRooms.direct(person, [BOT.userName])['_id'] as string;
  }

  /** As this person writes it, without any word of ours; its id. */
  write(person: string, room: string, text: string, more: ChatThing = {}): string {
    return this.fake.writer.send(person, { rid: room, msg: text, ...more })?.['_id'] as string;
  }

  /** A record of the business, for staff alone; its name as a record. */
  async tell(name: string, text: string): Promise<string> {
    const { status, json } = await this.as('operator').post('/api/notes', { name, text });
    if (status >= 300) throw new Error(`the note was answered with ${status}`);
    const record = `note/${(json as { note: string }).note}`;
    await this.isRecord(record);
    return record;
  }

  async isRecord(record: string): Promise<void> {
    await until(`${record} is found`, async () => {
      const { status } = await this.as('admin', 'person.0').get(`/api/records/${record}`);
      return status === 200;
    });
    await this.isQuiet();
  }

  /** Nobody has anything left to fold or to index. */
  async isQuiet(): Promise<void> {
    await until('nothing is behind', async () => {
      const { json } = await this.as('admin').get('/api/doctor');
      const { consumers } = json as { consumers: { behind?: number }[] };
      return consumers.every(({ behind = 0 }) => behind === 0);
    });
  }

  /** What our account wrote and shows now: below a message, or in a direct room after it. */
  answersTo(message: string): readonly ChatThing[] {
    const asked = this.fake.state.messages.get(message);
    const isDirect = this.fake.state.rooms.get(asked?.['rid'] as string)?.['t'] === 'd';
    if (!isDirect || asked?.['tmid'] !== undefined)
      return this.chat.answersTo((asked?.['tmid'] as string | undefined) ?? message) as ChatThing[];
    return this.ours().filter(
      ({ rid, ts }) => rid === asked?.['rid'] && (ts as string) >= (asked?.['ts'] as string),
    );
  }

  /** Everything that our account wrote and shows now. */
  ours(): readonly ChatThing[] {
    return [...this.fake.state.messages.values()].filter(
      ({ u, _hidden: hidden }) => (u as { _id: string })._id === BOT.id && hidden !== true,
    );
  }

  /** The text of the one answer, once it is whole. */
  answered(message: string): Promise<string> {
    return until(`${message} is answered`, async () => {
      const [answer] = this.answersTo(message);
      const text = answer?.['msg'] as string | undefined;
      return text !== undefined && !text.includes(STILL_MADE) && text;
    });
  }

  /** Asks as one of the staff, and waits for the whole answer. */
  async ask(person: number, text: string, room?: string): Promise<string> {
    return this.answered(this.chat.ask(person, text, room).id);
  }

  /** Until the answer to this message says so. */
  shows(message: string, words: RegExp | string): Promise<string> {
    return until(`the answer to ${message} shows ${String(words)}`, async () => {
      const text = this.answersTo(message)[0]?.['msg'] as string | undefined;
      return text?.match(words) ? text : undefined;
    });
  }

  /** With which somebody of the chat is let in. */
  tokenOf(name: string, role: OperatorRole = 'admin'): Promise<string> {
    return issueToken(new Secret(this.folder.secret('issuer')), { name, role });
  }

  /** As somebody types it at the machine, after `innkeeper`. */
  command(words: readonly string[], environment: Environment = {}): Promise<Ended> {
    return Program.run('innkeeper', { ...this.folder.settings, ...environment }, words);
  }

  /** The files in which one of these words stands, however it is written, with the word. */
  filesWith(...words: readonly string[]): readonly string[] {
    const forms = words.flatMap((word) =>
      [word, word.toLowerCase(), word.toUpperCase()].flatMap((form) =>
        (['utf8', 'utf16le'] as const).map((as) => [word, Buffer.from(form, as)] as const),
      ),
    );
    return this.folder.files().flatMap((path) => {
      const bytes = readFileSync(path);
      return forms.flatMap(([word, form]) => (bytes.includes(form) ? [`${word} in ${path}`] : []));
    });
  }

  async dispose(): Promise<void> {
    await this.platform.dispose();
    await this.fake.close();
    await this.model.stop();
    this.folder.remove();
  }
}
