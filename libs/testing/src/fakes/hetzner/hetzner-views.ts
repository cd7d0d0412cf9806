import type {
  HetznerAction,
  HetznerMachine,
  HetznerSnapshot,
  HetznerState,
} from './hetzner-state.js';

const time = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z');

/** Net and gross in euros, as texts with many digits. */
const price = (net: number) => ({ net: net.toFixed(10), gross: (net * 1.19).toFixed(16) });

const place = (name: string) => ({
  ...{ id: 1, name, description: 'Falkenstein DC Park 1', country: 'DE', city: 'Falkenstein' },
  ...{ latitude: 50.47612, longitude: 12.370071, network_zone: 'eu-central' },
});

const HOURLY: Readonly<Record<string, number>> = { cpx31: 0.025, cpx41: 0.0497, cax21: 0.0125 };

const typeView = (name: string, locations: Iterable<string>) => {
  const hourly = HOURLY[name] ?? 0.01;
  return {
    ...{ id: 44, name, description: name.toUpperCase(), cores: 4, memory: 8, disk: 160 },
    ...{ deprecated: false, storage_type: 'local', cpu_type: 'shared' },
    architecture: name.startsWith('cax') ? 'arm' : 'x86',
    // Each place has a price of its own.
    prices: [...locations].map((location, i) => ({
      location,
      price_hourly: price(hourly + i / 1000),
      price_monthly: price(hourly * 600),
      included_traffic: 21_990_232_555_520,
      price_per_tb_traffic: price(1),
    })),
    locations: [],
  };
};

export const imageView = ({ id, createdAt, labels, status }: HetznerSnapshot) => ({
  ...{ id, type: 'snapshot', status, name: null, description: 'backup agent', labels },
  ...{ image_size: 1.5, disk_size: 40, created: time(createdAt), created_from: null },
  ...{ bound_to: null, os_flavor: 'debian', os_version: null, rapid_deploy: false },
  ...{ protection: { delete: false }, deprecated: null, deleted: null, architecture: 'x86' },
});

/** One that runs carries an error that means nothing, as in the vendor's own examples. */
export const actionView = (state: HetznerState, action: HetznerAction) => {
  const status = state.statusOfAction(action);
  const { id, command, machine, startedAt, endsAt, failsWith } = action;
  return {
    ...{ id, command, status, progress: status === 'running' ? 42 : 100 },
    started: time(startedAt),
    finished: status === 'running' ? null : time(endsAt),
    resources: [{ id: machine, type: 'server' }],
    error:
      status === 'success'
        ? null
        : { code: failsWith ?? 'action_failed', message: 'Action failed' },
  };
};

const publicNet = ({ id, ipv4, ipv6 }: HetznerMachine) => ({
  ipv4: ipv4 && {
    ...{ id: id + 1, ip: ipv4, blocked: false },
    dns_ptr: `static.${ipv4}.clients.example`,
  },
  ipv6: ipv6 && { id: id + 2, ip: ipv6, blocked: false, dns_ptr: [] },
  ...{ floating_ips: [], firewalls: [] },
});

/** As since July 2026: it stands in a location and in no datacenter. */
export const serverView = (state: HetznerState, machine: HetznerMachine) => {
  const { id, name, labels, type, location, image, networks, createdAt, isProtected } = machine;
  const snapshot = state.snapshots.get(image);
  return {
    ...{ id, name, labels, status: state.statusOf(machine), created: time(createdAt) },
    public_net: publicNet(machine),
    private_net: networks.map((network) => ({
      ...{ network, ip: `10.0.1.${id % 250}`, alias_ips: [], mac_address: '86:00:ff:2a:7d:e1' },
    })),
    server_type: typeView(type, state.locations),
    location: place(location),
    image: snapshot ? imageView(snapshot) : null,
    ...{ iso: null, rescue_enabled: false, locked: state.isLocked(machine), backup_window: null },
    ...{ outgoing_traffic: 0, ingoing_traffic: 0, included_traffic: 654_321 },
    protection: { delete: isProtected, rebuild: isProtected },
    ...{ volumes: [], load_balancers: [], primary_disk_size: 160, placement_group: null },
  };
};
