import type { AgentReport, Backups, BackupsParts, RunServer } from '#libs/backups';
import type { Documents, StoredDocument } from '#libs/ports/documents';
import type { ServerFleet } from '#libs/ports/server-fleet';

/** Changes some methods of a port, and leaves the others as they are. */
const changed = <T extends object>(port: T, by: Partial<T>): T =>
  new Proxy(port, {
    get: (target, method) => {
      const other: unknown = Reflect.get(by, method);
      if (other !== undefined) return other;
      const value: unknown = Reflect.get(target, method);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });

const withFleet = (parts: BackupsParts, by: (fleet: ServerFleet) => Partial<ServerFleet>) => {
  const { servers } = parts;
  if (!servers) return parts;
  return { ...parts, servers: { ...servers, fleet: changed(servers.fleet, by(servers.fleet)) } };
};

interface KeptRun {
  readonly run: { readonly server?: RunServer };
}

/** The run knows of its server when it has been made, and not before it is ordered. */
export const ordersBeforeWriting = (parts: BackupsParts): BackupsParts => {
  const wanted = new Map<string, RunServer>();
  const { documents } = parts;
  const get: Documents['get'] = async (collection, ids) => {
    const found = await documents.get(collection, ids);
    return found.map((one) => one && shown(one, wanted.get(one.id)));
  };
  const swap: Documents['swap'] = (collection, document, version) => {
    const { run } = document.body as unknown as KeptRun;
    const { server } = run ?? {};
    if (collection.name !== 'backup_runs' || server?.state !== 'wanted' || server.id !== undefined)
      return documents.swap(collection, document, version);
    wanted.set(document.id, server);
    const { server: _, ...unwritten } = run;
    const body = { ...(document.body as object), run: unwritten } as typeof document.body;
    return documents.swap(collection, { ...document, body }, version);
  };
  const written = { ...parts, documents: changed(documents, { get, swap }) };
  return withFleet(written, (fleet) => ({
    create: async (order, watch) => {
      const server = await fleet.create(order, watch);
      wanted.clear();
      return server;
    },
  }));
};

const shown = (one: StoredDocument, server: RunServer | undefined): StoredDocument => {
  const body = one.body as unknown as KeptRun;
  if (!server || !body.run || body.run.server) return one;
  return { ...one, body: { ...body, run: { ...body.run, server } } as unknown as typeof one.body };
};

/** A server with a label of ours is taken for ours, and goes when its label says so. */
export const reapsByLabels = (backups: Backups, { clock, servers }: BackupsParts): Backups => ({
  ...backups,
  reap: async () => {
    const { signal } = new AbortController();
    const found =
      (await servers?.fleet.list({ 'innkeeper-environment': 'test' }, { signal })) ?? [];
    for (const { id, labels } of found)
      if (Number(labels['innkeeper-expires']) * 1000 <= clock.now())
        await servers?.fleet.destroy(id, { signal });
    return { destroyed: [], left: [] };
  },
});

/** A report is kept because it came last, and not because it is newer. */
export const hearsOlderReports = (backups: Backups): Backups => {
  const before = new Map<string, AgentReport>();
  return {
    ...backups,
    hear: (call, report) => {
      const older = before.get(call.secret) ?? report;
      before.set(call.secret, report);
      return backups.hear(call, { ...older, number: report.number });
    },
  };
};

/** What is told to go counts as gone. */
export const believesDestroy = (parts: BackupsParts): BackupsParts => {
  const told = new Set<string>();
  return withFleet(parts, (fleet) => ({
    destroy: async (id, watch) => {
      told.add(id);
      await fleet.destroy(id, watch).catch(() => undefined);
    },
    find: async (name, watch) => {
      const found = await fleet.find(name, watch);
      return found && told.has(found.id) ? undefined : found;
    },
  }));
};

/** Each one who knows the token gets the order, however often. */
export const ordersTwice = (backups: Backups): Backups => {
  const given = new Map<string, Awaited<ReturnType<Backups['order']>>>();
  return {
    ...backups,
    order: async (opening) => {
      const known = given.get(opening.secret);
      if (known) return known;
      const order = await backups.order(opening);
      given.set(opening.secret, order);
      return order;
    },
  };
};

/** Nobody counts what is ordered in a day. */
export const countsNoServers = (parts: BackupsParts): BackupsParts => {
  const { documents } = parts;
  const swap: Documents['swap'] = (collection, document, version) => {
    const { servers: _, ...body } = document.body as { readonly servers?: unknown };
    const isTarget = collection.name === 'backup_targets';
    return documents.swap(collection, isTarget ? { ...document, body } : document, version);
  };
  return { ...parts, documents: changed(documents, { swap }) };
};

/** A look at the fleet takes place once in a while, and not when it is due. */
export const looksSeldom = (backups: Backups): Backups => {
  let looks = 0;
  return {
    ...backups,
    reap: () => {
      looks += 1;
      return looks % 9 === 0 ? backups.reap() : Promise.resolve({ destroyed: [], left: [] });
    },
  };
};
