import {
  createGenerations,
  LiveGate,
  projectRecords,
  rebuildRecords,
  relayFacts,
  type Rebuilt,
  type RebuildOptions,
} from '#libs/catalog';
import { compress, expand, nodeHash } from '#libs/adapters/node-crypto';
import { subscriptions } from '#libs/contracts';
import {
  createAllowance,
  createDeliveries,
  receiveDelivery,
  takeInDeliveries,
  type Source,
} from '#libs/intake';
import { Secret } from '#libs/kernel';
import { readCheckpoint } from '#libs/journal';
import type { KnowledgeParts } from '#libs/knowledge';
import {
  BusStrategy,
  Health,
  runProjector,
  silentLog,
  type Projector,
  type RunningProjector,
} from '#libs/platform';
import type { Message } from '#libs/ports/bus';
import type { Leases } from '#libs/ports/documents';
import { aircall } from '#libs/providers/aircall';

import type { ProcessPorts } from './scheduled-ports.js';
import type { SimulatedProcess } from './simulated-process.js';

/** A rebuild is a job: the next one of a process begins when the one before is over. */
const inTurn = (): (<T>(work: () => Promise<T>) => Promise<T>) => {
  let before: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = before.then(work);
    before = turn.catch(() => undefined);
    return turn;
  };
};

/** Longer than one write of the pointer takes. */
const SURE_MS = 2_000;

/** Of the catalog's lease, while it is surely this process's: as the app of the catalog asks it. */
const termOf = async (holder: string, leases: Leases): Promise<number | undefined> => {
  const lease = (await leases.list()).find(({ name }) => name === 'projector/catalog');
  const ours = lease?.holder === holder && lease.expiresInMs > SURE_MS;
  return ours ? lease.term : undefined;
};

export const TOKEN = 'the token of the simulation';

const source: Source = { provider: aircall, account: 'main', secrets: [new Secret(TOKEN)] };
const sources = new Map([[aircall.name, source]]);
const packer = { pack: compress, unpack: expand };
const DAY = 24 * 60 * 60_000;

/** Where a test puts a fault of ours in the place of the right code. */
export interface Plants {
  readonly takeIn?: (take: TakeIn) => TakeIn;
  readonly run?: typeof runProjector;
  readonly gate?: (...parts: ConstructorParameters<typeof LiveGate>) => LiveGate;
  readonly indexing?: (parts: KnowledgeParts) => KnowledgeParts;
}

export type TakeIn = ReturnType<typeof takeInDeliveries>;

export const doorOf = ({ bus }: ProcessPorts) => {
  const limits = { bytesPerSecond: 1e6, piecesPerSecond: 1e3, burstSeconds: 10 };
  const quarantineAllowance = createAllowance(limits);
  return receiveDelivery({ sources, bus, hash: nodeHash, quarantineAllowance });
};

/** A timer of the platform, on the time of the simulation. */
export const timerOf =
  ({ timers, gone }: Pick<SimulatedProcess, 'gone' | 'timers'>) =>
  (run: () => void, ms: number): (() => void) => {
    const cancelled = new AbortController();
    const over = AbortSignal.any([cancelled.signal, gone]);
    void timers.sleep(ms, over).then(() => (over.aborted ? undefined : run()));
    return () => cancelled.abort();
  };

/** Intake on the platform's own strategy: its pauses, probes and acknowledgements. */
export const startIntake = async (
  { timers, gone }: SimulatedProcess,
  ports: ProcessPorts,
  { takeIn: planted = (take) => take }: Plants = {},
): Promise<void> => {
  const deliveries = createDeliveries({ ...ports, hash: nodeHash, packer, retentionMs: 30 * DAY });
  const takeIn = planted(takeInDeliveries({ ...ports, sources, deliveries }));
  const { intakeOfDeliveries } = subscriptions;
  const strategy = new BusStrategy({
    bus: ports.bus,
    subscriptions: [intakeOfDeliveries],
    bury: () => Promise.reject(new Error('nothing in a simulation is a dead letter')),
    health: new Health(),
    log: silentLog,
    setTimer: timerOf({ timers, gone }),
  });
  strategy.addHandler(
    intakeOfDeliveries.name,
    (messages: readonly Message[]) => takeIn(messages.map(({ data }) => data)),
    true,
  );
  await new Promise<void>((resolve, reject) => {
    strategy.listen((error) => (error instanceof Error ? reject(error) : resolve()));
  });
};

export interface RunningCatalog {
  readonly projectors: readonly RunningProjector[];
  readonly rebuild: (options: RebuildOptions) => Promise<Rebuilt>;
}

/** The catalog's projectors, wired as its app wires them, on timers of the simulation. */
export const startCatalog = (
  { name, timers }: SimulatedProcess,
  ports: ProcessPorts,
  { run = runProjector, gate = (...parts) => new LiveGate(...parts) }: Plants = {},
): RunningCatalog => {
  const { documents, leases, log: eventLog } = ports;
  const project = projectRecords({ ...ports, hash: nodeHash });
  const live = gate(
    createGenerations(ports),
    (generation) => project({ generation, signals: true }),
    ports.journal,
  );
  const relay = relayFacts(ports);
  const oneAtATime = inTurn();
  const start = (projector: Omit<Projector, 'role' | 'batch'>): RunningProjector =>
    run(
      { ...projector, role: 'catalog', batch: 4 },
      { eventLog, leases, documents, timers, health: new Health(), log: silentLog, holder: name },
    );
  return {
    projectors: [
      start({
        name: 'catalog',
        begin: (term) => live.begin(term),
        apply: (facts) => live.apply(facts),
      }),
      start({ name: 'relay', apply: relay }),
    ],
    rebuild: (options) =>
      oneAtATime(() =>
        rebuildRecords({ ...ports, hash: nodeHash })({
          ...options,
          live,
          checkpoint: async () => (await readCheckpoint(documents, 'catalog'))?.position ?? 0,
          term: () => termOf(name, leases),
          onProgress: () => Promise.resolve(),
          signal: new AbortController().signal,
        }),
      ),
  };
};
