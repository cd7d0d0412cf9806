import { readFileSync } from 'node:fs';

import { BSON, MongoClient, type Collection, type Document } from 'mongodb';

import type { JsonObject, OperatorRole } from '#libs/kernel';
import { databaseName } from '#libs/testing';

import { DataFolder } from './data-folder.js';
import { Operator, until, type Answer } from './outside.js';
import type { Environment } from './platform-process.js';
import { otherProviders } from './providers.js';
import { Watched } from './watched.js';

const fixtures = new URL('../../fixtures/rocketchat/mongo/', import.meta.url);

export const chatSample = (name: string): Document =>
  BSON.EJSON.parse(readFileSync(new URL(`${name}.json`, fixtures), 'utf8')) as Document;

/** An open channel, and a private group. */
export const OPS = 'mznyEdxBicLJNyfdE';
export const FINANCE = 'Mbq5nDQEoq3NRYmk3';
export const BOT = { _id: 'AwZyTLwwGJm2QkbdE', username: 'askdesk.bot', name: 'AskDesk' };
export const MAYA = { _id: 'dXTXykkhp6cLxjnXK', username: 'maya.keller', name: 'Maya Keller' };
export const INES = { _id: 'XzZnX2JohYa9mxWGG', username: 'ines.duarte', name: 'Inês Duarte' };
export const TOMAS = { _id: 'YRM2WXjcCB4ybzSik', username: 'tomas.okafor', name: 'Tomás Okafor' };

export type ChatUser = typeof MAYA;

/** A document of the chat: its servers give every one a text for an id. */
export interface ChatDocument extends Document {
  readonly _id: string;
}

export const userDocument = (user: ChatUser, more: Document = {}): ChatDocument => ({
  ...chatSample('user-01-keycloak-user'),
  roles: ['user'],
  emails: [],
  ...user,
  ...more,
});

export const member = (user: ChatUser, rid: string, more: Document = {}): ChatDocument => ({
  ...chatSample('subscription-02-private-member-unread'),
  _id: `${user._id}-${rid}`.slice(0, 60),
  rid,
  u: user,
  ...more,
});

export const message = (_id: string, msg: string, more: Document = {}): ChatDocument => ({
  ...chatSample('message-01-plain'),
  _id,
  msg,
  md: [{ type: 'PARAGRAPH', value: [{ type: 'PLAIN_TEXT', value: msg }] }],
  ...more,
});

export const recordOf = (id: string): string => `chat_message/rocketchat.main.${id}`;

export interface ChatAnswer {
  readonly id: string;
  readonly outcome: string;
  readonly answer: string;
  readonly citations: readonly { readonly record: string }[];
}

interface ChatWorldOptions {
  /** How the platform gets there, where that is another way. */
  readonly seenAs?: string;
  /** With the chat, before the platform follows it. */
  readonly before?: (world: ChatWorld) => Promise<void>;
}

/** The whole platform on embedded parts, following a chat of its own on a real replica set. */
export class ChatWorld {
  readonly platform = new Watched();
  readonly folder = new DataFolder();

  private constructor(
    private readonly client: MongoClient,
    private readonly name: string,
  ) {}

  static async open(
    url: string,
    more: Environment = {},
    { seenAs = url, before }: ChatWorldOptions = {},
  ): Promise<ChatWorld> {
    const world = new ChatWorld(await MongoClient.connect(url), databaseName());
    await world.fill();
    await before?.(world);
    await world.platform.start({
      ...otherProviders,
      ...world.folder.settings,
      INNKEEPER_ROCKETCHAT_MONGODB_URL: seenAs,
      INNKEEPER_ROCKETCHAT_MONGODB_DATABASE: world.name,
      INNKEEPER_ROCKETCHAT_USER_ID: BOT._id,
      ...more,
    });
    await world.follows();
    return world;
  }

  readonly in = (collection: string): Collection<ChatDocument> =>
    this.client.db(this.name).collection<ChatDocument>(collection);

  get messages(): Collection<ChatDocument> {
    return this.in('rocketchat_message');
  }

  get members(): Collection<ChatDocument> {
    return this.in('rocketchat_subscription');
  }

  /** Two rooms with our account in them; Maya and Inês are in both, Tomás in the open one. */
  private async fill(): Promise<void> {
    await this.in('rocketchat_permissions').insertMany(
      chatSample('permissions-defaults-extract') as ChatDocument[],
    );
    await this.in('rocketchat_room').insertMany([
      chatSample('room-01-public-channel') as ChatDocument,
      chatSample('room-03-private-group') as ChatDocument,
    ]);
    await this.in('users').insertMany([
      chatSample('user-02-bot') as ChatDocument,
      ...[MAYA, INES, TOMAS].map((user) => userDocument(user)),
    ]);
    await this.members.insertMany([
      ...[BOT, MAYA, INES].flatMap((user) => [member(user, OPS), member(user, FINANCE)]),
      member(TOMAS, OPS),
    ]);
    await this.messages.insertOne(chatSample('message-01-plain') as ChatDocument);
  }

  as(role: OperatorRole, name?: string): Operator {
    return new Operator(this.platform.url, this.folder.secret('issuer'), role, name);
  }

  /** Asks as a person of the chat. */
  ask({ username }: ChatUser, text: string): Promise<Answer> {
    return this.as('viewer', username).post('/api/questions', { text });
  }

  /** Asks again until it is answered from this message. */
  answered(user: ChatUser, text: string, id: string): Promise<ChatAnswer> {
    return until(`${user.username} is answered from ${id}`, async () => {
      const answer = (await this.ask(user, text)).json as ChatAnswer;
      return answer.citations.some(({ record }) => record === recordOf(id)) && answer;
    });
  }

  /** Everything that a person is shown where they look, as one text. */
  async shownTo(user: ChatUser, ...questions: readonly string[]): Promise<string> {
    const viewer = this.as('viewer', user.username);
    const shown = [
      ...(await Promise.all(questions.map((text) => this.ask(user, text)))),
      await viewer.get('/api/records/chat_message?limit=200'),
      await viewer.get('/api/records/question?limit=200'),
      await viewer.get('/api/dialogues'),
      await viewer.get('/api/facts?limit=200'),
    ];
    return shown.map(({ text }) => text).join('\n');
  }

  async feed(name: string): Promise<JsonObject> {
    const { json } = await this.as('viewer').get('/api/capture');
    return (json as { items: JsonObject[] }).items.find((one) => one['name'] === name) ?? {};
  }

  private async follows(): Promise<void> {
    for (const name of ['chat_message', 'chat_answer', 'chat_room', 'chat_member', 'chat_user'])
      await until(`${name} is followed`, async () => (await this.feed(name))['phase'] === 'stream');
  }

  /** A record as an administrator is shown it; `undefined`: there is none, or nothing is left of it. */
  async record(id: string): Promise<JsonObject | undefined> {
    const { status, json } = await this.as('admin').get(`/api/records/${recordOf(id)}`);
    return status === 200 ? json : undefined;
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
      const found = new Set(forms.flatMap(([word, form]) => (bytes.includes(form) ? [word] : [])));
      return [...found].map((word) => `${word} in ${path}`);
    });
  }

  async dispose(): Promise<void> {
    await this.platform.dispose();
    await this.client.db(this.name).dropDatabase();
    await this.client.close();
    this.folder.remove();
  }
}
