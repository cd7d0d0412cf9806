import { readdirSync, readFileSync } from 'node:fs';

import {
  mongodbRocketchatDirectory,
  type MongodbRocketchatDirectoryOptions,
} from '#libs/adapters/rocketchat';
import { MongoDatabase, mongodbSnapshotReader } from '#libs/adapters/mongodb';
import type { JsonObject } from '#libs/kernel';
import type { Directory } from '#libs/ports/directory';

const folder = new URL('../../../../test/fixtures/rocketchat/mongo/', import.meta.url);

const documentsIn = (name: string): JsonObject[] =>
  [JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as JsonObject | JsonObject[]].flat();

/** All samples of one sort: `room`, `user`. */
export const samples = (sort: string): JsonObject[] =>
  readdirSync(folder)
    .filter((name) => name.startsWith(`${sort}-`) && name.endsWith('.json'))
    .flatMap(documentsIn);

/** Besides the sample, which has six: as a server gives them to roles when it is new. */
const MORE_PERMISSIONS: Readonly<Record<string, readonly string[]>> = {
  'view-l-room': ['livechat-manager', 'livechat-monitor', 'livechat-agent', 'admin'],
  'view-livechat-rooms': ['livechat-manager', 'livechat-monitor', 'admin'],
  'view-livechat-room-closed-by-another-agent': ['livechat-manager'],
};

export const defaultPermissions = (): JsonObject[] => [
  ...samples('permissions'),
  ...Object.entries(MORE_PERMISSIONS).map(([_id, roles]) => ({ _id, roles })),
];

/** What stands in each collection of a chat. */
export interface ChatDocuments {
  readonly users: readonly JsonObject[];
  readonly rocketchat_room: readonly JsonObject[];
  readonly rocketchat_subscription: readonly JsonObject[];
  readonly rocketchat_permissions: readonly JsonObject[];
  readonly rocketchat_roles: readonly JsonObject[];
  readonly rocketchat_team: readonly JsonObject[];
  readonly rocketchat_team_member: readonly JsonObject[];
}

export type ChatCollection = keyof ChatDocuments;

export const sampleChat = (): ChatDocuments => ({
  users: samples('user'),
  rocketchat_room: samples('room'),
  rocketchat_subscription: samples('subscription'),
  rocketchat_permissions: defaultPermissions(),
  rocketchat_roles: ['admin', 'user', 'guest', 'bot', 'app', 'livechat-agent'].map((_id) => ({
    _id,
    name: _id,
    scope: 'Users',
  })),
  rocketchat_team: samples('team').filter(({ name }) => name !== undefined),
  rocketchat_team_member: samples('team-member'),
});

/** A chat in a real database, written by its owner and read by us. */
export const openChat = async (url: string, name: string) => {
  const owner = new MongoDatabase({ url, name });
  const reader = new MongoDatabase({ url, name, timeoutMs: 1_000 });
  const database = mongodbSnapshotReader({
    database: reader,
    unavailable: 'DIRECTORY_UNAVAILABLE',
  });
  const collection = (of: ChatCollection) => owner.collection<{ _id: string }>(of);
  return {
    owner,
    database,
    directory: (options: Partial<MongodbRocketchatDirectoryOptions> = {}): Directory =>
      mongodbRocketchatDirectory({
        ...{ database, staff: [], direct: false, livechat: false },
        // A busy machine is slower than a person would wait.
        patienceMs: 60_000,
        ...options,
      }),
    async fill(chat: ChatDocuments): Promise<void> {
      for (const [of, documents] of Object.entries(chat) as [ChatCollection, JsonObject[]][]) {
        await collection(of).deleteMany({});
        if (documents.length > 0) await collection(of).insertMany(documents as never);
      }
    },
    /** The same at one moment, of collections that are there. */
    fillAtOnce: (chat: ChatDocuments): Promise<void> =>
      owner.db.client.withSession((session) =>
        session.withTransaction(async () => {
          for (const [of, documents] of Object.entries(chat) as [ChatCollection, JsonObject[]][]) {
            await collection(of).deleteMany({}, { session });
            if (documents.length > 0)
              await collection(of).insertMany(documents as never, { session });
          }
        }),
      ),
    put: async (of: ChatCollection, document: JsonObject): Promise<void> => {
      const _id = document['_id'] as string;
      await collection(of).replaceOne({ _id }, document, { upsert: true });
    },
    /** In one transaction. */
    together: (documents: readonly (readonly [ChatCollection, JsonObject])[]): Promise<void> =>
      owner.db.client.withSession((session) =>
        session.withTransaction(async () => {
          for (const [of, document] of documents) {
            const _id = document['_id'] as string;
            await collection(of).replaceOne({ _id }, document, { session });
          }
        }),
      ),
    remove: async (of: ChatCollection, _id: string): Promise<void> => {
      await collection(of).deleteOne({ _id });
    },
    async close(): Promise<void> {
      await owner.db.dropDatabase();
      await Promise.all([owner.close(), reader.close()]);
    },
  };
};

export type OpenChat = Awaited<ReturnType<typeof openChat>>;
