import {
  Emulator,
  embedderSources,
  firestoreSources,
  pubsubFakeSources,
  pubsubSources,
  startEmulator,
} from './emulators.js';
import type { Source } from './find-program.js';
import { MongoReplicaSet, mongodbSources, startMongodb } from './mongodb.js';
import { LockedMongodb, lockedMongodbSources, startLockedMongodb } from './mongodb-locked.js';
import { qdrantSources } from './qdrant.js';
import { RedisServer, redisSources, startRedis } from './redis.js';
import type { LaunchAt, Lifetime, Server } from './server.js';
import { S3Server, s3Sources, startS3 } from './s3.js';
import { oncePerRun } from './shared.js';
import { startToxiproxy, Toxiproxy, toxiproxySources } from './toxiproxy.js';

export interface Peers {
  readonly mongodb: MongoReplicaSet;
  /** One member, with users and a short history. */
  readonly 'mongodb-locked': LockedMongodb;
  readonly pubsub: Emulator;
  readonly 'pubsub-fake': Emulator;
  readonly firestore: Emulator;
  /** Real models: `e5` wants prefixes, `use` is over ten times as fast. */
  readonly 'embedder-e5': Emulator;
  readonly 'embedder-use': Emulator;
  readonly redis: RedisServer;
  readonly qdrant: Emulator;
  readonly s3: S3Server;
  readonly toxiproxy: Toxiproxy;
}

export type PeerName = keyof Peers;

export interface FoundPeer<T> {
  readonly found: true;
  readonly name: PeerName;
  readonly where: string;
  /** One's own: may be killed and restarted; end it with `stop` in afterAll. */
  start(): Promise<T>;
  /** The run's: started once, used by every spec under names of its own; never kill or stop it. */
  shared(): Promise<T>;
}

export interface AbsentPeer {
  readonly found: false;
  readonly name: PeerName;
  readonly reason: string;
  readonly howToGet: string;
}

interface Definition<T, D> {
  readonly title: string;
  readonly sources: readonly Source[];
  readonly howToGet: string;
  readonly start: (launchAt: LaunchAt, lifetime: Lifetime) => Promise<T>;
  readonly describe: (running: T) => D;
  readonly adopt: (launchAt: LaunchAt, description: D) => T;
}

const emulator = (
  name: PeerName,
  title: string,
  sources: readonly Source[],
  howToGet: string,
): Definition<Emulator, Server> => ({
  title,
  sources,
  howToGet,
  start: (launchAt, lifetime) => startEmulator(name, launchAt, lifetime),
  describe: (running) => running.description,
  adopt: (launchAt, server) => new Emulator(launchAt, server),
});

const peersFolder = 'or put it into a folder bin/ and set INNKEEPER_PEERS to the folder above';

const mongodb: Definition<MongoReplicaSet, readonly Server[]> = {
  title: 'MongoDB (replica set of three)',
  sources: mongodbSources,
  howToGet: `install mongod 6.0 or later on the PATH, ${peersFolder}, or docker pull mongo:6.0`,
  start: startMongodb,
  describe: (set) => set.description,
  adopt: (launchAt, members) => new MongoReplicaSet(launchAt, members),
};

const lockedMongodb: Definition<LockedMongodb, Server> = {
  title: 'MongoDB (one member, with users)',
  sources: lockedMongodbSources,
  howToGet: `install mongod 6.0 or later on the PATH, ${peersFolder}`,
  start: startLockedMongodb,
  describe: (running) => running.description,
  adopt: (_launchAt, server) => new LockedMongodb(server),
};

const redis: Definition<RedisServer, Server> = {
  title: 'Redis',
  sources: redisSources,
  howToGet: `install redis-server 6.2 or later on the PATH, ${peersFolder}, or docker pull redis:7`,
  start: startRedis,
  describe: (running) => running.description,
  adopt: (launchAt, server) => new RedisServer(launchAt, server),
};

const toxiproxy: Definition<Toxiproxy, Server> = {
  title: 'Toxiproxy',
  sources: toxiproxySources,
  howToGet: `install toxiproxy-server (github.com/Shopify/toxiproxy) on the PATH, ${peersFolder}`,
  start: startToxiproxy,
  describe: (running) => running.description,
  adopt: (_launchAt, server) => new Toxiproxy(server),
};

const s3: Definition<S3Server, Server> = {
  title: 'S3 (versitygw)',
  sources: s3Sources,
  howToGet: `install versitygw (github.com/versity/versitygw) on the PATH, ${peersFolder}`,
  start: startS3,
  describe: (running) => running.description,
  adopt: (launchAt, server) => new S3Server(launchAt, server),
};

const embedderHow = `put embedder (a program around multilingual-e5-small and USE multilingual) on the PATH, ${peersFolder}`;

const definitions = {
  mongodb,
  'mongodb-locked': lockedMongodb,
  pubsub: emulator(
    'pubsub',
    'Google Pub/Sub emulator',
    pubsubSources,
    'install Java and google-cloud-cli-pubsub-emulator, or docker pull gcr.io/google.com/cloudsdktool/google-cloud-cli:emulators',
  ),
  'pubsub-fake': emulator(
    'pubsub-fake',
    'shuffling Pub/Sub fake',
    pubsubFakeSources,
    `put pubsub-emulator (Google's pstest with an own main) on the PATH, ${peersFolder}`,
  ),
  firestore: emulator(
    'firestore',
    'Google Firestore emulator',
    firestoreSources,
    'install Java and google-cloud-cli-firestore-emulator, or docker pull gcr.io/google.com/cloudsdktool/google-cloud-cli:emulators',
  ),
  'embedder-e5': emulator('embedder-e5', 'embedding model e5', embedderSources('e5'), embedderHow),
  'embedder-use': emulator(
    'embedder-use',
    'embedding model USE',
    embedderSources('use'),
    embedderHow,
  ),
  redis,
  qdrant: emulator(
    'qdrant',
    'Qdrant (its engine)',
    qdrantSources,
    `put qdrant-edge (the engine of qdrant-edge-py behind Qdrant's REST API) on the PATH, ${peersFolder}`,
  ),
  s3,
  toxiproxy,
};

export const peerTitle = (name: PeerName): string => definitions[name].title;

/** Looks in INNKEEPER_PEERS, on the PATH and in Docker; starts nothing. */
export const findPeer = <N extends PeerName>(name: N): FoundPeer<Peers[N]> | AbsentPeer => {
  const definition = definitions[name] as unknown as Definition<Peers[N], unknown>;
  const { sources, howToGet, start, describe, adopt } = definition;
  const source = sources.map((find) => find()).find((found) => found !== undefined);
  if (source === undefined) {
    const reason = `${definition.title} is neither in INNKEEPER_PEERS, nor on this machine, nor in Docker`;
    return { found: false, name, reason, howToGet };
  }
  const { where, launchAt } = source;
  const startForRun = async () => describe(await start(launchAt, 'run'));
  return {
    found: true,
    name,
    where,
    start: () => start(launchAt, 'process'),
    shared: async () => adopt(launchAt, await oncePerRun(name, startForRun)),
  };
};
