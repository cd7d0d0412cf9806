import type { BackupTroubles } from '#libs/backups';
import type { Capture } from '#libs/capture';
import type { Catalog } from '#libs/catalog';
import type { IndexDesk, Knowledge } from '#libs/knowledge';
import type { Intake, Sources } from '#libs/intake';
import { readCheckpoint, type Journal } from '#libs/journal';
import type { Clock } from '#libs/kernel';
import type { Bus } from '#libs/ports/bus';
import type { Documents, Leases } from '#libs/ports/documents';
import type { Digest, EventLog, LogChain } from '#libs/ports/event-log';

import { announceAlerts, type AnnounceAlertsParts } from './alerts/announce-alerts.js';
import { watchDoor } from './alerts/watch-door.js';
import { heardOfBackups, tellBackups } from './backups/told-backups.js';
import { watchBackups } from './backups/watch-backups.js';
import type { Registers } from './compose-registers.js';
import { lettersMentioning } from './dead-letters/letters-mentioning.js';
import { redriveAll } from './dead-letters/redrive-all.js';
import { forAWhile, inShortTurns } from './doctor/chain-walk.js';
import { declareRestored } from './doctor/declare-restored.js';
import { examine, type ExamineParts } from './doctor/examine.js';
import { verifyChain } from './doctor/verify-chain.js';
import { whenCatalogued, whenRefolded, type CatchingUpParts } from './doctor/when-caught-up.js';
import { readSources } from './sources/read-sources.js';
import type { ConfiguredSource } from './sources/source-state.js';
import { readSyncStates } from './sources/sync-states.js';
import { eraseRemoved } from './feeds/erase-removed.js';
import { watchFeeds } from './feeds/watch-feeds.js';
import { readFacts } from './trace/read-facts.js';
import { traceThing } from './trace/trace-thing.js';

/** So much of the chain is walked in one examination; `verify` walks all of it. */
const WALK_MS = 1_500;

export interface OperationsParts
  extends
    Omit<AnnounceAlertsParts, 'alerts'>,
    Omit<CatchingUpParts, 'checkpoint'>,
    Pick<
      ExamineParts,
      | 'backEnds'
      | 'disk'
      | 'models'
      | 'retained'
      | 'troubled'
      | 'leaseTtlMs'
      | 'canarySeconds'
      | 'startedAt'
    > {
  readonly registers: Registers;
  readonly log: EventLog & LogChain;
  readonly journal: Journal;
  readonly documents: Documents;
  readonly leases: Leases;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly digest: Digest;
  readonly sources: Sources;
  /** The names of the settings that a source’s secrets and its API’s credentials come from. */
  readonly settingsOf: (source: string) => Pick<ConfiguredSource, 'setting' | 'credentials'>;
  /** Without a public address nobody knows which webhook is ours. */
  readonly isWebhookWatched: boolean;
  /** Called between two pieces of long work. */
  readonly letOthersWork: () => Promise<unknown>;
}

/** The contexts that operations watches and uses. */
export interface ObservedContexts {
  readonly intake: Intake;
  readonly capture: Pick<Capture, 'feeds' | 'list' | 'removals'>;
  readonly catalog: Catalog;
  readonly indexDesk: IndexDesk;
  /** Whether the backups are good, where this process can tell. */
  readonly backups?: (() => Promise<BackupTroubles>) | undefined;
  /** Where this process holds the search index. */
  readonly knowledge?: Pick<Knowledge, 'dropLeft' | 'indexRecords'> | undefined;
}

/** Every use case of operations. Composing does no I/O, starts nothing and reads no clock. */
export const composeOperations = (parts: OperationsParts, observed: ObservedContexts) => {
  const { registers, log, documents } = parts;
  const { intake, capture, catalog } = observed;
  const { withheldFacts } = catalog;
  const { alerts, deadLetters } = registers;
  const checkpoint = (projector: string) => readCheckpoint(documents, projector);
  const following = { ...parts, deadLetters, checkpoint, projectors: catalog.projectors };
  const chain = inShortTurns(log, parts.letOthersWork);
  return {
    deadLetters,
    redriveAll: redriveAll({ deadLetters }),
    checkpoint,
    facts: readFacts({ ...parts, withheldFacts }),
    trace: traceThing({
      ...following,
      deliveries: intake.deliveries,
      records: catalog.records,
      withheldFacts,
    }),
    verify: verifyChain({ ...following, chain }),
    examine: examine({
      ...following,
      ...examinedOf(parts, observed),
      verify: () =>
        verifyChain({ ...following, chain: forAWhile(chain, WALK_MS, parts.elapsedMs) })(),
    }),
    declareRestored: declareRestored({
      ...following,
      chain: log,
      beginAfresh: catalog.beginAfresh,
      eraseAgain: catalog.eraseAgain,
      reprocess: () => intake.reprocess({}),
    }),
    sources: readSources(sourcesOf(parts, intake)),
    watchDoor: watchDoor({ ...parts, intake, alerts }),
    /** Whether this process has settings of anything that is followed. */
    followsFeeds: capture.feeds.length > 0,
    watchBackups: watchBackups({
      ...{ backups: observed.backups, alerts },
      tell: (known) => tellBackups(parts, known),
    }),
    watchFeeds: watchFeeds({ ...parts, alerts, feeds: capture.list }),
    eraseRemoved: eraseRemoved({
      ...parts,
      removals: capture.removals,
      erase: catalog.eraseRemoved,
    }),
    announceAlerts: announceAlerts({ ...parts, alerts }),
    erasures: erasuresOf(parts, observed),
    whenCatalogued: whenCatalogued(following),
    whenRefolded: whenRefolded(following),
  };
};

export type Operations = ReturnType<typeof composeOperations>;

const examinedOf = (
  parts: OperationsParts,
  { intake, capture, catalog, indexDesk, backups }: ObservedContexts,
) => ({
  backups: backups ?? heardOfBackups(parts, () => firstFactAt(parts)),
  feeds: capture.list,
  index: indexDesk.examineIndex,
  parked: (limit: number) => catalog.records.parked(limit),
  leftGenerations: catalog.leftGenerations,
  doors: [...parts.sources].flatMap(([source, { provider, secrets }]) =>
    provider.handedIn && secrets.length === 0
      ? []
      : [
          {
            source,
            open: secrets.length > 0,
            // Of those that make no secret by themselves a company uses some.
            optional: provider.secrets.made === undefined,
          },
        ],
  ),
  lastDelivery: lastDeliveryOf(intake),
  lastCanary: async (source: string) =>
    (await parts.registers.tallies.told([source]))[0]?.lastCanary,
  alerts: () => parts.registers.alerts.list('raised'),
});

const firstFactAt = async ({ log, clock }: OperationsParts): Promise<number> =>
  (await log.read(0, 1))[0]?.recordedAt ?? clock.now();

const lastDeliveryOf = (intake: Intake) => async (source: string) =>
  (await intake.deliveries.last(source))?.receivedAt;

const sourcesOf = (
  { sources, settingsOf, clock, registers }: OperationsParts,
  intake: Intake,
): Parameters<typeof readSources>[0] => ({
  ...registers,
  sources: [...sources].map(([source, { secrets }]) => ({
    ...{ source, secrets },
    ...settingsOf(source),
  })),
  lastDelivery: lastDeliveryOf(intake),
  quarantined: (source) => intake.quarantined.waiting(source),
  syncs: readSyncStates({ intake }),
  alerts: () => registers.alerts.list('raised'),
  now: () => clock.now(),
});

/** Erasing a person joins what the catalog links, what intake keeps and what nobody could handle. */
const erasuresOf = (
  { registers: { deadLetters }, tidy }: OperationsParts,
  { intake, catalog, knowledge }: ObservedContexts,
) => {
  const letters = lettersMentioning({ deadLetters });
  return catalog.erasuresWith({
    deliveriesYielding: (facts) => intake.deliveries.yielding(facts),
    async mentioning(words) {
      const found = await letters(words);
      return {
        letters: found.map(({ id }) => id),
        deliveries: found.map(({ delivery }) => delivery),
        quarantined: await intake.quarantinedMentioning(words),
      };
    },
    rawOf: intake.rawDelivery,
    reindex:
      knowledge &&
      (async (records) => {
        await knowledge.indexRecords(records.map(pointed));
        await knowledge.dropLeft(0);
        await tidy();
      }),
  });
};

const pointed = (record: string): { readonly kind: string; readonly id: string } => {
  const end = record.indexOf('/');
  return { kind: record.slice(0, end), id: record.slice(end + 1) };
};
