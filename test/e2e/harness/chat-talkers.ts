import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import { MongoClient, type Collection, type Db } from 'mongodb';

interface Person {
  readonly _id: string;
  readonly username: string;
}

interface Member {
  readonly _id: string;
  readonly rid: string;
  readonly u: Person;
}

interface StoredMessage {
  readonly _id: string;
  readonly rid: string;
  readonly msg: string;
  readonly ts: Date;
  readonly u: Person;
  readonly _updatedAt: Date;
  readonly _hidden?: boolean;
  readonly t?: string;
  readonly parent?: string;
}

interface StoredRoom {
  readonly _id: string;
  readonly t: 'c' | 'p';
  readonly name: string;
  readonly topic: string;
  readonly msgs: number;
  readonly ts: Date;
  readonly _updatedAt: Date;
}

/** What people see of a collection: how many, and one digest over all of it. */
export interface Seen {
  readonly count: number;
  readonly digest: string;
}

export interface Shown {
  readonly id: string;
  readonly text: string;
}

const ROOMS = 40;
const PEOPLE = 20;
/** These stay. Others are closed and removed while people talk. */
const LASTING_ROOMS = 20;
/** Between two things that one person does. */
const PAUSE_MS = 25;
/** What somebody touches is often new: then many changes meet at one document. */
const RECENT = 200;
const PRUNED_AT_ONCE = 20;
const LEAST_OF_EACH = 10;

/** Of each its id and its text, in the order of ids. */
export const seenOf = (shown: readonly Shown[]): Seen => {
  const sorted = [...shown].sort((a, b) => (a.id < b.id ? -1 : 1));
  const hash = createHash('sha256');
  for (const { id, text } of sorted) hash.update(`${id}\n${text}\n`);
  return { count: sorted.length, digest: hash.digest('hex') };
};

/** Each way, with how many of a hundred things are done so. */
const WAYS = {
  write: 34,
  edit: 22,
  churn: 8,
  churnRoom: 8,
  changeRoom: 2,
  remove: 7,
  hide: 6,
  empty: 4,
  prune: 2,
  bringBack: 7,
} as const;
type Way = keyof typeof WAYS;
const wayNames = Object.keys(WAYS) as Way[];
const hundred = wayNames.flatMap((way) => Array<Way>(WAYS[way]).fill(way));

/** People who talk in Rocket.Chat's own database: they write, edit, and take back in each of its ways. */
export class ChatTalkers {
  readonly #client: MongoClient;
  readonly #database: Db;
  readonly #messages: Collection<StoredMessage>;
  readonly #rooms: Collection<StoredRoom>;
  readonly #ids: string[] = [];
  #open: string[] = [];
  #opened = 0;
  readonly #done: Record<Way, number> = Object.fromEntries(
    wayNames.map((way) => [way, 0]),
  ) as Record<Way, number>;
  #talking: Promise<unknown>[] = [];
  #isTalking = false;

  constructor(
    url: string,
    database: string,
    private readonly random: () => number,
  ) {
    // What its driver repeats after an election is written once, and nothing that was answered is rolled back.
    this.#client = new MongoClient(url, { retryWrites: true, w: 'majority' });
    this.#database = this.#client.db(database);
    this.#messages = this.#database.collection<StoredMessage>('rocketchat_message');
    this.#rooms = this.#database.collection<StoredRoom>('rocketchat_room');
  }

  /** How much was done so far. */
  get done(): number {
    return Object.values(this.#done).reduce((sum, count) => sum + count, 0);
  }

  /** Whether everything that people can do was done often. */
  get didAll(): boolean {
    return Object.values(this.#done).every((count) => count >= LEAST_OF_EACH);
  }

  /** What was said before anybody followed it. */
  async history(count: number): Promise<void> {
    for (let room = 0; room < ROOMS; room++) await this.#openRoom();
    await this.#people();
    for (let at = 0; at < count; at += 5_000) {
      const some = Array.from({ length: Math.min(5_000, count - at) }, () => this.#message());
      await this.#messages.insertMany(some);
      this.#ids.push(...some.map(({ _id }) => _id));
    }
  }

  start(count: number): void {
    this.#isTalking = true;
    this.#talking = Array.from({ length: count }, async () => {
      while (this.#isTalking) {
        const way = hundred[Math.floor(this.random() * hundred.length)] ?? 'write';
        await this.#do(way).then(
          () => this.#done[way]++,
          // Nobody is answered while there is no primary, and nothing is there twice.
          () => undefined,
        );
        await delay(PAUSE_MS);
      }
    });
  }

  async stop(): Promise<void> {
    this.#isTalking = false;
    await Promise.all(this.#talking.splice(0));
  }

  /** As the server does it: first the messages, then the room. Another one is opened for it. */
  async closeRoom(): Promise<void> {
    const rid = this.#open[LASTING_ROOMS];
    if (rid === undefined) return;
    this.#open = this.#open.filter((room) => room !== rid);
    await this.#messages.deleteMany({ rid });
    await this.#rooms.deleteOne({ _id: rid });
    await this.#openRoom();
  }

  /** What the chat itself would show. */
  async messages(): Promise<Seen> {
    const rooms = await this.#rooms.distinct('_id');
    const visible = { _hidden: { $ne: true }, t: { $exists: false }, rid: { $in: rooms } };
    const found = await this.#messages.find(visible).project<StoredMessage>({ msg: 1 }).toArray();
    return seenOf(found.map(({ _id: id, msg: text }) => ({ id, text })));
  }

  async rooms(): Promise<Seen> {
    const found = await this.#rooms.find().toArray();
    return seenOf(found.map(({ _id: id, topic: text }) => ({ id, text })));
  }

  async close(): Promise<void> {
    await this.stop();
    await this.#client.close();
  }

  async #do(way: Way): Promise<void> {
    const _id = this.#any();
    switch (way) {
      case 'write':
        return this.#write(this.#message());
      case 'edit':
        return this.#edit(_id);
      case 'churn':
        return this.#churn(_id);
      case 'churnRoom':
        return this.#churnRoom(this.#anyRoom());
      case 'changeRoom':
        return this.#changeRoom(this.#anyRoom());
      case 'remove':
        return void (await this.#messages.deleteOne({ _id }));
      case 'hide':
        return this.#set(_id, { _hidden: true });
      case 'empty':
        return this.#set(_id, { t: 'rm', msg: '' });
      case 'prune':
        return this.#prune();
      case 'bringBack':
        return this.#bringBack(_id);
    }
  }

  async #write(message: StoredMessage): Promise<void> {
    await this.#messages.insertOne(message);
    this.#ids.push(message._id);
  }

  /** As the server does it where it keeps a history: a hidden copy first. */
  async #edit(_id: string): Promise<void> {
    const before = await this.#messages.findOne({ _id, t: { $exists: false } });
    if (!before) return;
    if (this.random() < 0.3)
      await this.#messages.insertOne({ ...before, _id: newId(), _hidden: true, parent: _id });
    await this.#set(_id, { msg: this.#text(), editedAt: new Date() });
  }

  /** What tells nobody anything. */
  async #churn(_id: string): Promise<void> {
    const changed = { $inc: { tcount: 1 }, $set: { _updatedAt: new Date(), tlm: new Date() } };
    await this.#messages.updateOne({ _id }, changed);
  }

  /** As each message does it to its room. */
  async #churnRoom(_id: string): Promise<void> {
    const at = new Date();
    const lastMessage = { msg: this.#text(), ts: at };
    const changed = { $inc: { msgs: 1 }, $set: { _updatedAt: at, lm: at, lastMessage } };
    await this.#rooms.updateOne({ _id }, changed);
  }

  async #changeRoom(_id: string): Promise<void> {
    const changed = { topic: this.#text(), t: this.random() < 0.5 ? 'c' : 'p' } as const;
    await this.#rooms.updateOne({ _id }, { $set: { ...changed, _updatedAt: new Date() } });
  }

  async #prune(): Promise<void> {
    const some = Array.from({ length: PRUNED_AT_ONCE }, () => this.#any());
    await this.#messages.deleteMany({ _id: { $in: some } });
  }

  /** The same id again, as a restored backup or an import has it: at once, or when all has heard that it was gone. */
  async #bringBack(_id: string): Promise<void> {
    await this.#messages.deleteOne({ _id });
    if (this.random() < 0.5) await delay(this.random() * 2_000);
    await this.#messages.insertOne({ ...this.#message(), _id });
  }

  async #set(_id: string, fields: object): Promise<void> {
    await this.#messages.updateOne({ _id }, { $set: { ...fields, _updatedAt: new Date() } });
  }

  #any(): string {
    const { length } = this.#ids;
    const from = this.random() < 0.5 ? Math.max(0, length - RECENT) : 0;
    return this.#ids[from + Math.floor(this.random() * (length - from))] ?? '';
  }

  #anyRoom(): string {
    return this.#open[Math.floor(this.random() * LASTING_ROOMS)] ?? '';
  }

  async #openRoom(): Promise<void> {
    const _id = `roomNumber${String(this.#opened++).padStart(7, '0')}`;
    const at = new Date();
    await this.#rooms.insertOne({
      ...{ _id, t: 'c', name: `room-${this.#opened}`, topic: '', msgs: 0 },
      ...{ ts: at, _updatedAt: at },
    });
    this.#open.push(_id);
  }

  /** Each is a member of one room. */
  async #people(): Promise<void> {
    const users = Array.from({ length: PEOPLE }, (_, i) => personOf(i));
    const members = users.map((u, i) => ({ _id: `m${i}`, rid: this.#open[i] ?? '', u }));
    const known = users.map((user) => ({ ...user, type: 'user', active: true, roles: ['user'] }));
    await this.#database.collection<Person>('users').insertMany(known);
    await this.#database.collection<Member>('rocketchat_subscription').insertMany(members);
  }

  #text(): string {
    return `The towels of home ${Math.floor(this.random() * 1_000_000_000)} are in the cupboard.`;
  }

  #message(): StoredMessage {
    const at = new Date();
    return {
      _id: newId(),
      rid: this.#open[Math.floor(this.random() * this.#open.length)] ?? '',
      msg: this.#text(),
      ts: at,
      u: personOf(Math.floor(this.random() * PEOPLE)),
      _updatedAt: at,
    };
  }
}

const personOf = (number: number): Person => ({
  _id: `userNumber${String(number).padStart(7, '0')}`,
  username: `person.${number}`,
});

const LETTERS = 'ABCDEFGHJKLMNPQRSTWXYZabcdefghijkmnopqrstuvwxyz23456789';

/** As its server draws them: 17 letters. */
const newId = (): string =>
  [...crypto.getRandomValues(new Uint8Array(17))]
    .map((byte) => LETTERS[byte % LETTERS.length])
    .join('');
