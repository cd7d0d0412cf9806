import { z } from 'zod';

import type { FleetServer, FleetServerStatus } from '#libs/ports/server-fleet';

/** Of each answer what we use; the rest may be as it likes. */
const server = z.object({
  id: z.number().int().positive(),
  name: z.string(),
  status: z.string(),
  created: z.iso.datetime({ offset: true }),
  labels: z.record(z.string(), z.string()),
  locked: z.boolean(),
  protection: z.object({ delete: z.boolean() }),
  public_net: z.object({
    ipv4: z.object({ ip: z.string() }).nullable(),
    ipv6: z.object({ ip: z.string() }).nullable(),
  }),
  private_net: z.array(z.object({ ip: z.string().optional() })),
  location: z.object({ name: z.string() }),
  server_type: z.object({
    name: z.string(),
    prices: z.array(
      z.object({ location: z.string(), price_hourly: z.object({ gross: z.string() }) }),
    ),
  }),
});
type WireServer = z.output<typeof server>;

const action = z.object({ id: z.number().int(), command: z.string(), status: z.string() });
const pages = z.object({ pagination: z.object({ next_page: z.number().int().nullable() }) });

export const wire = {
  /** The document does not promise it. An answer without one is none: it says nothing of whether the server is there. */
  server: z.object({ server: server.optional() }).transform(({ server: there }, context) => {
    if (there) return there;
    context.addIssue({ code: 'custom', message: 'no server' });
    return z.NEVER;
  }),
  servers: z.object({ servers: z.array(server), meta: pages }),
  created: z.object({ server }),
  action: z.object({ action }),
  /** The document does not promise the action. */
  deleted: z.object({ action: action.optional() }),
  actions: z.object({ actions: z.array(action) }),
  images: z.object({ images: z.array(z.object({ id: z.number().int() })) }),
  image: z.object({ image: z.object({ id: z.number().int() }).optional() }),
  refusal: z.object({ error: z.object({ code: z.string() }) }),
};
export type ServersPage = z.output<typeof wire.servers>;

/** What else it may be is a server that is at work or was worked on; none of that has ended. */
const STATUS: Readonly<Record<string, FleetServerStatus>> = {
  initializing: 'starting',
  starting: 'starting',
  off: 'off',
  deleting: 'leaving',
};

/** A new one is off for a moment before it is started: an action holds it then. */
const statusOf = ({ status, locked }: WireServer): FleetServerStatus => {
  const known = STATUS[status] ?? 'running';
  return known === 'off' && locked ? 'starting' : known;
};

/** Gross, without its IPv4 address, in cents of the currency of the account. */
const centsPerHour = ({ server_type, location }: WireServer): number | undefined => {
  const price = server_type.prices.find((each) => each.location === location.name);
  const cents = Number(price?.price_hourly.gross) * 100;
  return Number.isFinite(cents) ? Math.round(cents * 10_000) / 10_000 : undefined;
};

export const fleetServerOf = (from: WireServer): FleetServer => {
  const { id, name, labels, created, public_net, private_net, server_type, location } = from;
  const cents = centsPerHour(from);
  const addresses = [public_net.ipv4?.ip, public_net.ipv6?.ip, ...private_net.map(({ ip }) => ip)];
  return {
    id: String(id),
    ...{ name, labels, status: statusOf(from), createdAt: Date.parse(created) },
    addresses: addresses.filter((address) => address !== undefined),
    ...{ type: server_type.name, location: location.name },
    ...(cents !== undefined && { centsPerHour: cents }),
    isProtected: from.protection.delete,
  };
};
