import {
  createGenerations,
  createRebuildRequests,
  eraseAgain,
  eraseStreams,
  readLinks,
  readRecords,
  settleIdentity,
  type Mentions,
} from '#libs/catalog';
import type { Id } from '#libs/kernel';
import type { Intake } from '#libs/intake';
import {
  createAlerts,
  createKnownSecrets,
  createTallies,
  declareRestored,
  lettersMentioning,
  readFacts,
  redriveAll,
  traceThing,
  verifyChain,
} from '#libs/operations';
import { contexts, Health, IntakeContext, Ports, provide, token, wire } from '#libs/platform';
import type { Digest, LogChain } from '#libs/ports/event-log';
import { Inject, Module, type OnApplicationBootstrap } from '@nestjs/common';
import { randomBytes } from 'node:crypto';

import { DeadLettersController } from './dead-letters/dead-letters.controller.js';
import { DeliveriesController } from './deliveries/deliveries.controller.js';
import { QuarantineController } from './deliveries/quarantine.controller.js';
import { FactsController } from './facts/facts.controller.js';
import { TraceController } from './facts/trace.controller.js';
import { LinksController } from './links/links.controller.js';
import { DoctorController } from './operations/doctor.controller.js';
import { ErasuresController } from './operations/erasures.controller.js';
import { LogController } from './operations/log.controller.js';
import { RebuildsController } from './operations/rebuilds.controller.js';
import { SettingsController } from './operations/settings.controller.js';
import { SyncController } from './operations/sync.controller.js';
import { SourcesController } from './sources/sources.controller.js';
import { PagesController } from './pages/pages.controller.js';
import { RecordsController } from './records/records.controller.js';
import { digest, politely } from './wiring/chain.js';
import { examineProcess, ProcessHealth } from './wiring/examination.js';
import { lookAroundProcess } from './wiring/overview.js';
import { beginAfresh, checkpointOf, projectors } from './wiring/projectors.js';
import { readSourcesOfProcess } from './wiring/sources.js';
import { whenCatalogued } from './wiring/when-catalogued.js';
import { whenRefolded } from './wiring/when-refolded.js';

const Staff = token<readonly string[]>('Staff');
const Projectors = token<typeof projectors>('Projectors');
const MakeKey = token<() => Uint8Array>('MakeKey');
const Sha256 = token<Digest>('Sha256');

const walkedPolitely = ({ log }: { readonly log: LogChain }) => politely(log);
const yielding =
  ({ intake }: { readonly intake: Intake }) =>
  (facts: ReadonlySet<Id>) =>
    intake.deliveries.yielding(facts);
const searching =
  ({
    letters,
    intake,
  }: {
    readonly letters: ReturnType<typeof lettersMentioning>;
    readonly intake: Intake;
  }) =>
  async (words: readonly string[]): Promise<Mentions> => {
    const found = await letters(words);
    return {
      letters: found.map(({ id }) => id),
      deliveries: found.map(({ delivery }) => delivery),
      quarantined: await intake.quarantinedMentioning(words),
    };
  };
const everythingAgain =
  ({ intake }: { readonly intake: Intake }) =>
  () =>
    intake.reprocess({});

const deliveriesOf = ({ intake }: { readonly intake: Intake }) => intake.deliveries;

const stores = { documents: Ports.documents, keys: Ports.keys };

const reading = [
  wire(createGenerations, { documents: Ports.documents }),
  wire(createRebuildRequests, { documents: Ports.documents, clock: Ports.clock }),
  wire(readRecords, {
    documents: Ports.documents,
    log: Ports.log,
    journal: Ports.journal,
    generations: createGenerations,
    principals: Staff,
  }),
  wire(readLinks, { ...stores, generations: createGenerations, principals: Staff }),
  wire(readFacts, { log: Ports.log, journal: Ports.journal }),
  wire(traceThing, {
    log: Ports.log,
    journal: Ports.journal,
    deadLetters: Ports.deadLetters,
    deliveries: deliveriesOf,
    records: readRecords,
    checkpoint: checkpointOf,
  }),
  wire(examineProcess, {
    parts: Ports.parts,
    settings: Ports.settings,
    deadLetters: Ports.deadLetters,
    health: ProcessHealth,
    records: readRecords,
    intake: contexts.intake,
    alerts: createAlerts,
  }),
  wire(createTallies, { documents: Ports.documents, clock: Ports.clock }),
  wire(createKnownSecrets, { ...stores, clock: Ports.clock, makeKey: MakeKey }),
  wire(createAlerts, {
    documents: Ports.documents,
    log: Ports.log,
    journal: Ports.journal,
    hash: Ports.hash,
    clock: Ports.clock,
  }),
  wire(readSourcesOfProcess, {
    parts: Ports.parts,
    intake: contexts.intake,
    tallies: createTallies,
    knownSecrets: createKnownSecrets,
    alerts: createAlerts,
  }),
  wire(lookAroundProcess, {
    parts: Ports.parts,
    settings: Ports.settings,
    health: ProcessHealth,
    intake: contexts.intake,
  }),
];

const acting = [
  wire(redriveAll, { deadLetters: Ports.deadLetters }),
  wire(lettersMentioning, { deadLetters: Ports.deadLetters }),
  wire(searching, { letters: lettersMentioning, intake: contexts.intake }),
  wire(eraseStreams, {
    ...stores,
    log: Ports.log,
    journal: Ports.journal,
    clock: Ports.clock,
    deliveriesYielding: yielding,
    mentioning: searching,
  }),
  wire(whenRefolded, { parts: Ports.parts }),
  wire(whenCatalogued, { parts: Ports.parts }),
  wire(settleIdentity, {
    log: Ports.log,
    journal: Ports.journal,
    hash: Ports.hash,
    clock: Ports.clock,
    documents: Ports.documents,
    generations: createGenerations,
  }),
  wire(verifyChain, {
    log: Ports.log,
    chain: walkedPolitely,
    digest: Sha256,
    projectors: Projectors,
    checkpoint: checkpointOf,
  }),
  wire(eraseAgain, { log: Ports.log, keys: Ports.keys, clock: Ports.clock }),
  wire(declareRestored, {
    log: Ports.log,
    chain: Ports.log,
    clock: Ports.clock,
    projectors: Projectors,
    checkpoint: checkpointOf,
    beginAfresh,
    eraseAgain,
    reprocess: everythingAgain,
  }),
];

const bindings = [
  // Every kind of record is for all of the staff today, and every operator is one of them.
  provide(Staff, ['staff']),
  { provide: ProcessHealth, useExisting: Health },
  provide(Projectors, projectors),
  provide(Sha256, digest),
  provide(MakeKey, () => randomBytes(32)),
  wire(walkedPolitely, { log: Ports.log }),
  wire(deliveriesOf, { intake: contexts.intake }),
  wire(yielding, { intake: contexts.intake }),
  wire(everythingAgain, { intake: contexts.intake }),
  wire(checkpointOf, { documents: Ports.documents }),
  wire(beginAfresh, { documents: Ports.documents }),
];

/** What people and other machines ask: `/api`, the start page, and what can be asked. */
@Module({
  imports: [IntakeContext],
  controllers: [
    RecordsController,
    LinksController,
    DeliveriesController,
    QuarantineController,
    FactsController,
    TraceController,
    DeadLettersController,
    DoctorController,
    LogController,
    ErasuresController,
    RebuildsController,
    SyncController,
    SourcesController,
    SettingsController,
    PagesController,
  ],
  providers: [...reading, ...acting, ...bindings],
})
export class ApiModule implements OnApplicationBootstrap {
  constructor(@Inject(Health) private readonly health: Health) {}

  onApplicationBootstrap(): void {
    this.health.role('api', 'answers', true);
  }
}
