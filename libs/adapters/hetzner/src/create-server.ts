import { Fault, fault } from '#libs/kernel';
import type { FleetServer, FleetWatch, ServerOrder } from '#libs/ports/server-fleet';

import { isRefused, type AskHetzner } from './client.js';
import { imageFor, imageIsThere, serversBy } from './look-up.js';
import type { HetznerFleetOptions } from './options.js';
import { detailsOf, unreachable, type HetznerRefusal } from './trouble.js';
import { fleetServerOf, wire } from './wire.js';

const ATTEMPTS = 3;
const PAUSE_MS = 1_000;
const MOST_USER_DATA = 32 * 1024;
const NAME = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const LABEL = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;

/** There is none of this type in this place; there may be elsewhere. */
const SOLD_OUT = new Set([
  'resource_unavailable',
  'placement_error',
  'no_space_left_in_location',
  'location_disabled',
]);
/** Somebody else is at it. */
const BUSY = new Set(['conflict', 'locked']);

interface ServerWanted {
  readonly order: ServerOrder;
  readonly image: string;
  readonly type: string;
  readonly location: string;
  readonly watch: FleetWatch;
}

/** Makes a server where there is one, and makes it once however often it is asked for. */
export const serverMaker = (options: HetznerFleetOptions, ask: AskHetzner) => {
  const { serverTypes, locations } = options;
  const places = serverTypes.flatMap((type) => locations.map((location) => ({ type, location })));

  return async (order: ServerOrder, watch: FleetWatch): Promise<FleetServer> => {
    examine(order);
    const image = await imageFor(ask, options, watch);
    for (const place of places) {
      const made = await makeAt(options, ask, { ...place, order, image, watch });
      if (made !== 'sold out') return made;
    }
    throw fault('SERVER_SOLD_OUT');
  };
};

const examine = ({ name, labels, userData }: ServerOrder): void => {
  const reason = !NAME.test(name)
    ? 'name'
    : !Object.entries(labels).every(([key, value]) => LABEL.test(key) && isValue(value))
      ? 'labels'
      : new TextEncoder().encode(userData.reveal()).length > MOST_USER_DATA
        ? 'user_data'
        : undefined;
  if (reason !== undefined) throw fault('SERVER_REFUSED', { details: { reason } });
};

const isValue = (text: string): boolean => text === '' || LABEL.test(text);

const makeAt = async (
  options: HetznerFleetOptions,
  ask: AskHetzner,
  wanted: ServerWanted,
): Promise<FleetServer | 'sold out'> => {
  const { signal } = wanted.watch;
  let failure = unreachable('busy');
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    if (attempt > 1) await options.sleep(PAUSE_MS * attempt, signal);
    signal.throwIfAborted();
    try {
      const made = await orderOnce(options, ask, wanted);
      if (made !== 'busy') return made;
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== 'FLEET_UNREACHABLE') throw error;
      // It may have been made all the same. The next order would be refused by the name, but only if it came to that.
      const there = await sameServer(ask, wanted);
      if (there) return there;
      failure = error;
    }
  }
  throw failure;
};

const orderOnce = async (
  { sshKey, network }: HetznerFleetOptions,
  ask: AskHetzner,
  wanted: ServerWanted,
): Promise<FleetServer | 'busy' | 'sold out'> => {
  const { order, image, type, location, watch } = wanted;
  const body = {
    ...{ name: order.name, labels: { ...order.labels }, image, server_type: type, location },
    user_data: order.userData.reveal(),
    ssh_keys: [sshKey],
    public_net: { enable_ipv4: true, enable_ipv6: true },
    start_after_create: true,
    ...(network !== undefined && { networks: [network] }),
  };
  const outcome = await ask({
    schema: wire.created,
    call: (api, signal) => api.POST('/servers', { body, signal }),
    watch,
  });
  if (!isRefused(outcome)) return fleetServerOf(outcome.value.server);
  return afterRefusal(ask, wanted, outcome.refused);
};

const afterRefusal = async (
  ask: AskHetzner,
  wanted: ServerWanted,
  refused: HetznerRefusal,
): Promise<FleetServer | 'busy' | 'sold out'> => {
  const { code } = refused;
  if (SOLD_OUT.has(code)) return 'sold out';
  if (BUSY.has(code)) return 'busy';
  // It goes between its refusal and our look: then it may be made now.
  if (code === 'uniqueness_error') return (await sameServer(ask, wanted)) ?? 'busy';
  const details = detailsOf(refused);
  if (code === 'resource_limit_exceeded') throw fault('SERVER_LIMIT_REACHED', { details });
  // Hetzner does not say with one code what it does not know: image, key or network.
  if (!(await imageIsThere(ask, wanted.image, wanted.watch)))
    throw fault('SERVER_IMAGE_MISSING', { details });
  throw fault('SERVER_REFUSED', { details });
};

/** The one of this name, if it is there. With other labels it is somebody else's. */
const sameServer = async (
  ask: AskHetzner,
  { order, watch }: ServerWanted,
): Promise<FleetServer | undefined> => {
  const servers = await serversBy(ask, { name: order.name }, watch);
  const there = servers.find(({ name }) => name === order.name);
  if (there && !haveSame(there.labels, order.labels)) throw fault('SERVER_NAME_TAKEN');
  return there;
};

const haveSame = (
  some: Readonly<Record<string, string>>,
  others: Readonly<Record<string, string>>,
): boolean => {
  const keys = new Set([...Object.keys(some), ...Object.keys(others)]);
  return [...keys].every((key) => some[key] === others[key]);
};
