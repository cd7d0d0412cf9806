import { hash, randomBytes } from 'node:crypto';
import { setImmediate, setTimeout } from 'node:timers/promises';

import type { AnsweringModelParts, AnsweringParts } from '#libs/answering';
import type { BackupsParts } from '#libs/backups';
import type { CaptureParts } from '#libs/capture';
import type { Catalog, CatalogParts } from '#libs/catalog';
import {
  createAllowance,
  guardedAllowance,
  readerOf,
  type Intake,
  type IntakeParts,
  type QuarantineGuard,
} from '#libs/intake';
import { ownIdOf } from '#libs/contracts';
import { fault } from '#libs/kernel';
import {
  detectLanguage,
  judgeFound,
  masked,
  timeIn,
  wordComparison,
  type IndexDeskParts,
  type Knowledge,
  type KnowledgeParts,
} from '#libs/knowledge';
import type { OperationsParts, Registers, RegistersParts } from '#libs/operations';
import type { composeRoomQuestions, RoomsParts } from '#libs/rooms';

import { systemTimers } from '../leases/timers.js';
import { leaseTimes } from '../leases/under-lease.js';
import { credentialSettingsOf, secretsSettingOf } from '../settings/provider-areas.js';
import { ownSideExaminer } from './examine-own-side.js';
import { noticeFeeds } from './notice-feeds.js';
import type { OpenedBackups } from './opened-backups.js';
import type { Process } from './process.js';
import { modelsOf } from './reach-models.js';
import { backupNoticed } from './backup-noticed.js';
import { deliveryOfRun, toldStatesOf } from './tell-run.js';

// What each context gets from this process. A new part of a context is a line here; where it is missing, this
// file does not compile.

const DAY_MS = 86_400_000;

/** What strangers may fill the quarantine with: far above any provider's mistake, far below a flood. */
const quarantineRate = { bytesPerSecond: 1_000_000, piecesPerSecond: 100, burstSeconds: 10 };

export const registersParts = ({ parts, metrics }: Process): RegistersParts => ({
  ...parts,
  makeKey: () => randomBytes(32),
  isKnown: (source) => readerOf(parts, source) !== undefined,
  meter: metrics,
});

export const intakeParts = (
  { parts, metrics, settings: { intake, operations } }: Process,
  { counts }: Registers,
): IntakeParts => ({
  ...parts,
  quarantineAllowance: guardedAllowance(
    createAllowance(quarantineRate),
    quarantineGuard(parts, metrics),
  ),
  quarantineGuard: quarantineGuard(parts, metrics),
  notice: (noticed) => counts.notice(noticed),
  rawRetentionMs: intake.rawRetentionDays * DAY_MS,
  quarantineRetentionMs: intake.quarantineRetentionDays * DAY_MS,
  quarantineMaxBytes: intake.quarantineMaxBytes,
  publicUrl: operations.publicUrl ?? '',
});

const quarantineGuard = (
  { disk }: Process['parts'],
  metrics: Process['metrics'],
): QuarantineGuard => ({
  isDiskNearlyFull: disk?.isNearlyFull ?? (() => false),
  onDropped: metrics.droppedFromQuarantine,
});

export const captureParts = (process: Process): CaptureParts => ({
  ...process.parts,
  sleep: (ms, signal) => systemTimers.sleep(ms, signal),
  notice: noticeFeeds(process),
});

export const catalogParts = ({ parts, settings }: Process): CatalogParts => ({
  ...parts,
  kindLimits: settings.rights.kindReaders,
});

interface AnsweredFrom {
  readonly catalog: Pick<Catalog, 'eraseQuoting' | 'recordsFor'>;
  readonly intake: Pick<Intake, 'deliveries'>;
  readonly knowledge: Pick<
    Knowledge,
    'findCalls' | 'findLinks' | 'findScope' | 'rateSentences' | 'search'
  >;
}

/** By its door, or by its API. */
const lastHeardOf =
  ({ deliveries }: AnsweredFrom['intake']) =>
  async (source: string): Promise<number | undefined> => {
    const last = await Promise.all([source, `${source}-api`].map((name) => deliveries.last(name)));
    const times = last.flatMap((one) => one?.receivedAt ?? []);
    return times.length > 0 ? Math.max(...times) : undefined;
  };

export const answeringParts = (
  process: Process,
  { catalog, intake, knowledge }: AnsweredFrom,
): AnsweringParts => ({
  ...process.parts,
  model: answeringModelParts(process),
  eraseQuoting: catalog.eraseQuoting,
  recordsFor: catalog.recordsFor,
  judgeFound,
  languageIn: detectLanguage,
  timeIn,
  findScope: knowledge.findScope,
  findLinks: knowledge.findLinks,
  findCalls: knowledge.findCalls,
  rateSentences: knowledge.rateSentences,
  lastHeard: lastHeardOf(intake),
  search: knowledge.search,
  timeZone: process.settings.company.timeZone,
});

const answeringModelParts = ({
  parts: { chatModel },
  metrics,
  settings: { answers, rights },
}: Process): AnsweringModelParts | undefined =>
  chatModel && {
    model: chatModel,
    price: chatModel.price,
    budget: answers,
    compareWords: wordComparison(),
    mask: masked,
    excludedKinds: new Set(rights.modelExcludedKinds),
    standIns: answers.standIns,
    makeMark: () => randomBytes(8).toString('hex'),
    limits: {
      firstPieceMs: answers.firstWordMs,
      silentMs: answers.firstWordMs,
      wholeMs: answers.wholeMs,
    },
    onEnd: metrics.modelEnded,
    onUsed: metrics.modelUsed,
  };

interface AnsweredInRooms {
  readonly answering: RoomsParts['answering'];
  readonly catalog: Pick<Catalog, 'records'>;
  readonly intake: Pick<Intake, 'deliveries'>;
  readonly chat: RoomsParts['chat'];
}

export const roomsParts = (
  process: Process,
  { answering, catalog, chat, intake }: AnsweredInRooms,
): RoomsParts => {
  const { parts, holder, log, metrics, settings } = process;
  return {
    ...{ ...parts, chat, answering, holder },
    triggers: settings.chat.triggers,
    publicUrl: settings.operations.publicUrl,
    principalsInRoom: (room, person) => process.principalsInRoom(room, person),
    askerOf: (person) => process.askerInRoom(person),
    goneOf: goneIn(catalog),
    examineOwnSide: ownSideExaminer(process, lastHeardOf(intake)),
    sleep: (ms, signal) => systemTimers.sleep(ms, signal),
    notice: ({ event, message, room, ms }) => {
      metrics.happenedInRoom(event, ms);
      log.info(event, { messageId: message, room, ms });
    },
  };
};

/** What has no place any more was erased; what has one may be marked as gone. */
const goneIn =
  ({ records }: Pick<Catalog, 'records'>): RoomsParts['goneOf'] =>
  async (asked) => {
    const places = await Promise.all(asked.map((record) => records.places(record)));
    return new Set(asked.filter((_, i) => places[i]?.every(({ gone }) => gone) ?? true));
  };

export const indexDeskParts = ({ parts }: Process): IndexDeskParts => ({
  ...parts,
  makeKey: () => randomBytes(32),
});

const CHAT_MESSAGE = 'chat_message/';

/** Messages by the names of their records. Other talks are none of the chat, and nobody looks for them. */
export const askedUsIn =
  ({ askedUs }: ReturnType<typeof composeRoomQuestions>): NonNullable<KnowledgeParts['askedUs']> =>
  async (records) => {
    const named = records.filter((record) => record.startsWith(CHAT_MESSAGE));
    const messageOf = (record: string): string => ownIdOf(record.slice(CHAT_MESSAGE.length));
    const asked = await askedUs(named.map(messageOf));
    return new Set(named.filter((record) => asked.has(messageOf(record))));
  };

export const knowledgeParts = (
  process: Process,
  catalog: KnowledgeParts['catalog'],
  askedUs: KnowledgeParts['askedUs'],
): KnowledgeParts => {
  const { parts, metrics, settings } = process;
  const { searchIndex: index } = parts;
  // Settings say which roles have one: without it, such a role was put together wrongly.
  if (!index) throw fault('SEARCH_INDEX_UNAVAILABLE');
  const { timeZone } = settings.company;
  return {
    ...parts,
    ...indexDeskParts(process),
    ...{ catalog, index, timeZone, askedUs },
    kindLimits: settings.rights.kindReaders,
    excludedKinds: new Set(settings.rights.searchExcludedKinds),
    digest: (bytes) => hash('sha256', bytes, 'buffer'),
    unembeddedKinds: new Set(settings.rights.embedderExcludedKinds),
    onIndexed: metrics.indexed,
    letOthersWork: () => setImmediate(),
  };
};

export const operationsParts = (
  { parts, settings, health, startedAt }: Process,
  registers: Registers,
): OperationsParts => ({
  ...parts,
  disk: async () => parts.disk?.look(),
  models: modelsOf(parts),
  registers,
  startedAt,
  digest: (bytes) => hash('sha256', bytes, 'buffer'),
  settingsOf: (source) => ({
    setting: secretsSettingOf(source),
    credentials: credentialSettingsOf(source),
  }),
  leaseTtlMs: leaseTimes.ttlMs,
  canarySeconds: settings.canary.seconds,
  isWebhookWatched: Boolean(settings.operations.publicUrl),
  alertsUrl: settings.operations.alertsUrl,
  troubled: () =>
    health
      .report()
      .parts.flatMap(({ kind, name, ready, code = 'DEFECT_UNKNOWN' }) =>
        kind === 'role' && !ready ? [{ name, code }] : [],
      ),
  elapsedMs: () => performance.now(),
  sleep: (ms) => setTimeout(ms),
  letOthersWork: () => setImmediate(),
});

/** By the first fact. A log that is away began now. */
const sinceOf = async ({ log, clock }: Process['parts']): Promise<number> => {
  const first = await log.read(0, 1).catch(() => []);
  return first[0]?.recordedAt ?? clock.now();
};

export const backupsParts = (
  { parts, holder, log, metrics, settings }: Process,
  backups: OpenedBackups,
  { handIn }: Pick<Intake, 'handIn'>,
): BackupsParts => ({
  ...backups,
  since: () => sinceOf(parts),
  clock: parts.clock,
  hash: parts.hash,
  holder,
  host: `innkeeper-${settings.process.environment}`,
  schedule: settings.backup.schedule && {
    ...settings.backup.schedule,
    timeZone: settings.company.timeZone,
  },
  runsPerDay: settings.backup.runsPerDay,
  handIn: async (run) => void (await handIn(deliveryOfRun(run))),
  told: toldStatesOf(parts.log),
  sleep: (ms, signal) => systemTimers.sleep(ms, signal),
  notice: (notice) => backupNoticed({ log, metrics }, notice),
});
