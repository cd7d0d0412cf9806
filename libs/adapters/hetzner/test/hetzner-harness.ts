import { nodeFetch } from '#libs/adapters/outbound';
import { hetznerFleet, type HetznerFleetOptions } from '#libs/adapters/hetzner';
import { Secret } from '#libs/kernel';
import type { ServerFleet } from '#libs/ports/server-fleet';
import { FakeHetzner, StandingTime, type FakeHetznerOptions } from '#libs/testing';
import type { FleetFailure, FleetHarness } from '#suites/server-fleet';

export interface HetznerWorld {
  readonly fake: FakeHetzner;
  readonly time: StandingTime;
  readonly fleet: ServerFleet;
  /** Another adapter on the same project. */
  open(more?: Partial<HetznerFleetOptions>): ServerFleet;
  openWithoutNetwork(): ServerFleet;
  close(): Promise<void>;
}

/** A way to the fake, through something that looks at what goes by. */
export interface HetznerWay {
  readonly url: string;
  readonly fetch: typeof globalThis.fetch;
  close(): Promise<void>;
}

export type WayTo = (fake: FakeHetzner) => Promise<HetznerWay>;

export const directly: WayTo = async ({ url }) => {
  const { fetch, close } = nodeFetch({ origin: url });
  return { url, fetch, close: async () => close() };
};

export const hetznerWorld = async (
  wayTo: WayTo = directly,
  options: FakeHetznerOptions = {},
): Promise<HetznerWorld> => {
  const time = new StandingTime();
  const fake = await FakeHetzner.start({ clock: time, ...options });
  const way = await wayTo(fake);
  const base: HetznerFleetOptions = {
    ...{ fetch: way.fetch, url: way.url, token: new Secret(fake.token) },
    ...{ image: fake.snapshot, serverTypes: ['cpx31', 'cpx41'], locations: ['fsn1', 'nbg1'] },
    ...{ sshKey: 'operator', clock: time, sleep: time.sleep },
  };
  const open = (more: Partial<HetznerFleetOptions> = {}): ServerFleet =>
    hetznerFleet({ ...base, network: 4711, ...more });
  return {
    ...{ fake, time, fleet: open(), open, openWithoutNetwork: () => hetznerFleet(base) },
    async close() {
      await way.close();
      await fake.close();
    },
  };
};

const failures: Readonly<Record<FleetFailure, (fake: FakeHetzner) => void>> = {
  FLEET_ACCESS_DENIED: (fake) => (fake.down = 'unauthorized'),
  FLEET_THROTTLED: (fake) => (fake.down = 'rate_limit_exceeded'),
  FLEET_UNREACHABLE: (fake) => (fake.down = 'unavailable'),
  SERVER_IMAGE_MISSING: ({ state }) => state.snapshots.clear(),
  SERVER_LIMIT_REACHED: ({ state }) => (state.limit = 0),
  SERVER_REFUSED: ({ state }) => state.sshKeys.clear(),
  SERVER_SOLD_OUT: ({ state }) => void state.soldOut.add('cpx31').add('cpx41'),
};

const mended = (fake: FakeHetzner): void => {
  const { state } = fake;
  fake.down = undefined;
  state.limit = Infinity;
  state.soldOut.clear();
  state.sshKeys.add('operator');
  state.addSnapshot({ id: Number(fake.snapshot) });
};

export const hetznerHarness = async (wayTo?: WayTo): Promise<FleetHarness> => {
  const { fake, time, fleet, open, close } = await hetznerWorld(wayTo);
  return {
    fleet,
    again: async () => open(),
    names: async () => fake.machines.map(({ name }) => name),
    toldTo: async (name) => fake.machine(name)?.userData ?? '',
    end: async (name) => {
      const machine = fake.machine(name);
      if (machine) machine.isOff = true;
    },
    startNothing: async () => void (fake.state.startMs = Infinity),
    holdStart: async () => {
      fake.state.startMs = 2_000;
      return time.hold();
    },
    holdLeaving: async () => {
      fake.state.leaveMs = 2_000;
      return time.hold();
    },
    protect: async (name) => {
      const machine = fake.machine(name);
      if (machine) machine.isProtected = true;
    },
    loseAnswer: async (call) =>
      fake.fail(call === 'create' ? 'POST /servers' : 'DELETE /servers/:id', 'lost'),
    trouble: async (what) => {
      if (what) failures[what](fake);
      else mended(fake);
    },
    capabilities: {
      startsLate: true,
      leavesLate: true,
      protects: true,
      losesAnswers: true,
      failures: Object.keys(failures) as FleetFailure[],
      // Two full pages and a part of one.
      many: 120,
    },
    dispose: close,
  };
};
