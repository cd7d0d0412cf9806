import { fault } from '#libs/kernel';
import type { FleetServer, FleetWatch, ServerFleet } from '#libs/ports/server-fleet';

import { hetznerClient, isRefused, type AskHetzner } from './client.js';
import { serverMaker } from './create-server.js';
import { answered, answeredIfThere, serversBy } from './look-up.js';
import { LIMITS, type HetznerFleetOptions } from './options.js';
import { patiently } from './patience.js';
import { detailsOf, unreachable } from './trouble.js';
import { fleetServerOf, wire } from './wire.js';

/** Servers of one project at Hetzner, by its REST API. It keeps nothing: each process sees the same. */
export const hetznerFleet = (options: HetznerFleetOptions): ServerFleet => {
  const ask = hetznerClient(options);
  const { startMs, leaveMs } = { ...LIMITS, ...options.limits };

  return {
    create: serverMaker(options, ask),

    ready(id, { signal }) {
      const over = () => fault('SERVER_NOT_STARTED', { details: { reason: 'time' } });
      const patience = { signal, limitMs: startMs, over };
      return patiently(options, patience, () => runningServer(ask, id, { signal }));
    },

    async find(name, watch) {
      const servers = await serversBy(ask, { name }, watch);
      return servers.find((server) => server.name === name);
    },

    async list(labels, watch) {
      const wanted = Object.entries(labels);
      const label_selector = wanted.map(([key, value]) => `${key}=${value}`).join(',');
      const by = wanted.length === 0 ? {} : { label_selector };
      const servers = await serversBy(ask, by, watch);
      // What is not ours may be destroyed by nobody, so the answer is not believed blindly.
      return servers
        .filter((server) => wanted.every(([key, value]) => server.labels[key] === value))
        .sort((a, b) => a.createdAt - b.createdAt || Number(a.id) - Number(b.id));
    },

    async destroy(id, { signal }) {
      const over = () => unreachable('still_there');
      const patience = { signal, limitMs: leaveMs, over };
      const leaving: { action?: number } = {};
      await patiently(options, patience, () => goneServer(ask, id, { signal }, leaving));
    },
  };
};

/** Ids of Hetzner are numbers; what is none was never one of its servers. */
const numberOf = (id: string): number | undefined =>
  /^[1-9]\d{0,14}$/.test(id) ? Number(id) : undefined;

const lookAt = async (
  ask: AskHetzner,
  id: number,
  watch: FleetWatch,
): Promise<FleetServer | undefined> => {
  const path = { id };
  const found = await answeredIfThere(ask, {
    schema: wire.server,
    call: (api, signal) => api.GET('/servers/{id}', { params: { path }, signal }),
    watch,
  });
  return found && fleetServerOf(found);
};

/** From order to run. If one of these fails, the server is not as it was ordered. */
const FIRST_ACTIONS = new Set(['create_server', 'start_server', 'attach_to_network']);

/** `undefined`: not yet. Throws where it never will run. */
const runningServer = async (
  ask: AskHetzner,
  id: string,
  watch: FleetWatch,
): Promise<FleetServer | undefined> => {
  const number = numberOf(id);
  const server = number === undefined ? undefined : await lookAt(ask, number, watch);
  if (number === undefined || !server || server.status === 'leaving')
    throw fault('SERVER_NOT_STARTED', { details: { reason: 'gone' } });
  const path = { id: number };
  const query = { sort: ['id:asc' as const], per_page: 50 };
  const { actions } = await answered(ask, {
    schema: wire.actions,
    call: (api, signal) => api.GET('/servers/{id}/actions', { params: { path, query }, signal }),
    watch,
  });
  const first = actions.filter(({ command }) => FIRST_ACTIONS.has(command));
  // An action that runs carries an error as well; its status alone says whether it failed.
  const failed = first.find(({ status }) => status === 'error');
  if (failed) throw fault('SERVER_NOT_STARTED', { details: { reason: failed.command } });
  if (first.some(({ status }) => status === 'running')) return undefined;
  if (server.status === 'off') throw fault('SERVER_NOT_STARTED', { details: { reason: 'off' } });
  return server.status === 'running' ? server : undefined;
};

/** Hetzner lets nobody at it now. */
const BUSY = new Set(['locked', 'conflict']);

/** `undefined`: not yet. */
const goneServer = async (
  ask: AskHetzner,
  id: string,
  watch: FleetWatch,
  leaving: { action?: number },
): Promise<true | undefined> => {
  const number = numberOf(id);
  if (number === undefined) return true;
  const path = { id: number };
  if (leaving.action !== undefined) {
    if (!(await lookAt(ask, number, watch))) return true;
    if (!(await hasFailed(ask, leaving.action, watch))) return undefined;
  }
  const outcome = await ask({
    schema: wire.deleted,
    call: (api, signal) => api.DELETE('/servers/{id}', { params: { path }, signal }),
    watch,
  });
  if (!isRefused(outcome)) {
    const { action } = outcome.value;
    if (action) leaving.action = action.id;
    return (await lookAt(ask, number, watch)) ? undefined : true;
  }
  const { status, code } = outcome.refused;
  if (status === 404) return true;
  if (code === 'protected') throw fault('SERVER_PROTECTED');
  if (BUSY.has(code)) return undefined;
  throw fault('DEFECT_UNKNOWN', { details: detailsOf(outcome.refused) });
};

const hasFailed = async (ask: AskHetzner, id: number, watch: FleetWatch): Promise<boolean> => {
  const path = { id };
  const found = await answeredIfThere(ask, {
    schema: wire.action,
    call: (api, signal) => api.GET('/actions/{id}', { params: { path }, signal }),
    watch,
  });
  return found?.action.status === 'error';
};
