import { jobs } from '#libs/contracts';
import {
  createHistoryRuns,
  expectedTold,
  firstToldAfter,
  lastTold,
  REPAIR,
  watchWebhooks,
  type HistoryRun,
  type HistoryRuns,
  type ProviderApis,
  type Watched,
} from '#libs/intake';
import { createAlerts, type Alert, type Alerts, type Gap, type Trouble } from '#libs/operations';
import {
  JobOf,
  Jobs,
  Ports,
  type Job,
  type Log,
  type Settings,
  type Wanted,
  type Wired,
} from '#libs/platform';
import type { Clock } from '#libs/kernel';
import type { JobRun } from '#libs/ports/job-queue';
import { Inject, Injectable } from '@nestjs/common';

const EVERY_MS = 5 * 60_000;
/** So long a list may wait for its API, which may be away or tell us to wait. */
const UNREAD_MS = 30 * 60_000;
const CAUSE = 'DELIVERIES_INTERRUPTED';
const SECRET = 'WEBHOOK_SECRET_UNKNOWN';
const UNREAD = 'HISTORY_UNREAD';

/**
 * Watches whether a provider still tells us what happens, and mends its webhook. Silence alone says nothing: a
 * week can be quiet. What its API tells of and it did not is what counts.
 */
@Injectable()
@JobOf(jobs.watchDoor)
export class WatchDoorWhenDueJob implements Job {
  constructor(
    @Inject(watchWebhooks) private readonly watch: Wired<typeof watchWebhooks>,
    @Inject(lastTold) private readonly toldAt: Wired<typeof lastTold>,
    @Inject(firstToldAfter) private readonly heardAfter: Wired<typeof firstToldAfter>,
    @Inject(expectedTold) private readonly expected: Wired<typeof expectedTold>,
    @Inject(createAlerts) private readonly alerts: Alerts,
    @Inject(createHistoryRuns) private readonly runs: HistoryRuns,
    @Inject(Ports.apis) private readonly apis: ProviderApis,
    @Inject(Ports.settings) private readonly settings: Settings,
    @Inject(Ports.clock) private readonly clock: Clock,
    @Inject(Ports.appLog) private readonly log: Log,
    @Inject(Jobs) private readonly queue: Jobs,
  ) {}

  async wanted(): Promise<Wanted> {
    return { schedules: [...this.apis.keys()].map((key) => ({ key, everyMs: EVERY_MS })) };
  }

  async run({ key: source }: JobRun): Promise<void> {
    const runs = await this.runs.list(source);
    // First: an API that cannot be asked for lists cannot be asked for webhooks either.
    await this.#unread(source, runs);
    const watched = this.settings.operations.publicUrl ? await this.watch(source) : undefined;
    await this.#secret(source, watched);
    await this.#told(source, watched, runs);
  }

  async #told(
    source: string,
    watched: Watched | undefined,
    runs: readonly HistoryRun[],
  ): Promise<void> {
    const told = await this.toldAt(source);
    const found = [...(watched?.found.filter((one) => one !== 'secret_unknown') ?? [])] as string[];
    if (found.length === 0 && isSilent(runs, told)) found.push('silent');
    if (found.length > 0) {
      const startedAt = told ?? this.clock.now();
      await this.#raise({ cause: CAUSE, about: source, found, startedAt });
    }
    const open = await this.alerts.find(CAUSE, source);
    if (open?.state !== 'raised') return;
    const heardAt = await this.heardAfter(source, open.startedAt);
    const isRepaired = await this.#repaired(open, source, { runs, heardAt });
    if (isRepaired && found.length === 0 && isWell(open, watched, told))
      await this.#clear(open, await this.#gap(open, source, { runs, heardAt }));
  }

  /**
   * Everything since the beginning is read at once, whatever can be mended, and once more when the source is
   * heard again: then nobody misses what happened between.
   */
  async #repaired(
    { startedAt }: Alert,
    source: string,
    { runs, heardAt }: Heard,
  ): Promise<boolean> {
    const recipes = (this.apis.get(source)?.recipes ?? []).map(({ name }) => name);
    const since = heardAt ?? startedAt;
    const repairs = runs.filter(({ pass, askedAt }) => pass === REPAIR && askedAt >= since);
    const missing = recipes.filter((name) => !repairs.some(({ recipe }) => recipe === name));
    for (const recipe of missing) await this.runs.askRepair({ source, recipe }, startedAt);
    return missing.length === 0 && repairs.every(({ state }) => OVER.has(state));
  }

  /** What was found by asking since it began, and what nobody can be asked for. */
  async #gap({ startedAt }: Alert, source: string, { runs, heardAt }: Heard): Promise<Gap> {
    const stretch = { from: startedAt, to: heardAt ?? this.clock.now() };
    const lost: Gap['lost'] = [];
    for (const { what, events } of this.apis.get(source)?.onlyTold ?? [])
      lost.push({ what, expected: await this.expected({ source, events }, stretch) });
    return { ...stretch, found: untoldSince(runs, startedAt), lost };
  }

  async #secret(source: string, watched: Watched | undefined): Promise<void> {
    if (!watched) return;
    const trouble = { cause: SECRET, about: source, found: ['secret_unknown'] } as const;
    if (watched.left.includes('secret_unknown'))
      await this.#raise({ ...trouble, startedAt: this.clock.now() });
    else await this.#clearIfRaised(SECRET, source);
  }

  async #unread(source: string, runs: readonly HistoryRun[]): Promise<void> {
    const longAgo = this.clock.now() - UNREAD_MS;
    const failed = runs.filter(
      ({ state, code, askedAt }) =>
        state === 'failed' || (state === 'running' && code !== undefined && askedAt < longAgo),
    );
    if (failed.length === 0) return this.#clearIfRaised(UNREAD, source);
    const found = failed.map(({ recipe, code }) => `${recipe}: ${code ?? ''}`);
    const startedAt = Math.min(...failed.map(({ askedAt }) => askedAt));
    await this.#raise({ cause: UNREAD, about: source, found, startedAt });
  }

  async #clearIfRaised(cause: Trouble['cause'], source: string): Promise<void> {
    const alert = await this.alerts.find(cause, source);
    if (alert?.state === 'raised') await this.#clear(alert);
  }

  async #raise(trouble: Trouble): Promise<void> {
    const alert = await this.alerts.raise(trouble);
    if (!alert) return;
    this.log.error('alert.raised', {
      source: trouble.about,
      code: trouble.cause,
      fact: alert.alert,
    });
    await this.queue.wake(jobs.announceAlerts, [{ key: 'all' }]);
  }

  async #clear({ cause, about }: Alert, gap?: Gap): Promise<void> {
    const alert = await this.alerts.clear(cause, about, gap);
    if (!alert) return;
    this.log.info('alert.cleared', { source: about, code: cause, fact: alert.alert });
    await this.queue.wake(jobs.announceAlerts, [{ key: 'all' }]);
  }
}

interface Heard {
  readonly runs: readonly HistoryRun[];
  /** When the source told us something again; missing: it has not. */
  readonly heardAt: number | undefined;
}

const OVER: ReadonlySet<HistoryRun['state']> = new Set(['done', 'failed', 'stopped']);

/** One can be an accident of clocks; two that were never told are not. */
const FEW = 2;

const isSilent = (runs: readonly HistoryRun[], told: number | undefined): boolean =>
  told !== undefined && untoldSince(runs, told) >= FEW;

const untoldSince = (runs: readonly HistoryRun[], told: number): number =>
  runs.reduce((sum, { untold }) => sum + (untold?.since === told ? untold.count : 0), 0);

/** Registered as wanted, and heard of again; or with nothing that it should have told since. */
const isWell = ({ startedAt, found }: Alert, watched: Watched | undefined, told = 0): boolean =>
  (watched?.left.length ?? 0) === 0 && (!found.includes('silent') || told > startedAt);
