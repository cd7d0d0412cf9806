import { describe, expect, it } from '@jest/globals';

import { backupRoutes, describedRoutes, responderRoutes, servedRoutes } from './all-routes.js';
import * as door from './index.js';
import { pathOf, type RouteNote } from './route.js';

const nameOf = ({ method, path }: RouteNote): string => `${method} ${path}`;

const isRoute = (value: unknown): value is RouteNote =>
  typeof value === 'object' && value !== null && 'method' in value && 'path' in value;

describe('the routes', () => {
  it('are each described once', () => {
    const names = describedRoutes.map(nameOf);
    expect(names.toSorted()).toEqual([...new Set(names)].sort());
    expect(names.length).toBeGreaterThan(45);
  });

  it('are all in the list, whatever file declares them', () => {
    const exported: readonly unknown[] = Object.values(door);
    const declared = exported.filter(isRoute).map(nameOf);
    const served = [...servedRoutes, ...responderRoutes, ...backupRoutes];
    expect(declared.toSorted()).toEqual(served.map(nameOf).sort());
  });

  it('say who may call under /api, and nowhere else but for metrics', () => {
    const guarded = describedRoutes.filter(({ role, caller }) => role ?? caller);
    const underApi = describedRoutes.filter(({ path }) => path.startsWith('/api/'));
    expect(guarded.map(nameOf)).toEqual([...underApi.map(nameOf), 'get /metrics']);
  });

  it('are for an operator or for the server of a backup, never for both', () => {
    const ofServers = describedRoutes.filter(({ caller }) => caller === 'backup-server');
    expect(ofServers.map(nameOf)).toEqual([
      'post /api/backup-servers/:run/order',
      'post /api/backup-servers/:run/report',
      'get /api/backup-servers/:run/sources/:source',
      'post /api/backup-servers/:run/opens',
    ]);
    expect(ofServers.filter(({ role }) => role !== undefined)).toEqual([]);
  });

  it('let a stream’s name be part of a path', () => {
    expect(pathOf(door.traceThing, { id: 'call/aircall.main.1' })).toBe(
      '/api/trace/call%2Faircall.main.1',
    );
  });
});
