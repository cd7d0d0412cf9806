import { fault, type Clock, type Code, type Fault } from '#libs/kernel';
import type {
  FleetServer,
  FleetServerStatus,
  FleetWatch,
  ServerFleet,
  ServerOrder,
} from '#libs/ports/server-fleet';

export type FleetCall = keyof ServerFleet;

/** A machine of a fleet in memory. Tests change it as they like. */
export interface MemoryMachine {
  readonly id: string;
  readonly name: string;
  labels: Readonly<Record<string, string>>;
  /** As the machine can read it. */
  readonly userData: string;
  readonly createdAt: number;
  /** From then on it runs; `Infinity`: it never does. */
  startsAt: number;
  addresses: readonly string[];
  hasStarted: boolean;
  hasEnded: boolean;
  isProtected: boolean;
  /** Until then the fleet cannot delete it, and says `FLEET_UNREACHABLE`. */
  staysUntil: number;
  /** It is asked to go, and goes then. */
  leavesAt: number | undefined;
}

export interface MemoryFleetOptions {
  readonly clock: Clock;
  /** As the platform has it: ends early, and well, when the signal is aborted. Time must pass while it is awaited. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** A machine runs: a test boots an agent with `userData` here. Called once for each machine. */
  readonly onStart?: (machine: MemoryMachine) => void;
  /** A machine is gone, and what ran on it with it. */
  readonly onGone?: (machine: MemoryMachine) => void;
  readonly centsPerHour?: number;
}

/** Waits this long at most for one to run. */
const PATIENCE_MS = 300_000;
const LOOKED_EVERY_MS = 1_000;

interface FleetTrouble {
  readonly when: 'before' | 'after';
  readonly failure: Fault;
}

/** A fleet without machines: each promise of the port, and trouble on demand. */
export class MemoryFleet implements ServerFleet {
  readonly calls: FleetCall[] = [];
  /** How long a new machine needs until it runs. `Infinity`: new ones never start. */
  startMs = 0;
  /** How long a machine stays when it is asked to go. */
  leaveMs = 0;
  /** No more than so many at once: `SERVER_LIMIT_REACHED`. */
  limit = Infinity;
  /** `SERVER_SOLD_OUT` for each new one. */
  isSoldOut = false;
  /** Each call fails with it, until it is taken away; nothing is done. */
  down: Code | undefined;
  /** How many were ever made. */
  made = 0;
  readonly #options: MemoryFleetOptions;
  readonly #machines = new Map<string, MemoryMachine>();
  readonly #trouble = new Map<FleetCall, FleetTrouble[]>();

  constructor(options: MemoryFleetOptions) {
    this.#options = options;
  }

  /** What is there now, of ours and of others; oldest first. */
  get machines(): readonly MemoryMachine[] {
    this.pass();
    return [...this.#machines.values()];
  }

  machine(name: string): MemoryMachine | undefined {
    return this.machines.find((machine) => machine.name === name);
  }

  /** The next call of this name fails, and changes nothing. */
  failNext(call: FleetCall, code: Code, retryAfterMs?: number): void {
    const options = retryAfterMs === undefined ? {} : { retryAfterMs };
    this.#addTrouble(call, { when: 'before', failure: fault(code, options) });
  }

  /** The next call of this name does its work, and its answer is lost. */
  loseNextAnswer(call: FleetCall): void {
    this.#addTrouble(call, { when: 'after', failure: fault('FLEET_UNREACHABLE') });
  }

  /** A server of somebody else, which no test may lose. */
  addStranger(name: string, labels: Readonly<Record<string, string>> = {}): MemoryMachine {
    return this.#make({ name, labels }, '');
  }

  /** It powers off by itself, or breaks: it is there, costs money and does nothing. */
  end(name: string): void {
    const machine = this.machine(name);
    if (machine) machine.hasEnded = true;
  }

  /** Somebody deletes it behind our back. */
  lose(name: string): void {
    const machine = this.machine(name);
    if (machine) this.#remove(machine);
  }

  /** What became due by the clock happens: machines start and leave. Each call looks as well. */
  pass(): void {
    const now = this.#options.clock.now();
    for (const machine of this.#machines.values()) {
      if (machine.leavesAt !== undefined && machine.leavesAt <= now) this.#remove(machine);
      else if (!machine.hasStarted && !machine.hasEnded && machine.startsAt <= now) {
        machine.hasStarted = true;
        this.#options.onStart?.(machine);
      }
    }
  }

  create({ name, labels, userData }: ServerOrder, watch: FleetWatch): Promise<FleetServer> {
    return this.#do('create', watch, async () => {
      const there = this.machine(name);
      if (there && !areSame(there.labels, labels)) throw fault('SERVER_NAME_TAKEN');
      if (there) return this.#seen(there);
      if (this.#machines.size >= this.limit) throw fault('SERVER_LIMIT_REACHED');
      if (this.isSoldOut) throw fault('SERVER_SOLD_OUT');
      const machine = this.#make({ name, labels }, userData.reveal());
      this.pass();
      return this.#seen(machine);
    });
  }

  ready(id: string, watch: FleetWatch): Promise<FleetServer> {
    return this.#do('ready', watch, async () => {
      const { clock, sleep } = this.#options;
      const until = clock.now() + PATIENCE_MS;
      for (;;) {
        const machine = this.#machines.get(id);
        const status = machine && this.#statusOf(machine);
        if (machine && status === 'running') return this.#seen(machine);
        if (status !== 'starting' || clock.now() >= until) throw fault('SERVER_NOT_STARTED');
        await sleep(LOOKED_EVERY_MS, watch.signal);
        watch.signal.throwIfAborted();
        this.pass();
      }
    });
  }

  find(name: string, watch: FleetWatch): Promise<FleetServer | undefined> {
    return this.#do('find', watch, async () => {
      const machine = this.machine(name);
      return machine && this.#seen(machine);
    });
  }

  list(
    labels: Readonly<Record<string, string>>,
    watch: FleetWatch,
  ): Promise<readonly FleetServer[]> {
    return this.#do('list', watch, async () =>
      this.machines
        .filter((machine) => Object.entries(labels).every(([k, v]) => machine.labels[k] === v))
        .map((machine) => this.#seen(machine)),
    );
  }

  destroy(id: string, watch: FleetWatch): Promise<void> {
    return this.#do('destroy', watch, async () => {
      const { clock, sleep } = this.#options;
      const machine = this.#machines.get(id);
      if (!machine) return;
      if (machine.isProtected) throw fault('SERVER_PROTECTED');
      if (machine.staysUntil > clock.now()) throw fault('FLEET_UNREACHABLE');
      machine.leavesAt ??= clock.now() + this.leaveMs;
      for (this.pass(); this.#machines.has(id); this.pass()) {
        await sleep(LOOKED_EVERY_MS, watch.signal);
        watch.signal.throwIfAborted();
      }
    });
  }

  async #do<T>(call: FleetCall, { signal }: FleetWatch, work: () => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    this.calls.push(call);
    if (this.down) throw failureWith(this.down);
    const trouble = this.#trouble.get(call)?.shift();
    if (trouble?.when === 'before') throw trouble.failure;
    this.pass();
    const answer = await work();
    if (trouble) throw trouble.failure;
    return answer;
  }

  #make({ name, labels }: Pick<ServerOrder, 'name' | 'labels'>, userData: string): MemoryMachine {
    const number = ++this.made;
    const createdAt = this.#options.clock.now();
    const machine: MemoryMachine = {
      ...{ id: String(1000 + number), name, labels: { ...labels }, userData, createdAt },
      startsAt: createdAt + this.startMs,
      addresses: [`192.0.2.${number % 256}`, `2001:db8:0:${number.toString(16)}::/64`],
      ...{ hasStarted: false, hasEnded: false, isProtected: false },
      ...{ staysUntil: 0, leavesAt: undefined },
    };
    this.#machines.set(machine.id, machine);
    return machine;
  }

  #remove(machine: MemoryMachine): void {
    if (this.#machines.delete(machine.id)) this.#options.onGone?.(machine);
  }

  #statusOf({ hasStarted, hasEnded, leavesAt }: MemoryMachine): FleetServerStatus {
    if (leavesAt !== undefined) return 'leaving';
    if (hasEnded) return 'off';
    return hasStarted ? 'running' : 'starting';
  }

  #seen(machine: MemoryMachine): FleetServer {
    const { id, name, labels, createdAt, addresses, isProtected } = machine;
    const { centsPerHour } = this.#options;
    return {
      ...{ id, name, labels, createdAt, addresses, isProtected },
      status: this.#statusOf(machine),
      type: 'memory',
      location: 'here',
      ...(centsPerHour !== undefined && { centsPerHour }),
    };
  }

  #addTrouble(call: FleetCall, trouble: FleetTrouble): void {
    this.#trouble.set(call, [...(this.#trouble.get(call) ?? []), trouble]);
  }
}

/** One that is throttled is told for how long. */
const failureWith = (code: Code): Fault =>
  fault(code, code === 'FLEET_THROTTLED' ? { retryAfterMs: 1_000 } : {});

const areSame = (
  some: Readonly<Record<string, string>>,
  others: Readonly<Record<string, string>>,
): boolean => {
  const keys = new Set([...Object.keys(some), ...Object.keys(others)]);
  return [...keys].every((key) => some[key] === others[key]);
};
