import type { Clock } from '#libs/kernel';

/** A server as Hetzner has it. Tests change it as they like. */
export interface HetznerMachine {
  readonly id: number;
  readonly name: string;
  labels: Readonly<Record<string, string>>;
  readonly userData: string;
  readonly type: string;
  readonly location: string;
  readonly image: number;
  readonly networks: readonly number[];
  readonly createdAt: number;
  /** Addresses of the public network. Tests that run agents on loopback set `127.0.0.1`. */
  ipv4: string | null;
  ipv6: string | null;
  hasBooted: boolean;
  /** It powered itself off, or somebody did. */
  isOff: boolean;
  isProtected: boolean;
  /** Until then another action holds it, and nobody may delete it. */
  lockedUntil: number;
  leavesAt: number | undefined;
}

export interface HetznerAction {
  readonly id: number;
  readonly command: string;
  readonly machine: number;
  readonly startedAt: number;
  readonly endsAt: number;
  /** The code with which it fails in the end. */
  readonly failsWith?: string;
}

export interface HetznerSnapshot {
  readonly id: number;
  readonly createdAt: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly status: 'available' | 'creating';
}

export interface HetznerHooks {
  /** A server runs: boot an agent with its user data here. Called once for each server. */
  readonly onBoot?: (server: HetznerMachine, userData: string) => void;
  /** A server is gone: end what ran on it. */
  readonly onDestroy?: (server: HetznerMachine) => void;
}

export interface NewMachine extends Pick<
  HetznerMachine,
  'image' | 'labels' | 'location' | 'name' | 'networks' | 'type' | 'userData'
> {
  readonly hasIpv4: boolean;
  readonly hasIpv6: boolean;
}

/** It may never start, but it is made. */
const MADE_WITHIN_MS = 5_000;

/** Everything that a project at Hetzner holds, and how it changes with time. */
export class HetznerState {
  readonly machines = new Map<number, HetznerMachine>();
  readonly actions = new Map<number, HetznerAction>();
  readonly snapshots = new Map<number, HetznerSnapshot>();
  readonly sshKeys = new Set(['operator']);
  readonly networks = new Set([4711]);
  readonly types = new Set(['cpx31', 'cpx41', 'cax21']);
  readonly locations = new Set(['fsn1', 'nbg1', 'hel1']);
  /** `cpx31`, or `cpx31/fsn1`. */
  readonly soldOut = new Set<string>();
  /** The same, where no host has room for one more. */
  readonly unplaced = new Set<string>();
  /** No more servers than this: the quota of the project. */
  limit = Infinity;
  /** From order to run. `Infinity`: the servers that are made from now on never start. */
  startMs = 0;
  /** The next server is made and cannot be started. */
  startFails = false;
  leaveMs = 0;
  /** So many deletions from now on fail at their end, and the server stays. */
  deletionsFail = 0;
  made = 0;
  /** It overlooks what lists should be about, and lists everything. */
  ignoresSelectors = false;
  #ids = 10_000;

  constructor(
    readonly clock: Clock,
    private readonly hooks: HetznerHooks,
  ) {}

  nextId(): number {
    return ++this.#ids;
  }

  addSnapshot(snapshot: Partial<HetznerSnapshot> = {}): HetznerSnapshot {
    const added: HetznerSnapshot = {
      ...{ id: this.nextId(), createdAt: this.clock.now(), labels: {}, status: 'available' },
      ...snapshot,
    };
    this.snapshots.set(added.id, added);
    return added;
  }

  named(name: string): HetznerMachine | undefined {
    return [...this.machines.values()].find((machine) => machine.name === name);
  }

  /** With the actions that follow each other until it runs. */
  add(wanted: NewMachine): { machine: HetznerMachine; actions: readonly HetznerAction[] } {
    const { hasIpv4, hasIpv6, ...rest } = wanted;
    const number = ++this.made;
    const createdAt = this.clock.now();
    const machine: HetznerMachine = {
      ...rest,
      ...{ id: this.nextId(), createdAt, hasBooted: false },
      ipv4: hasIpv4 ? `198.51.100.${number % 256}` : null,
      ipv6: hasIpv6 ? `2001:db8:0:${number.toString(16)}::/64` : null,
      ...{ isOff: false, isProtected: false, lockedUntil: 0, leavesAt: undefined },
    };
    this.machines.set(machine.id, machine);
    const act = (command: string, ms: number, failsWith?: string): HetznerAction =>
      this.addAction({
        command,
        machine: machine.id,
        ms,
        ...(failsWith !== undefined && { failsWith }),
      });
    const madeMs = Math.min(this.startMs / 2, MADE_WITHIN_MS);
    const created = act('create_server', madeMs);
    const attached = wanted.networks.map(() => act('attach_to_network', madeMs));
    const failsWith = this.startFails ? 'action_failed' : undefined;
    const started = act('start_server', this.startMs, failsWith);
    this.startFails = false;
    return { machine, actions: [created, started, ...attached] };
  }

  addAction(
    wanted: Pick<HetznerAction, 'command' | 'machine' | 'failsWith'> & { readonly ms: number },
  ): HetznerAction {
    const { ms, ...rest } = wanted;
    const startedAt = this.clock.now();
    const action = { ...rest, id: this.nextId(), startedAt, endsAt: startedAt + ms };
    this.actions.set(action.id, action);
    return action;
  }

  actionsOf(machine: number): readonly HetznerAction[] {
    return [...this.actions.values()].filter((action) => action.machine === machine);
  }

  statusOfAction({ endsAt, failsWith }: HetznerAction): 'running' | 'success' | 'error' {
    if (endsAt > this.clock.now()) return 'running';
    return failsWith === undefined ? 'success' : 'error';
  }

  /** What became due happens: servers boot and go. */
  pass(): void {
    for (const machine of [...this.machines.values()]) {
      if (machine.leavesAt !== undefined && machine.leavesAt <= this.clock.now())
        this.remove(machine);
      else if (!machine.hasBooted && !machine.isOff) this.#boot(machine);
    }
  }

  remove(machine: HetznerMachine): void {
    if (this.machines.delete(machine.id)) this.hooks.onDestroy?.(machine);
  }

  statusOf(machine: HetznerMachine): string {
    if (machine.leavesAt !== undefined) return 'deleting';
    if (machine.isOff) return 'off';
    if (machine.hasBooted) return 'running';
    const [created] = this.actionsOf(machine.id);
    return created && this.statusOfAction(created) === 'running' ? 'initializing' : 'starting';
  }

  /** Nobody may delete it now: it is being made, or somebody is at it. */
  isHeld(machine: HetznerMachine): boolean {
    const [created] = this.actionsOf(machine.id);
    const isNew = created !== undefined && this.statusOfAction(created) === 'running';
    return isNew || machine.leavesAt !== undefined || machine.lockedUntil > this.clock.now();
  }

  isLocked(machine: HetznerMachine): boolean {
    const isBusy = this.actionsOf(machine.id).some(
      (action) => this.statusOfAction(action) === 'running',
    );
    return isBusy || machine.lockedUntil > this.clock.now();
  }

  #boot(machine: HetznerMachine): void {
    const start = this.actionsOf(machine.id).find(({ command }) => command === 'start_server');
    const status = start && this.statusOfAction(start);
    if (status === 'error') machine.isOff = true;
    if (status !== 'success') return;
    machine.hasBooted = true;
    this.hooks.onBoot?.(machine, machine.userData);
  }
}
