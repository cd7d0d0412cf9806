import {
  composeBackups,
  hasEnded,
  watchFromOutside,
  type AgentReport,
  type BackupRun,
  type Backups,
  type BackupsParts,
  type RunStep,
  type ServersParts,
} from '#libs/backups';
import { fault, randomId, Secret, type Code } from '#libs/kernel';
import { MemoryDisk, MemoryFleet, MemoryScratch } from '#libs/testing';

import type { EndedBackups } from './backup-promises.js';
import { BackupStore, LOCKS_GO_AFTER_MS } from './backup-store.js';
import { befallAgent, befallFleet } from './befall-servers.js';
import { homeOf, nothingHere, type Place, type ProcessAtPlace } from './simulated-places.js';
import { ServerWatch } from './server-watch.js';
import {
  faultsOfServerPorts,
  type ActorName,
  type ServerPort,
  type ServerTrouble,
} from './server-troubles.js';
import { SimulatedAgents, type AgentPlants, type ReachedDesk } from './simulated-agents.js';
import { TroubledPorts } from './troubled-ports.js';
import { TroubledActor, TroubledSteps, turns } from './troubled-steps.js';

/** What somebody would write by mistake, put in the place of a part. */
export interface ServerPlants extends AgentPlants {
  readonly parts?: (parts: BackupsParts) => BackupsParts;
  readonly backups?: (backups: Backups, parts: BackupsParts) => Backups;
}

export interface ServerHistory {
  readonly troubles: readonly ServerTrouble[];
  readonly turns: readonly number[];
  readonly serversPerDay?: number;
  readonly hoursPerServer?: number;
  /** What may keep the next run from being good. */
  readonly mayFailWith?: Code;
  /** Clocks are set before the next run. */
  readonly setsClocks?: boolean;
}

const LOOKS_EVERY_MS = 30_000;
const REAPS_EVERY_MS = 5 * 60_000;
/** Short, so that a server whose agent is dead does not fill a history with looks at it. */
const HOURS_PER_SERVER = 0.75;
const FUNCTION_WORKS_FOR_MS = 45_000;

/** What a function can do of a run: neither databases nor disks are there, nor the right to remove from repositories. */
const functionSteps = new Set<RunStep>(['boot', 'save', 'check', 'drill', 'destroy', 'close']);

/** Backups on servers: two orchestrators, a function, a fleet, and the agents on its machines. */
export class TroubledServers implements EndedBackups {
  readonly store: BackupStore;
  readonly fleet: MemoryFleet;
  readonly agents: SimulatedAgents;
  readonly watch: ServerWatch;
  newest: string | undefined;
  readonly #steps: TroubledSteps<ServerTrouble>;
  readonly #ports: TroubledPorts<ServerPort>;
  readonly #places: readonly Place[];
  readonly #actors: TroubledActor[] = [];
  readonly #left = new Map<string, AgentReport>();
  #asked = 0;
  #tokens = 0;
  #requests = 0;
  #writes = 0;

  private constructor(
    private readonly history: ServerHistory,
    private readonly plants: ServerPlants,
  ) {
    this.#steps = new TroubledSteps({
      ...{ troubles: history.troubles, order: history.turns },
      befall: (trouble) => this.#befall(trouble),
      isSo: (step) =>
        [...this.store.newest.values()].some((run) => !hasEnded(run) && run.step === step),
    });
    const { time } = this.#steps;
    this.store = new BackupStore(time);
    this.fleet = new MemoryFleet({
      ...{ clock: time, centsPerHour: 2, sleep: (ms, signal) => time.sleep(ms, signal) },
      onStart: (machine) => {
        if (machine.userData !== '') this.agents.boot(machine);
      },
      onGone: (machine) => {
        this.agents.gone(machine);
        this.watch.gone(machine);
      },
    });
    this.watch = new ServerWatch({
      ...{ time, store: this.store, fleet: this.fleet },
      serversPerDay: history.serversPerDay ?? Infinity,
    });
    this.#ports = new TroubledPorts({
      steps: this.#steps,
      faultOf: faultsOfServerPorts,
      onCall: (port, { actor, method, args }) => {
        const isTidying = port === 'scratch' && method === 'remove' && this.store.isOver(args[0]);
        if (actor.holder === '') this.agents.seeNeeded(actor, method);
        else if (!isTidying) this.store.seeHeld(actor, method);
      },
    });
    this.agents = new SimulatedAgents({
      ...{ plants, steps: this.#steps, ports: this.#ports, store: this.store },
      desk: () => this.#desk(),
      leave: async (report) => void this.#left.set(report.run, report),
      powerOff: ({ name }) => this.fleet.end(name),
    });
    this.#places = (['first', 'second', 'function'] as const).map((name) => {
      const disk = new MemoryDisk();
      const sources = this.store.sourcesOn(disk);
      return { name, disk, sources, scratch: new MemoryScratch({ disk }), process: undefined };
    });
    this.#write();
  }

  static async run(
    history: ServerHistory,
    check: (world: TroubledServers) => Promise<void>,
    plants: ServerPlants = {},
  ): Promise<void> {
    const world = new TroubledServers(history, plants);
    try {
      world.watch.addStrangers();
      for (const place of world.#places) world.#start(place);
      await world.#live();
      await world.#nextRun();
      await check(world);
    } finally {
      for (const actor of world.#actors) actor.kill();
      world.agents.killAll();
      await turns();
      await world.store.close();
    }
  }

  get mayFailWith(): Code | undefined {
    return this.history.mayFailWith;
  }

  async runs(): Promise<readonly BackupRun[]> {
    const { items } = await composeBackups(this.#partsOf(undefined)).list({ limit: 200 });
    return items;
  }

  leftInScratch(): readonly string[] {
    return this.#places.flatMap(({ disk }) => disk.under('/scratch'));
  }

  /** After all trouble, and when locks of the dead are stale, another one is made by those who live then. */
  async #nextRun(): Promise<void> {
    if (this.history.setsClocks) for (const actor of this.#actors) actor.skewMs = 0;
    this.#steps.rest(LOCKS_GO_AFTER_MS);
    await this.#live();
    this.#steps.add({ after: 0, is: 'request', kind: 'manual' });
    await this.#live();
  }

  #start(place: Place): void {
    const actor = new TroubledActor();
    this.#actors.push(actor);
    const parts = this.#partsOf({ actor, place });
    const composed = composeBackups(parts);
    const backups = this.plants.backups?.(composed, parts) ?? composed;
    place.process = { actor, backups };
    if (place.name === 'function') void this.#lookFromOutside(actor, backups, parts);
    else {
      void this.#look(actor, backups);
      void this.#reap(actor, backups);
    }
  }

  async #look(actor: TroubledActor, backups: Backups): Promise<void> {
    const { signal } = actor.stopping;
    while (!signal.aborted) {
      const due = await backups.due().catch(() => []);
      for (const id of due) void backups.advance(id, signal).catch(() => undefined);
      await this.#steps.sleep(actor, LOOKS_EVERY_MS, signal);
    }
  }

  async #reap(actor: TroubledActor, backups: Backups): Promise<void> {
    const { signal } = actor.stopping;
    while (!signal.aborted) {
      await backups.reap().catch(() => undefined);
      await this.#steps.sleep(actor, REAPS_EVERY_MS, signal);
    }
  }

  async #lookFromOutside(
    actor: TroubledActor,
    backups: Backups,
    parts: BackupsParts,
  ): Promise<void> {
    const { signal } = actor.stopping;
    const look = watchFromOutside({ ...parts, backups, worksForMs: FUNCTION_WORKS_FOR_MS });
    while (!signal.aborted) {
      await look().catch(() => undefined);
      await this.#steps.sleep(actor, REAPS_EVERY_MS, signal);
    }
  }

  #partsOf(of: ProcessAtPlace | undefined): BackupsParts {
    const { store } = this;
    const { time } = this.#steps;
    const { actor } = of ?? {};
    const holder = randomId(time.now());
    if (actor) actor.holder = holder;
    const port = <T extends object>(name: ServerPort, part: T): T =>
      actor ? this.#ports.stepwise(actor, name, part) : part;
    const common = store.parts();
    const parts: BackupsParts = {
      ...{ ...common, holder },
      documents: port('documents', actor ? store.watchedBy(actor) : store.documents),
      servers: this.#serversOf(actor),
      ...(of && of.place.name !== 'function' ? this.#homeOf(of) : nothingHere()),
      ...(of?.place.name === 'function' && { can: functionSteps }),
      handIn:
        of?.place.name === 'function'
          ? () => Promise.reject(fault('LOG_UNAVAILABLE'))
          : port('log', { handIn: common.handIn }).handIn,
      clock: { now: () => time.now() + (actor?.skewMs ?? 0) },
      sleep: (ms, signal) =>
        actor ? this.#steps.sleep(actor, ms, signal) : time.sleep(ms, signal),
    };
    return this.plants.parts && actor ? this.plants.parts(parts) : parts;
  }

  #homeOf({ actor, place }: ProcessAtPlace) {
    return homeOf({ store: this.store, ports: this.#ports, steps: this.#steps, actor, place });
  }

  #serversOf(actor: TroubledActor | undefined): ServersParts {
    const { time } = this.#steps;
    const bucket = {
      lend: async () => {
        const lent = { repository: '/', password: '' };
        return { data: lent, keys: lent };
      },
      leftReport: async (run: string) => this.#left.get(run),
      forgetLeft: async (run: string) => void this.#left.delete(run),
    };
    const fleet = this.watch.watched(this.fleet);
    const stepped = actor ? this.#ports.stepwise(actor, 'bucket', bucket) : bucket;
    return {
      environment: 'test',
      hoursPerServer: this.history.hoursPerServer ?? HOURS_PER_SERVER,
      serversPerDay: this.history.serversPerDay ?? 1000,
      fleet: actor ? this.#ports.stepwise(actor, 'fleet', fleet) : fleet,
      orderOf: ({ run, name, labels, token, expiresAt }) => {
        const lifeMs = Math.max(1_000, expiresAt - time.now() - (actor?.skewMs ?? 0));
        const told = JSON.stringify({ run, lifeMs, token: token.reveal() });
        return { name, labels, userData: new Secret(told) };
      },
      lend: () => stepped.lend(),
      leftReport: (run) => stepped.leftReport(run),
      forgetLeft: (run) => stepped.forgetLeft(run),
      secret: () => `secret ${(this.#tokens += 1)}`,
      opens: () => Promise.resolve(true),
    };
  }

  /** One of the orchestrators that are there, in turn. */
  #desk(): ReachedDesk {
    const reached = this.#places.flatMap(({ name, process, disk }) =>
      process && name !== 'function' && isThere(process.actor)
        ? [{ backups: process.backups, disk }]
        : [],
    );
    this.#asked += 1;
    const desk = reached[this.#asked % Math.max(1, reached.length)];
    if (!desk) throw fault('BACKUP_DESK_UNREACHABLE');
    return desk;
  }

  #live(): Promise<void> {
    return this.#steps.live(
      async () =>
        (await this.store.isAtRest()) &&
        this.leftInScratch().length === 0 &&
        this.watch.own().length === 0 &&
        this.#places.every(({ process }) => process && isThere(process.actor)),
      async () => {
        const open = (await this.runs()).filter((run) => !hasEnded(run));
        const servers = this.watch.own().map(({ name, labels }) => ({ name, labels }));
        return JSON.stringify({ open, servers, scratch: this.leftInScratch() });
      },
    );
  }

  #befall(trouble: ServerTrouble): void {
    const now = this.#steps.time.now();
    const { ms } = 'ms' in trouble ? trouble : { ms: 0 };
    this.#steps.in(ms, () => undefined);
    switch (trouble.is) {
      case 'request':
        return void this.#request(trouble.kind);
      case 'write':
        return this.#write();
      case 'crash':
      case 'stop':
        for (const who of new Set(trouble.who)) this.#leave(who, trouble.is, ms);
        return;
      case 'pause':
        this.watch.isAway(trouble.who, ms);
        return void this.#with(trouble.who, (actor) => (actor.pausedUntil = now + ms));
      case 'clock':
        this.watch.hasWrongClocks = true;
        return void this.#with(trouble.who, (actor) => (actor.skewMs = ms));
      case 'agent':
        return befallAgent(
          { fleet: this.fleet, steps: this.#steps },
          this.agents.living,
          trouble.what,
        );
      case 'agent_pause': {
        const { living } = this.agents;
        if (living) living.actor.pausedUntil = now + ms;
        return;
      }
      case 'fleet':
        return befallFleet(
          { fleet: this.fleet, watch: this.watch, steps: this.#steps },
          { what: trouble.what, ms },
        );
      case 'name_taken':
        if (this.newest !== undefined)
          this.watch.addStranger(`innkeeper-test-backup-${this.newest}`, {});
        return;
      case 'theft':
        return void this.#steal();
      case 'lost':
      case 'refused':
        return this.#ports.befallNext(trouble.port, trouble.is);
      case 'away':
        if (trouble.port === 'documents' || trouble.port === 'fleet') this.watch.isKept(ms);
        return this.#ports.away(trouble.port, now + ms);
      default:
        return trouble satisfies never;
    }
  }

  #placeOf(who: ActorName): Place | undefined {
    return this.#places.find(({ name }) => name === who);
  }

  #with(who: ActorName, befall: (actor: TroubledActor) => void): void {
    const actor = this.#placeOf(who)?.process?.actor;
    if (actor) befall(actor);
  }

  /** Its disk stays, and a new process finds it there. */
  #leave(who: ActorName, how: 'crash' | 'stop', ms: number): void {
    const place = this.#placeOf(who);
    const actor = place?.process?.actor;
    if (!place || !actor || !isThere(actor)) return;
    if (how === 'crash') actor.kill();
    else actor.stopping.abort();
    this.watch.isAway(who, ms);
    const back = (): void => this.#start(place);
    if (ms === 0) back();
    else this.#steps.in(ms, back);
  }

  /** Somebody who read what a machine was told calls from elsewhere. */
  async #steal(): Promise<void> {
    const agent = this.agents.living;
    if (!agent) return;
    const { run, token } = agent.told;
    const actor = new TroubledActor();
    this.#actors.push(actor);
    await this.#steps.step(actor);
    try {
      const opening = { run, secret: token, address: '198.51.100.7', by: 'a thief' };
      await this.#desk().backups.order(opening);
      this.agents.given(token, 'a thief');
    } catch {
      // That is as it should be.
    }
  }

  /** Both at once: what the log says from now on opens with keys from now on. */
  #write(): void {
    this.#writes += 1;
    for (const { sources } of this.#places)
      for (const source of sources) source.content = `${this.#writes}`;
  }

  async #request(kind: 'manual' | 'daily' | 'monthly' | 'drill'): Promise<void> {
    this.#requests += 1;
    const key = `request ${this.#requests}`;
    const backups = composeBackups(this.#partsOf(undefined));
    const asked = await this.#steps.counted(() =>
      backups.request({ kind, key, by: 'operator' }).catch(() => undefined),
    );
    this.newest = asked?.run.id ?? this.newest;
  }
}

const isThere = ({ isDead, stopping }: TroubledActor): boolean =>
  !isDead && !stopping.signal.aborted;
