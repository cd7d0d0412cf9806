import * as agents from './agents.routes.js';
import * as answering from './answering.routes.js';
import * as backups from './backups.routes.js';
import * as capture from './capture.routes.js';
import { checkChat } from './chat.routes.js';
import * as deadLetters from './dead-letters.routes.js';
import * as deliveries from './deliveries.routes.js';
import * as facts from './facts.routes.js';
import * as links from './links.routes.js';
import { showModelUse } from './model-use.routes.js';
import * as notes from './notes.routes.js';
import * as open from './open.routes.js';
import * as operations from './operations.routes.js';
import * as rebuilds from './rebuilds.routes.js';
import { listRecords, listsOfEachKind, showRecord, showRecordContent } from './records.routes.js';
import type { RouteNote } from './route.js';
import { search } from './search.routes.js';
import * as sources from './sources.routes.js';
import * as sync from './sync.routes.js';

const ofApi: readonly RouteNote[] = [
  ...[showRecord, showRecordContent, links.listQuestions, links.showLinks, links.settle],
  ...[notes.saveNote, notes.removeNote],
  ...[deliveries.listDeliveries, deliveries.showDelivery, deliveries.showRaw, deliveries.reprocess],
  ...[deliveries.listQuarantine, deliveries.retryQuarantine, deliveries.retryQuarantineWithin],
  ...[deliveries.dropQuarantined, facts.listFacts, facts.showFact, facts.traceThing],
  ...[deadLetters.listLetters, deadLetters.showLetter, deadLetters.redriveAllLetters],
  ...[deadLetters.redriveLetter, deadLetters.dropLetter],
  ...[operations.showDoctor, operations.erase, operations.verifyLog, operations.declareRestored],
  ...[
    rebuilds.askRebuild,
    rebuilds.cancelRebuilds,
    rebuilds.showRebuild,
    sync.showSync,
    sync.startSync,
    sync.stopSync,
  ],
  ...[capture.listFeeds, capture.checkFeeds, capture.confirmDeletion, capture.resnapshot],
  ...[sources.listSources, operations.listSettings, operations.showMissingOnBus],
  ...[
    operations.createOnBus,
    open.showStartPage,
    open.showRecordPage,
    open.showOpenApi,
    open.showDocs,
  ],
];

/** Every route that the api role serves. */
export const servedRoutes: readonly RouteNote[] = [listRecords, ...ofApi];

/** Every route that the role llm-responder serves. */
export const responderRoutes: readonly RouteNote[] = [
  ...[answering.ask, answering.showQuestion, answering.rate, answering.listDialogues],
  ...[answering.showDialogue, answering.renameDialogue, answering.archiveDialogue],
  ...[search, showModelUse, open.showAskPage, checkChat],
];

/** Every route that the role backup-orchestrator serves. */
export const backupRoutes: readonly RouteNote[] = [
  ...[backups.askBackup, backups.listBackups, backups.showBackup, backups.watchBackup],
  ...[backups.showBackupRetention, backups.showBackupState, backups.adoptBackups],
  ...[backups.noteBackupKit, backups.reapBackupServers, open.showBackupsPage],
  ...[agents.orderOfServer, agents.reportOfServer, agents.sourceOfServer, agents.opensOfServer],
];

/** Every route of the OpenAPI document, those of other roles too. */
export const describedRoutes: readonly RouteNote[] = [
  ...listsOfEachKind,
  ...responderRoutes,
  ...backupRoutes,
  ...ofApi,
  ...open.routesOfOthers,
];
