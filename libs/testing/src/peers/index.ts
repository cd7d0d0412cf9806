export { describePeer, describePeers } from './describe-peer.js';
export type { Emulator } from './emulators.js';
export {
  findPeer,
  type AbsentPeer,
  type FoundPeer,
  type PeerName,
  type Peers,
} from './find-peer.js';
export { programPath } from './find-program.js';
export { HANG_MS } from './hang.js';
export { itNeeding, type Need } from './it-needing.js';
export { databaseName, type MongoReplicaSet } from './mongodb.js';
export type { LockedMongodb } from './mongodb-locked.js';
export type { RedisServer } from './redis.js';
export { describeRestic } from './describe-restic.js';
export { findRestic, type FoundRestic, type ResticAge } from './find-restic.js';
export type { S3Grant, S3Server } from './s3.js';
export type { S3Account } from './s3-request.js';
export { recordNotRun, type NotRun } from './test-run.js';
export type { Toxic, ToxicProxy, Toxiproxy } from './toxiproxy.js';
export { prismNeed, startPrism, violationIn, type WatchingProxy } from './prism.js';
export { freePort } from './server.js';
