import { isForAdmins } from '#libs/catalog';
import {
  adoptBackups,
  ask,
  askBackup,
  askRebuild,
  cancelRebuilds,
  checkChat,
  checkFeeds,
  confirmDeletion,
  createOnBus,
  declareRestored,
  dropLetter,
  dropQuarantined,
  erase,
  listBackups,
  noteBackupKit,
  reapBackupServers,
  listDeliveries,
  listFacts,
  listFeeds,
  listLetters,
  listQuarantine,
  listQuestions,
  listRecords,
  listSettings,
  listSources,
  redriveAllLetters,
  redriveLetter,
  removeNote,
  reprocess,
  resnapshot,
  retryQuarantine,
  retryQuarantineWithin,
  saveNote,
  search,
  settle,
  showBackup,
  showBackupRetention,
  showBackupState,
  showDelivery,
  showDoctor,
  showLetter,
  showLinks,
  showMissingOnBus,
  showModelUse,
  showRaw,
  showRebuild,
  showRecord,
  showSync,
  startSync,
  stopSync,
  traceThing,
  verifyLog,
  watchBackup,
  type FactListQuery,
  type RecordHistoryAnswer,
  type RouteBody,
  type RouteQuery,
} from '#libs/routes';

import type { RouteClient } from './route-client.js';

/** What commands ask of a running platform, by names of their own. */
export const httpApi = (client: RouteClient) => {
  const { call, pages } = client;
  return {
    search: (query: RouteQuery<typeof search>) => call(search, { query }),
    facts: (query: FactListQuery, personal: boolean) =>
      call(listFacts, { query, ...(personal && { role: 'operator' }), ...roleForFacts(query) }),
    deliveries: (query: RouteQuery<typeof listDeliveries>, limit: number) =>
      pages(listDeliveries, { query }, limit),
    delivery: (id: string) => call(showDelivery, { parameters: { id } }),
    raw: (id: string) => client.bytes(showRaw, { parameters: { id } }),
    reprocess: (body: RouteBody<typeof reprocess>) => call(reprocess, { body }),
    quarantine: (query: RouteQuery<typeof listQuarantine>, limit: number) =>
      pages(listQuarantine, { query }, limit),
    /** With a window in seconds wider than the senders', which takes an admin. */
    retryQuarantine: (withinSeconds?: number) =>
      withinSeconds === undefined
        ? call(retryQuarantine, {})
        : call(retryQuarantineWithin, { body: { withinSeconds } }),
    dropQuarantined: (id: string) => call(dropQuarantined, { parameters: { id } }),
    trace: (id: string) => call(traceThing, { parameters: { id } }),
    examine: () => call(showDoctor, {}),
    letters: (query: RouteQuery<typeof listLetters>, limit: number) =>
      pages(listLetters, { query }, limit),
    letter: (id: string) => call(showLetter, { parameters: { id } }),
    redrive: (id: string) => call(redriveLetter, { parameters: { id } }),
    redriveAll: (subscription: string | undefined) =>
      call(redriveAllLetters, { body: { subscription } }),
    dropLetter: (id: string) => call(dropLetter, { parameters: { id } }),
    verify: () => client.lines(verifyLog, {}),
    erase: (body: RouteBody<typeof erase>) => call(erase, { body }),
    logRestored: () => call(declareRestored, {}),
    missingOnBus: () => call(showMissingOnBus, {}),
    createOnBus: () => call(createOnBus, {}),
    askRebuild: (projection: string, body: RouteBody<typeof askRebuild>) =>
      call(askRebuild, { parameters: { projection }, body }),
    cancelRebuilds: (projection: string) => call(cancelRebuilds, { parameters: { projection } }),
    rebuild: (id: string) => call(showRebuild, { parameters: { id } }),
    records: (kind: string, query: RouteQuery<typeof listRecords>, limit: number) =>
      pages(listRecords, { parameters: { kind }, query, ...roleFor(kind) }, limit),
    record: (kind: string, id: string) => wholeRecord(client, kind, id),
    sources: () => call(listSources, {}),
    ...linksApi(client),
    ...syncApi(client),
    ...captureApi(client),
    ...backupsApi(client),
    /** To ask with the rights of another takes an admin. */
    ask: (body: RouteBody<typeof ask>) =>
      call(ask, { body, ...(body.as !== undefined && { role: 'admin' as const }) }),
    /** The same, as it grows. */
    askAsItGrows: (body: RouteBody<typeof ask>) =>
      client.events(ask, { body, ...(body.as !== undefined && { role: 'admin' as const }) }),
    modelUse: (query: RouteQuery<typeof showModelUse>) => call(showModelUse, { query }),
    settings: () => call(listSettings, {}),
    saveNote: (body: RouteBody<typeof saveNote>) => call(saveNote, { body }),
    removeNote: (id: string) => call(removeNote, { parameters: { id } }),
  };
};

const linksApi = ({ call, pages }: RouteClient) => ({
  questions: (limit: number) => pages(listQuestions, {}, limit),
  links: (kind: string, id: string) =>
    call(showLinks, { parameters: { kind, id }, ...roleFor(kind) }),
  settle: (record: string, other: string, same: boolean) =>
    call(settle, { body: { records: [record, other], same } }),
});

const syncApi = ({ call }: RouteClient) => ({
  sync: () => call(showSync, {}),
  startSync: (source: string, list: string | undefined) =>
    call(startSync, { parameters: { source }, body: { list } }),
  stopSync: (source: string) => call(stopSync, { parameters: { source } }),
});

const captureApi = ({ call }: RouteClient) => ({
  feeds: () => call(listFeeds, {}),
  checkChat: () => call(checkChat, {}),
  checkFeeds: () => call(checkFeeds, {}),
  confirmDeletion: (name: string) => call(confirmDeletion, { parameters: { name } }),
  resnapshot: (name: string) => call(resnapshot, { parameters: { name } }),
});

const backupsApi = ({ call, events, pages }: RouteClient) => ({
  askBackup: (body: RouteBody<typeof askBackup>, key: string) => call(askBackup, { body, key }),
  adoptBackups: () => call(adoptBackups, {}),
  reapBackupServers: () => call(reapBackupServers, {}),
  backups: (limit: number) => pages(listBackups, {}, limit),
  backup: (id: string) => call(showBackup, { parameters: { id } }),
  watchBackup: (id: string, signal: AbortSignal) =>
    events(watchBackup, { parameters: { id }, signal }),
  backupRetention: () => call(showBackupRetention, {}),
  noteBackupKit: (body: RouteBody<typeof noteBackupKit>) => call(noteBackupKit, { body }),
  backupState: () => call(showBackupState, {}),
});

export type Api = ReturnType<typeof httpApi>;

/** Some kinds are read by administrators alone. */
const roleFor = (kind: string): { readonly role?: 'admin' } =>
  isForAdmins(kind) ? { role: 'admin' } : {};

/** Their facts too: who asks for them by type or by stream asks as one. */
const roleForFacts = ({ stream = '', type = '' }: FactListQuery): { readonly role?: 'admin' } => {
  const [, ofType = ''] = type.split('.');
  const [ofStream = ''] = stream.split('/');
  return { ...roleFor(ofType), ...roleFor(ofStream) };
};

/** Of one page: the most the API gives. */
const PAGE = 200;

/** A record with its whole history, however long. */
const wholeRecord = async (
  { call }: RouteClient,
  kind: string,
  id: string,
): Promise<RecordHistoryAnswer> => {
  const pageAfter = (historyAfter?: number) =>
    call(showRecord, {
      parameters: { kind, id },
      query: { limit: PAGE, historyAfter },
      ...roleFor(kind),
    });
  const first = await pageAfter();
  const history = [...first.history];
  for (let after = first.historyNext; after !== null;) {
    const page = await pageAfter(after);
    history.push(...page.history);
    after = page.historyNext;
  }
  return { ...first, history, historyNext: null };
};
