import {
  workAsAgent,
  type AgentAnswer,
  type AgentOrder,
  type AgentParts,
  type Backups,
  type PullOrder,
} from '#libs/backups';
import { asFault, backoffDelay, fault } from '#libs/kernel';
import type { SnapshotRepository } from '#libs/ports/snapshot-repository';
import { MemoryDisk, MemoryScratch, type MemoryMachine } from '#libs/testing';

import type { BackupStore } from './backup-store.js';
import type { ServerPort, ServerTrouble } from './server-troubles.js';
import type { TroubledPorts } from './troubled-ports.js';
import { TroubledActor, type TroubledSteps } from './troubled-steps.js';

/** Where one of the orchestrators is, as a server reaches it. */
export interface ReachedDesk {
  readonly backups: Pick<Backups, 'exported' | 'hear' | 'opens' | 'order'>;
  readonly disk: MemoryDisk;
}

/** What a machine is told at its start. */
export interface ToldMachine {
  readonly run: string;
  readonly token: string;
  readonly lifeMs: number;
}

/** What somebody would write by mistake in the program of a server. */
export interface AgentPlants {
  readonly heard?: (answer: AgentAnswer) => AgentAnswer;
}

export interface AgentsHome {
  readonly plants: AgentPlants;
  readonly steps: TroubledSteps<ServerTrouble>;
  readonly ports: TroubledPorts<ServerPort>;
  readonly store: BackupStore;
  /** Throws where nobody answers. */
  readonly desk: () => ReachedDesk;
  readonly leave: AgentParts['leave'];
  readonly powerOff: (machine: MemoryMachine) => void;
}

const ANSWERED_WITHIN_MS = 30_000;
const ORDER_WAITS = { first: 1_000, most: 20_000 };
/** A fleet says the addresses of a server some time after it made it. */
const REFUSED_FOR_MS = 5 * 60_000;
/** The timer of the system outlasts the agent's own time by so long. */
const GRACE_MS = 30_000;
/** Longer than a claim lasts, so that others meet it at work. */
const WORKS_FOR_MS = 40_000;

const working = new Set(['save', 'check', 'restore']);

export class SimulatedAgent {
  readonly actor = new TroubledActor();
  readonly disk = new MemoryDisk();
  readonly scratch = new MemoryScratch({ disk: this.disk });
  /** It has heard that nobody needs it any more. */
  isDismissed = false;
  worksOn = 0;

  constructor(readonly machine: MemoryMachine) {}

  get told(): ToldMachine {
    return JSON.parse(this.machine.userData) as ToldMachine;
  }

  get address(): string {
    return this.machine.addresses[0] ?? '';
  }
}

/** The real agent on machines of a fleet in memory, as its program runs it. */
export class SimulatedAgents {
  readonly all: SimulatedAgent[] = [];
  /** Who was given the order of a token. */
  readonly ordered = new Map<string, Set<string>>();

  constructor(private readonly home: AgentsHome) {}

  /** The newest of those that run. */
  get living(): SimulatedAgent | undefined {
    return this.all.findLast(({ actor }) => !actor.isDead);
  }

  boot(machine: MemoryMachine): void {
    const agent = new SimulatedAgent(machine);
    this.all.push(agent);
    this.home.steps.in(agent.told.lifeMs + GRACE_MS, () => this.#end(agent));
    void this.#live(agent).catch(() => this.#end(agent));
  }

  gone(machine: MemoryMachine): void {
    this.all.find((agent) => agent.machine === machine)?.actor.kill();
  }

  killAll(): void {
    for (const { actor } of this.all) actor.kill();
  }

  /** Notes who got an order, so that it is seen when two do. */
  given(token: string, to: string): void {
    const { ordered } = this;
    const known = ordered.get(token) ?? new Set();
    ordered.set(token, known.add(to));
    if (known.size === 2) this.home.store.violations.push('two were given one order');
  }

  /** A call that was on its way when it was dismissed may arrive, and no second one. */
  seeNeeded(actor: TroubledActor, method: string): void {
    const agent = this.all.find((one) => one.actor === actor);
    if (!agent || !working.has(method)) return;
    const { violations, newest } = this.home.store;
    const { server } = newest.get(agent.told.run) ?? {};
    const isOther = server?.id !== undefined && server.id !== agent.machine.id;
    if (isOther) violations.push('a server works for a run that has another one');
    if (agent.isDismissed) agent.worksOn += 1;
    if (agent.worksOn === 2) violations.push('a server goes on that nobody needs');
  }

  #end(agent: SimulatedAgent): void {
    if (agent.machine.hasEnded) return;
    agent.actor.kill();
    this.home.powerOff(agent.machine);
  }

  async #live(agent: SimulatedAgent): Promise<void> {
    const order = await this.#order(agent);
    const task = { order, server: agent.machine.name, signal: agent.actor.stopping.signal };
    const { stopping } = agent.actor;
    await workAsAgent(this.#partsOf(agent, order), task);
    if (!stopping.signal.aborted) this.#end(agent);
  }

  /** As the program asks for it. */
  async #order(agent: SimulatedAgent): Promise<AgentOrder> {
    const { time } = this.home.steps;
    const { signal } = agent.actor.stopping;
    const { run, token } = agent.told;
    const opening = { run, secret: token, address: agent.address, by: agent.machine.id };
    const since = time.now();
    for (let tries = 1; ; tries++) {
      signal.throwIfAborted();
      try {
        const order = await this.#answered(agent, signal, () => this.#deskOf(agent).order(opening));
        this.given(token, agent.machine.id);
        return order;
      } catch (thrown) {
        signal.throwIfAborted();
        const isRefused = asFault(thrown).code === 'BACKUP_AGENT_REFUSED';
        if (isRefused && time.now() - since > REFUSED_FOR_MS) throw thrown;
      }
      await this.home.steps.sleep(
        agent.actor,
        backoffDelay(ORDER_WAITS, tries, () => 1),
        signal,
      );
    }
  }

  #deskOf({ actor }: SimulatedAgent): ReachedDesk['backups'] {
    const { ports, desk } = this.home;
    return ports.stepwise(actor, 'desk', {
      order: (opening) => desk().backups.order(opening),
      hear: (call, report) => desk().backups.hear(call, report),
      exported: (call, source) => desk().backups.exported(call, source),
      opens: (call, sample) => desk().backups.opens(call, sample),
    } satisfies ReachedDesk['backups']);
  }

  /** A caller gives up when it takes too long; what it asked for may have happened. */
  async #answered<T>(
    { actor }: SimulatedAgent,
    signal: AbortSignal,
    call: () => Promise<T>,
  ): Promise<T> {
    const { time } = this.home.steps;
    const over = new AbortController();
    const late = async (): Promise<never> => {
      await time.sleep(ANSWERED_WITHIN_MS, AbortSignal.any([over.signal, signal]));
      signal.throwIfAborted();
      if (actor.isDead) await new Promise(() => undefined);
      throw fault('BACKUP_DESK_UNREACHABLE');
    };
    const leaving = late();
    leaving.catch(() => undefined);
    try {
      return await Promise.race([call(), leaving]);
    } finally {
      over.abort();
    }
  }

  #partsOf(agent: SimulatedAgent, { session, host }: AgentOrder): AgentParts {
    const { ports, steps, store, leave } = this.home;
    const { actor, disk, scratch, address } = agent;
    const call = { run: agent.told.run, secret: session, address };
    const writerOf = (name: 'data' | 'keys') => {
      const kept = store.repositories[name].beside({ disk });
      const works = (signal: AbortSignal) => this.#works(agent, signal);
      const slow = takingTime(store.lockingFor(actor, kept, works), works);
      return { writer: ports.stepwise(actor, name, slow) };
    };
    return {
      ...{ host, scratch },
      repositories: { data: writerOf('data'), keys: writerOf('keys') },
      sources: store.sourcesOn(disk),
      monotonic: () => steps.time.now(),
      sleep: (ms, signal) => steps.sleep(actor, ms, signal),
      proveRestored: async (restored, watch) => {
        const sample = { stream: 'a', sealed: 'b' };
        const opens = () => this.#deskOf(agent).opens(call, sample);
        if (!(await this.#answered(agent, watch.signal, opens))) throw fault('BACKUP_DRILL_FAILED');
        return store.proveOn(disk)(restored, watch);
      },
      pull: (order, { signal }) => this.#pull(agent, call, order, signal),
      send: async (report, { signal }) => {
        const hear = () => this.#deskOf(agent).hear(call, report);
        const answer = await this.#answered(agent, signal, hear);
        agent.isDismissed ||= answer.next === 'leave';
        return this.home.plants.heard?.(answer) ?? answer;
      },
      leave: ports.stepwise(actor, 'bucket', { leave }).leave,
    };
  }

  async #works({ actor }: SimulatedAgent, signal: AbortSignal): Promise<void> {
    await this.home.steps.sleep(actor, WORKS_FOR_MS, signal);
    signal.throwIfAborted();
  }

  /** File by file, as they lie there then; it is whole when the copy was the same one before and after. */
  async #pull(
    agent: SimulatedAgent,
    call: Parameters<Backups['exported']>[0],
    { source: { name }, into }: PullOrder,
    signal: AbortSignal,
  ): Promise<readonly string[]> {
    const reached = this.home.desk();
    const exported = this.home.ports.stepwise(agent.actor, 'desk', {
      ask: () => reached.backups.exported(call, name),
    }).ask;
    const { paths, takenAt } = await this.#answered(agent, signal, exported);
    const [from = ''] = paths;
    const seeHere = (): void => {
      const manifest = reached.disk.read(`${from}/manifest.json`) ?? '{}';
      const isHere = (JSON.parse(manifest) as { takenAt?: number }).takenAt === takenAt;
      if (!isHere) throw fault('BACKUP_EXPORT_ELSEWHERE', { details: { source: name } });
    };
    seeHere();
    for (const file of reached.disk.under(from)) {
      await this.#works(agent, signal);
      const text = reached.disk.read(file);
      if (text === undefined) throw fault('BACKUP_DESK_UNREACHABLE');
      agent.disk.write(`${into}${file.slice(from.length)}`, text);
    }
    seeHere();
    return [into];
  }
}

const takingTime = (
  repository: SnapshotRepository,
  works: (signal: AbortSignal) => Promise<void>,
): SnapshotRepository => ({
  prepare: (watch) => repository.prepare(watch),
  save: (order, watch) => repository.save(order, watch),
  list: (watch) => repository.list(watch),
  check: async (depth, watch) => {
    await works(watch.signal);
    return repository.check(depth, watch);
  },
  restore: async (order, watch) => {
    await works(watch.signal);
    return repository.restore(order, watch);
  },
  remove: (ids, watch) => repository.remove(ids, watch),
  prune: (watch) => repository.prune(watch),
});
