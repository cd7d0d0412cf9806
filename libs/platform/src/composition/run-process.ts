import { allSubscriptions, kindsOf } from '#libs/contracts';
import { fault } from '#libs/kernel';
import { composeRegisters } from '#libs/operations';
import { Module, type DynamicModule, type Type } from '@nestjs/common';

import { BusStrategy } from '../bus/bus-strategy.js';
import { Health } from '../health/health.js';
import { PlatformModule } from '../health/platform.module.js';
import { DoorLoad } from '../http/door-load.js';
import { createHttpApp } from '../http/http-app.js';
import { startHttpApp } from '../http/start-http-app.js';
import { JobsModule, type JobsOptions } from '../jobs/jobs.module.js';
import type { Log } from '../logs/log.js';
import { Metrics } from '../metrics/metrics.js';
import type { Role } from '../roles.js';
import type { Settings } from '../settings/read-settings.js';
import { startTicker } from '../tickers/start-ticker.js';
import { TickersModule } from '../tickers/tickers.module.js';
import { startTracing, tracesAddress } from '../tracing/start-tracing.js';
import { registersParts } from './context-parts.js';
import { openDataDirectory, type DataDirectory } from './data-directory.js';
import { needsDataDirectory, openParts } from './open-parts.js';
import { Opened } from './opened.js';
import type { Parts } from './parts.js';
import { Process } from './process.js';
import { ProcessModule } from './process.module.js';
import { measureStores } from './measure-stores.js';
import { reachModels } from './reach-models.js';
import { sayRights } from './say-rights.js';
import { SweepClock } from './sweep-clock.js';
import { watchBackEnds } from './watch-back-ends.js';

/** The Nest module of each role this program has. */
export type RoleModules = Readonly<Partial<Record<Role, Type>>>;

export interface RunningProcess {
  readonly url: string;
  readonly parts: Parts;
  readonly data: DataDirectory | undefined;
  /** Stops taking in, drains, closes in reverse order of opening. */
  readonly stop: () => Promise<void>;
}

const TIDY_MS = 60_000;

/** Opens the parts, starts the roles the settings name, and listens. */
export const runProcess = async (
  modules: RoleModules,
  settings: Settings,
  log: Log,
  /** For tests that kill or cut at a port. */
  decorate: (parts: Parts) => Parts = (parts) => parts,
): Promise<RunningProcess> => {
  const foreign = settings.process.roles.filter((role) => !modules[role]);
  if (foreign.length > 0) throw fault('ROLE_UNKNOWN', { details: { roles: foreign.join(' ') } });
  const opened = new Opened();
  try {
    const data = needsDataDirectory(settings)
      ? opened.add(openDataDirectory(settings.process.dataDir), (it) => it.release())
      : undefined;
    opened.add(await startTracing(tracesAddress(settings.observing)), (stop) => stop());
    const parts = decorate(opened.add(await openParts(settings, data), (it) => it.close()));
    const url = await startRoles({ modules, settings, log, parts, data }, opened);
    opened.add(tidyEachMinute(parts, log), (stop) => stop());
    opened.add(sweepEachMinute(parts, log), (stop) => stop());
    reachModels(parts, log);
    sayRights(settings, log);
    data?.announce({ pid: process.pid, url, startedAt: parts.clock.now() });
    log.info('process.ready', { port: Number(new URL(url).port) });
    return { url, parts, data, stop: () => opened.close() };
  } catch (error) {
    await opened.close();
    throw error;
  }
};

interface Starting {
  readonly modules: RoleModules;
  readonly settings: Settings;
  readonly log: Log;
  readonly parts: Parts;
  readonly data: DataDirectory | undefined;
}

const startRoles = async (
  { modules, settings, log, parts, data }: Starting,
  opened: Opened,
): Promise<string> => {
  const roles = settings.process.roles.filter((role) => modules[role]);
  const health = new Health(() => parts.clock.now());
  const metrics = new Metrics();
  measureStores(parts, health, metrics);
  if (parts.disk) metrics.watchDisk(parts.disk.look);
  const own = new Process({ parts, settings, log, health, metrics });
  const registers = composeRegisters(registersParts(own));
  const strategy = new BusStrategy({
    bus: parts.bus,
    bury: (...letter) => registers.deadLetters.bury(...letter),
    health,
    log,
    onBatch: metrics.handled,
    subscriptions: allSubscriptions.filter(({ role }) => (roles as string[]).includes(role)),
  });
  const root = rootModule([
    PlatformModule.of({
      health,
      metrics,
      metricsOpen: settings.api.metricsOpen,
      signingKey: settings.api.signingKey ?? data?.secret('issuer'),
    }),
    ProcessModule.of(own, registers),
    TickersModule,
    ...jobsOf({ queue: parts.jobQueue, kinds: kindsOf(roles), health, log, onRun: metrics.ran }),
    ...roles.flatMap((role) => modules[role] ?? []),
  ]);
  opened.add(watchBackEnds(parts.backEnds, health, log), (stop) => stop());
  const load = new DoorLoad({ onShed: metrics.shed });
  metrics.watchDoor(load);
  const app = await createHttpApp(root, {
    ...{ log, strategy, onAnswer: metrics.answered, load },
    trustedProxies: settings.http.trustedProxies,
  });
  opened.add(app, async () => {
    health.drain();
    await app.close();
  });
  return startHttpApp(app, settings.http);
};

/** A process without jobs is spared even the looking for them. */
const jobsOf = (options: JobsOptions): DynamicModule[] =>
  options.kinds.length > 0 ? [JobsModule.of(options)] : [];

const rootModule = (imports: NonNullable<Parameters<typeof Module>[0]['imports']>): Type => {
  class Innkeeper {}
  Module({ imports })(Innkeeper);
  return Innkeeper;
};

/** Expired things go. It may take long, so nothing waits for it, and a stop ends it. */
const sweepEachMinute = (
  { retained, documents, clock }: Parts,
  log: Log,
): (() => Promise<void>) => {
  const stopping = new AbortController();
  const sweepClock = new SweepClock({ documents, clock, stopwatch: () => performance.now() });
  let wasTrusted = true;
  const tick = async (): Promise<void> => {
    if (retained.length === 0) return;
    const isTrusted = await sweepClock.isTrusted();
    if (!isTrusted && wasTrusted) log.warn('sweep.clock_doubted');
    wasTrusted = isTrusted;
    if (!isTrusted) return;
    for (const { sweep } of retained) await sweep(stopping.signal);
  };
  const { stop } = startTicker({ name: 'sweep', everyMs: TIDY_MS, tick }, log);
  return () => {
    stopping.abort();
    return stop();
  };
};

/** What was removed is overwritten in every byte of the embedded files. */
const tidyEachMinute = ({ tidy }: Parts, log: Log): (() => Promise<void>) =>
  startTicker({ name: 'tidy', everyMs: TIDY_MS, tick: tidy }, log).stop;
