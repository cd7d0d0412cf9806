import { compress, expand, nodeHash } from '#libs/adapters/node-crypto';
import { createJournal } from '#libs/journal';
import { systemClock } from '#libs/kernel';
import type { Bus } from '#libs/ports/bus';
import type { Documents, Leases } from '#libs/ports/documents';
import type { EventLog, LogChain } from '#libs/ports/event-log';
import type { JobQueue } from '#libs/ports/job-queue';
import type { Keys } from '#libs/ports/keys';
import type { PassageVectors, SearchIndex, Vocabulary } from '#libs/ports/search-index';

import type { Settings } from '../settings/read-settings.js';
import type { DataDirectory } from './data-directory.js';
import { followedReaders } from './followed-notices.js';
import { openApis, outboundWhenAsked } from './open-apis.js';
import { makesBackups, openBackups } from './open-backups.js';
import { openChat } from './open-chat.js';
import { openChatModel } from './open-chat-model.js';
import { openDirectory } from './open-directory.js';
import { openEmbedder } from './open-embedder.js';
import { openFeeds } from './open-feeds.js';
import { OpenFirestore } from './open-firestore.js';
import { needsJobQueue, openJobQueue } from './open-job-queue.js';
import { OpenMongodb } from './open-mongodb.js';
import { Opened } from './opened.js';
import { OpenPubsub } from './open-pubsub.js';
import { openReranker } from './open-reranker.js';
import { needsSearchIndex, openSearchIndex } from './open-search-index.js';
import { openSources } from './open-sources.js';
import { OpenSqlite } from './open-sqlite.js';
import type { Opening } from './opening.js';
import type { Parts } from './parts.js';
import { watchDisk } from './watch-disk.js';

/** Everything embedded lies in one data directory; a process without embedded parts has none. */
export const needsDataDirectory = (settings: Settings): boolean => {
  const { backupDocuments, eventLog, documents, bus, keys, jobQueue, searchIndex } = settings;
  const used = [
    ...[eventLog, documents, bus, keys],
    ...(needsJobQueue(settings) ? [jobQueue] : []),
    ...(needsSearchIndex(settings) ? [searchIndex] : []),
    ...(makesBackups(settings) ? [backupDocuments] : []),
  ];
  return used.some(({ kind }) => kind === 'sqlite');
};

/**
 * Opens what the settings choose, each technology once: adapters of one technology share one
 * connection. Drivers are loaded by what is chosen and only then, so the rest costs no memory.
 */
export const openParts = async (
  settings: Settings,
  data: DataDirectory | undefined,
): Promise<Parts> => {
  const opened = new Opened();
  const opening: Opening = { settings, data, opened, backEnds: [], retained: [], tidiers: [] };
  try {
    const sqlite = new OpenSqlite(opening);
    const ports = await openPorts(opening, sqlite);
    const outbound = outboundWhenAsked(opening);
    const reaching = { ...ports, outbound, others: new OpenMongodb(opening) };
    return {
      ...ports,
      embedder: await openEmbedder(opening),
      reranker: await openReranker(opening),
      chatModel: await openChatModel(opening),
      chat: await openChat(opening, reaching),
      directory: await openDirectory(opening, reaching),
      journal: createJournal(ports),
      clock: systemClock,
      hash: nodeHash,
      packer: { pack: compress, unpack: expand },
      outbound,
      feeds: await openFeeds(opening, reaching),
      followed: followedReaders(settings),
      backups: await openBackups(opening, sqlite),
      apis: await openApis(settings, { ...ports, outbound }),
      sources: openSources(settings, data?.secret),
      backEnds: opening.backEnds,
      disk: data && opened.add(await watchDisk(data.path), (it) => it.stop()),
      retained: opening.retained,
      async tidy() {
        for (const tidy of opening.tidiers) await tidy();
      },
      close: () => opened.close(),
    };
  } catch (error) {
    await opened.close();
    throw error;
  }
};

interface PortsOfProcess {
  readonly log: EventLog & LogChain;
  readonly documents: Documents;
  readonly leases: Leases;
  readonly bus: Bus;
  readonly keys: Keys;
  readonly jobQueue: JobQueue | undefined;
  readonly searchIndex: (SearchIndex & Vocabulary & PassageVectors) | undefined;
}

const openPorts = async (opening: Opening, sqlite: OpenSqlite): Promise<PortsOfProcess> => {
  const { eventLog, documents, bus, keys } = opening.settings;
  const mongodb = new OpenMongodb(opening);
  return {
    keys: keys.kind === 'mongodb' ? await mongodb.keys(keys) : await sqlite.keys(keys),
    log: eventLog.kind === 'mongodb' ? await mongodb.eventLog(eventLog) : await sqlite.eventLog(),
    // Where the log is: a lease guards who reads it.
    leases: eventLog.kind === 'mongodb' ? await mongodb.leases(eventLog) : await sqlite.leases(),
    documents: await openDocuments(opening, documents, sqlite, mongodb),
    bus: bus.kind === 'pubsub' ? new OpenPubsub(opening).bus(bus) : await sqlite.bus(),
    jobQueue: await openJobQueue(opening, sqlite),
    searchIndex: await openSearchIndex(opening, sqlite),
  };
};

const openDocuments = (
  opening: Opening,
  documents: Settings['documents'],
  sqlite: OpenSqlite,
  mongodb: OpenMongodb,
): Promise<Documents> => {
  switch (documents.kind) {
    case 'sqlite':
      return sqlite.documents();
    case 'mongodb':
      return mongodb.documents(documents);
    case 'firestore':
      return new OpenFirestore(opening).documents(documents);
  }
};
