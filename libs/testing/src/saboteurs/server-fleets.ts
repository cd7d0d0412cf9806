import type { FleetServer, ServerFleet, ServerOrder } from '#libs/ports/server-fleet';

/** Takes the name for the whole proof: what has it is ours. */
export const fleetTrustingNames = (inner: ServerFleet): ServerFleet => ({
  ...bound(inner),
  create: async (order: ServerOrder, watch) =>
    (await inner.find(order.name, watch)) ?? inner.create(order, watch),
});

/** Lists what has one of the labels: servers of another environment are destroyed with ours. */
export const fleetListingTooMuch = (inner: ServerFleet): ServerFleet => ({
  ...bound(inner),
  list: async (labels, watch) => {
    const lists = await Promise.all(
      Object.entries(labels).map(([key, value]) => inner.list({ [key]: value }, watch)),
    );
    const found = new Map<string, FleetServer>(lists.flat().map((server) => [server.id, server]));
    return [...found.values()];
  },
});

/** Says that a server is gone when it was asked to go. */
export const fleetBelievingItsOrders = (inner: ServerFleet): ServerFleet => ({
  ...bound(inner),
  destroy: async (id, watch) => {
    watch.signal.throwIfAborted();
    const asked = inner.destroy(id, watch);
    // One turn is enough to hear of a refusal, and too few to wait for a server.
    await Promise.race([asked, Promise.resolve()]);
    asked.catch(() => undefined);
  },
});

const bound = (inner: ServerFleet): ServerFleet => ({
  create: (order, watch) => inner.create(order, watch),
  ready: (id, watch) => inner.ready(id, watch),
  find: (name, watch) => inner.find(name, watch),
  list: (labels, watch) => inner.list(labels, watch),
  destroy: (id, watch) => inner.destroy(id, watch),
});
