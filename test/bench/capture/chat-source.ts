import { MongoClient, type Collection, type Db } from 'mongodb';

export interface BenchMessage {
  readonly _id: string;
  readonly rid: string;
  readonly msg: string;
  readonly ts: Date;
  readonly u: { readonly _id: string; readonly username: string; readonly name: string };
  readonly _updatedAt: Date;
  readonly urls: readonly string[];
  readonly mentions: readonly string[];
}

/** Of documents that nobody reads here, beside their identity. */
interface ChatDocument {
  readonly _id: string;
  readonly [field: string]: unknown;
}

/** What of a room changes with each message. */
interface ChangingRoom {
  readonly _id: string;
  readonly msgs: number;
  readonly lm: Date;
  readonly _updatedAt: Date;
}

const ROOMS = 50;
const PEOPLE = 20;
const BATCH = 5_000;
const EDITED_AT_ONCE = 200;

const numbered = (letter: string, n: number): string => `${letter}${String(n).padStart(16, '0')}`;
const roomOf = (n: number): string => numbered('r', n % ROOMS);
const personOf = (n: number): BenchMessage['u'] => ({
  _id: numbered('u', n),
  username: `person.${n}`,
  name: `Person ${n}`,
});

/** Is in each room. */
export const READER = personOf(0).username;

/** As the server writes one: some sixty bytes of text among what everybody has. */
export const messageOf = (
  n: number,
  text = `Linen for home ${n} comes on Thursday at two.`,
): BenchMessage => {
  const at = new Date();
  return {
    _id: numbered('m', n),
    rid: roomOf(n),
    msg: text,
    ts: at,
    u: personOf(n % PEOPLE),
    _updatedAt: at,
    urls: [],
    mentions: [],
  };
};

/** Rocket.Chat's database, as far as a bench writes it. */
export class ChatSource {
  readonly messages: Collection<BenchMessage>;
  readonly #client: MongoClient;
  readonly #db: Db;

  constructor(
    readonly url: string,
    readonly database: string,
  ) {
    this.#client = new MongoClient(url, { writeConcern: { w: 'majority' } });
    this.#db = this.#client.db(database);
    this.messages = this.#db.collection<BenchMessage>('rocketchat_message');
  }

  /** Rooms, the people in them, and their rights: a room without a document is not followed. */
  async found(): Promise<void> {
    const people = Array.from({ length: PEOPLE }, (_, n) => personOf(n));
    const rooms = Array.from({ length: ROOMS }, (_, n) => roomOf(n));
    const now = new Date();
    const chat: Record<string, ChatDocument[]> = {
      rocketchat_room: rooms.map((_id) => ({ _id, t: 'p', name: _id, ts: now, msgs: 0 })),
      users: people.map(({ _id, ...names }) => ({
        ...{ _id, ...names, type: 'user', active: true, roles: ['user'], createdAt: now },
      })),
      rocketchat_subscription: rooms.flatMap((rid) =>
        people.map((u) => ({ _id: `${rid}${u._id}`, rid, u, ts: now })),
      ),
      rocketchat_permissions: ['view-joined-room', 'view-c-room', 'view-p-room'].map((_id) => ({
        ...{ _id, roles: ['user'] },
      })),
      rocketchat_roles: [{ _id: 'user', name: 'user' }],
    };
    for (const [name, documents] of Object.entries(chat))
      await this.#db.collection<ChatDocument>(name).insertMany(documents);
    await this.#db.createCollection('rocketchat_message');
  }

  async write(from: number, count: number): Promise<void> {
    for (let at = from; at < from + count; at += BATCH) {
      const size = Math.min(BATCH, from + count - at);
      await this.messages.insertMany(
        Array.from({ length: size }, (_, i) => messageOf(at + i)),
        { ordered: false },
      );
    }
  }

  /** Changes each text, and beside each the counters of its room: what a chat writes when people talk. */
  async edit(from: number, count: number): Promise<void> {
    const rooms = this.#db.collection<ChangingRoom>('rocketchat_room');
    for (let at = from; at < from + count; at += EDITED_AT_ONCE) {
      const size = Math.min(EDITED_AT_ONCE, from + count - at);
      const numbers = Array.from({ length: size }, (_, i) => at + i);
      const now = new Date();
      const edits = numbers.map((n) => ({
        updateOne: {
          filter: { _id: numbered('m', n) },
          update: {
            $set: { msg: `Linen for home ${n} comes on Friday.`, editedAt: now, _updatedAt: now },
          },
        },
      }));
      const churn = numbers.map((n) => ({
        updateOne: {
          filter: { _id: roomOf(n) },
          update: { $inc: { msgs: 1 }, $set: { lm: now, _updatedAt: now } },
        },
      }));
      await Promise.all([this.messages.bulkWrite(edits), rooms.bulkWrite(churn)]);
    }
  }

  close(): Promise<void> {
    return this.#client.close();
  }
}
