import type { HistoryRun, Intake, Watched } from '#libs/intake';
import type { Clock } from '#libs/kernel';

import type { Alert, Gap } from './alert.js';
import type { Alerts, Trouble } from './alerts.js';

/** So long a list may wait for its API, which may be away or tell us to wait. */
const UNREAD_MS = 30 * 60_000;
const CAUSE = 'DELIVERIES_INTERRUPTED';
const SECRET = 'WEBHOOK_SECRET_UNKNOWN';
const UNREAD = 'HISTORY_UNREAD';

export interface WatchDoorParts {
  readonly intake: Pick<Intake, 'apis' | 'webhooks'> & {
    readonly history: Pick<Intake['history'], 'runs' | 'isRepair'>;
  };
  readonly alerts: Alerts;
  readonly clock: Clock;
  /** Without one nobody knows which webhook is ours. */
  readonly isWebhookWatched: boolean;
}

/** Called at once with each alert that was raised or cleared. */
export type OnAlert = (alert: Alert) => Promise<void>;

/**
 * Looks whether a provider still tells us what happens, and mends its webhook. Silence alone says nothing: a
 * week can be quiet. It counts what the provider's API shows and the provider did not tell.
 */
export const watchDoor =
  (parts: WatchDoorParts) =>
  (source: string, onChange: OnAlert): Promise<void> =>
    new DoorWatch(parts, onChange).look(source);

class DoorWatch {
  constructor(
    private readonly parts: WatchDoorParts,
    private readonly onChange: OnAlert,
  ) {}

  async look(source: string): Promise<void> {
    const { intake, isWebhookWatched } = this.parts;
    const runs = await intake.history.runs.list(source);
    // First: an API that cannot be asked for lists cannot be asked for webhooks either.
    await this.#unread(source, runs);
    const watched = isWebhookWatched ? await intake.webhooks.watch(source) : undefined;
    await this.#secret(source, watched);
    await this.#told(source, watched, runs);
  }

  async #told(
    source: string,
    watched: Watched | undefined,
    runs: readonly HistoryRun[],
  ): Promise<void> {
    const told = await this.parts.intake.webhooks.lastTold(source);
    const found = [...(watched?.found.filter((one) => one !== 'secret_unknown') ?? [])] as string[];
    if (found.length === 0 && isSilent(runs, told)) found.push('silent');
    if (found.length > 0) {
      const startedAt = told ?? this.parts.clock.now();
      await this.#raise({ cause: CAUSE, about: source, found, startedAt });
    }
    const open = await this.parts.alerts.find(CAUSE, source);
    if (open?.state !== 'raised') return;
    const heardAt = await this.parts.intake.webhooks.firstToldAfter(source, open.startedAt);
    const isRepaired = await this.#repaired(open, source, { runs, heardAt });
    if (isRepaired && found.length === 0 && isWell(open, watched, told))
      await this.#clear(open, await this.#gap(open, source, { runs, heardAt }));
  }

  /**
   * Everything since the beginning is read at once, even if nothing can be repaired. It is read once more when the
   * source sends again, so that nothing between is missed.
   */
  async #repaired(
    { startedAt }: Alert,
    source: string,
    { runs, heardAt }: Heard,
  ): Promise<boolean> {
    const { apis, history } = this.parts.intake;
    const recipes = (apis.get(source)?.recipes ?? []).map(({ name }) => name);
    const since = heardAt ?? startedAt;
    const repairs = runs.filter((run) => history.isRepair(run) && run.askedAt >= since);
    const missing = recipes.filter((name) => !repairs.some(({ recipe }) => recipe === name));
    for (const recipe of missing) await history.runs.askRepair({ source, recipe }, startedAt);
    return missing.length === 0 && repairs.every(({ state }) => OVER.has(state));
  }

  /** What was found by asking since it began, and what nobody can be asked for. */
  async #gap({ startedAt }: Alert, source: string, { runs, heardAt }: Heard): Promise<Gap> {
    const { intake, clock } = this.parts;
    const stretch = { from: startedAt, to: heardAt ?? clock.now() };
    const lost: Gap['lost'] = [];
    for (const { what, events } of intake.apis.get(source)?.onlyTold ?? [])
      lost.push({
        what,
        expected: await intake.webhooks.expectedTold({ source, events }, stretch),
      });
    return { ...stretch, found: untoldSince(runs, startedAt), lost };
  }

  async #secret(source: string, watched: Watched | undefined): Promise<void> {
    if (!watched) return;
    const trouble = { cause: SECRET, about: source, found: ['secret_unknown'] } as const;
    if (watched.left.includes('secret_unknown'))
      await this.#raise({ ...trouble, startedAt: this.parts.clock.now() });
    else await this.#clearIfRaised(SECRET, source);
  }

  async #unread(source: string, runs: readonly HistoryRun[]): Promise<void> {
    const longAgo = this.parts.clock.now() - UNREAD_MS;
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
    const alert = await this.parts.alerts.find(cause, source);
    if (alert?.state === 'raised') await this.#clear(alert);
  }

  async #raise(trouble: Trouble): Promise<void> {
    const alert = await this.parts.alerts.raise(trouble);
    if (alert) await this.onChange(alert);
  }

  async #clear({ cause, about }: Alert, gap?: Gap): Promise<void> {
    const alert = await this.parts.alerts.clear(cause, about, gap);
    if (alert) await this.onChange(alert);
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
