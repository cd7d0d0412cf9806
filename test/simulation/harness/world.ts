import { nodeHash } from '#libs/adapters/node-crypto';
import { asFault } from '#libs/kernel';
import type { Received } from '#libs/intake';
import { readCheckpoint } from '#libs/journal';
import type { Message } from '#libs/ports/bus';
import { subscriptions, type RecordSignal, type Subscription } from '#libs/contracts';
import type { SqliteBus } from '#libs/adapters/sqlite';
import { textOf } from '#libs/kernel';
import type { Scheduler } from 'fast-check';

import { createWantedRecords } from '#libs/knowledge';

import { randomFrom } from '../../e2e/harness/history.js';
import { startVectorizer } from './indexing.js';
import { SECOND } from './sharing.js';
import type { Restlessness } from './restless-bus.js';
import { doorOf, startCatalog, startIntake, type Plants, type RunningCatalog } from './roles.js';
import { scheduledPorts, type ProcessPorts } from './scheduled-ports.js';
import { SimulatedProcess } from './simulated-process.js';
import { Simulation } from './simulation.js';
import { listeners, Store, type RealPorts } from './store.js';
import { bodyOf, type Telling } from './tellings.js';

/** What a provider was answered with 2xx. */
export interface Answered {
  readonly id: string;
  readonly body: Uint8Array;
}

export interface WorldPlants extends Plants {
  readonly ports?: (real: RealPorts) => Omit<ProcessPorts, 'journal'>;
}

export type SimulatedRole = 'door' | 'intake' | 'catalog' | 'vectorizer';

export interface WorldOptions {
  readonly scheduler: Scheduler;
  /** Of what the bus does, and of every back-off. */
  readonly seed: number;
  readonly restless?: boolean;
  readonly plants?: WorldPlants;
}

export interface Running {
  readonly process: SimulatedProcess;
  readonly ports: ProcessPorts;
  receive?: ReturnType<typeof doorOf>;
  catalog?: RunningCatalog;
}

const PROVIDER_REPEATS_AFTER_MS = 5_000;
const forEver = new AbortController().signal;

/** A store, the processes that stand on it, those who post and those who listen. */
export class World {
  readonly simulation: Simulation;
  readonly store: Store;
  readonly answered: Answered[] = [];
  readonly relayed = new Set<string>();
  readonly signals: RecordSignal[] = [];
  readonly faults: unknown[] = [];
  #running: Running[] = [];
  #posting = 0;
  #isIndexing = false;
  #hasSecond = false;
  readonly #random: () => number;
  readonly #restoreRandom: () => void;

  constructor(private readonly options: WorldOptions) {
    this.simulation = new Simulation(options.scheduler);
    this.store = new Store(this.simulation.time);
    this.#random = randomFrom(options.seed);
    const { random } = Math;
    Math.random = this.#random;
    this.#restoreRandom = () => void (Math.random = random);
  }

  static async open(options: WorldOptions): Promise<World> {
    const world = new World(options);
    await world.store.create();
    await world.#listen();
    return world;
  }

  get living(): Running[] {
    return this.#running.filter(({ process }) => !process.dead);
  }

  /** All roles in one process unless told; a second one is a second replica on the same servers. */
  async start(
    name: string,
    roles: readonly SimulatedRole[] = ['door', 'intake', 'catalog'],
  ): Promise<Running> {
    const { plants = {}, restless = true } = this.options;
    const process = new SimulatedProcess(name, this.simulation);
    const calm: Restlessness = { random: this.#random, repeat: 0, delay: 0 };
    const real = plants.ports?.(this.store.ports) ?? this.store.ports;
    const ports = scheduledPorts(
      process,
      real,
      restless ? { ...calm, repeat: 0.2, delay: 0.2 } : calm,
    );
    const running: Running = { process, ports };
    this.#running.push(running);
    if (roles.includes('door')) running.receive = doorOf(ports);
    if (roles.includes('intake')) await startIntake(process, ports, plants);
    if (roles.includes('catalog')) running.catalog = startCatalog(process, ports, plants);
    if (roles.includes('vectorizer')) {
      this.#isIndexing = true;
      this.#hasSecond ||= name === SECOND;
      await startVectorizer(process, { ports, index: this.store.index }, plants);
    }
    return running;
  }

  /** One of several: the servers and the others go on. The only one: all that is open goes with it. */
  async crash(process: SimulatedProcess): Promise<void> {
    if (this.living.length <= 1) return this.crashAll();
    process.crash();
    this.#running = this.living;
    await this.simulation.settle();
  }

  /** Everything in memory is gone; what was committed is there when the next one starts. */
  async crashAll(): Promise<void> {
    for (const { process } of this.#running) process.crash();
    this.#running = [];
    await this.simulation.settle();
    await this.store.reopen();
    await this.#listen();
  }

  /** Posts as a provider does: until it is answered, at any door that is open. */
  post(telling: Telling): void {
    this.#posting += 1;
    void this.#postUntilAnswered(telling).catch((thrown: unknown) => this.faults.push(thrown));
  }

  /** Every post is answered, the bus is empty, and both projectors stand at the head. */
  readonly isDrained = async (): Promise<boolean> => {
    if (this.faults.length > 0) throw this.faults[0];
    if (this.#posting > 0) return false;
    const { bus, log, documents } = this.store.ports;
    const { waiting } = await bus.backlog(subscriptions.intakeOfDeliveries);
    if (waiting > 0 || !(await this.#isIndexed())) return false;
    const { position } = await log.head();
    const reached = await Promise.all(
      ['catalog', 'relay'].map((name) => readCheckpoint(documents, name)),
    );
    return reached.every((checkpoint) => checkpoint?.position === position);
  };

  /** Every signal is done, and nothing waits in the background. */
  async #isIndexed(): Promise<boolean> {
    if (!this.#isIndexing) return true;
    const { bus, documents } = this.store.ports;
    const waiting = await waitingOn(bus, [
      subscriptions.indexOfRecords,
      ...(this.#hasSecond ? [listeners.secondIndex] : []),
    ]);
    const wanted = createWantedRecords({ documents, hash: nodeHash, clock: this.simulation.time });
    return waiting === 0 && (await wanted.waiting(1)).length === 0;
  }

  async close(): Promise<void> {
    for (const { process } of this.#running) process.crash();
    await this.simulation.settle();
    await this.store.close();
    this.#restoreRandom();
  }

  async #postUntilAnswered(telling: Telling): Promise<void> {
    const body = bodyOf(telling);
    if (telling.atMs > 0) await this.simulation.time.sleep(telling.atMs, forEver);
    for (;;) {
      const received = await this.#postOnce(body);
      if (received?.outcome === 'received') {
        this.answered.push({ id: received.id, body });
        this.#posting -= 1;
        return;
      }
      await this.simulation.time.sleep(PROVIDER_REPEATS_AFTER_MS, forEver);
    }
  }

  /** `undefined`: no door was open, or it closed before it answered. */
  #postOnce(body: Uint8Array): Promise<Received | undefined> {
    const open = this.living.find(({ receive }) => receive);
    if (!open?.receive) return Promise.resolve(undefined);
    const { gone } = open.process;
    const receivedAt = this.simulation.time.now();
    const hungUp = new Promise<undefined>((resolve) => {
      gone.addEventListener('abort', () => resolve(undefined));
    });
    return Promise.race([
      hungUp,
      open.receive({ source: 'aircall', headers: {}, body, receivedAt }),
    ]).catch((thrown: unknown) => {
      throw asFault(thrown);
    });
  }

  async #listen(): Promise<void> {
    const { bus } = this.store.ports;
    const done = (messages: readonly Message[]) =>
      Promise.resolve(messages.map(() => ({ outcome: 'done' as const })));
    for (const listener of [listeners.intakeFacts, listeners.logFacts])
      await bus.consume(listener, (messages) => {
        for (const { attributes } of messages) this.relayed.add(attributes['ce-id'] ?? '');
        return done(messages);
      });
    await bus.consume(listeners.records, (messages) => {
      for (const { data } of messages) this.signals.push(JSON.parse(textOf(data)) as RecordSignal);
      return done(messages);
    });
  }
}

const waitingOn = async (bus: SqliteBus, all: readonly Subscription[]): Promise<number> => {
  const backlogs = await Promise.all(all.map((one) => bus.backlog(one)));
  return backlogs.reduce((sum, { waiting }) => sum + waiting, 0);
};

/** Opens a world, lets the story happen, and tells beside what was wrong what had happened to it. */
export const inWorld = async (
  options: WorldOptions,
  story: (world: World) => Promise<void>,
): Promise<void> => {
  const world = await World.open(options);
  try {
    await story(world);
  } catch (thrown) {
    if (thrown instanceof Error) thrown.message += `\n${world.simulation.happened.join('\n')}`;
    throw thrown;
  } finally {
    await world.close();
  }
};
