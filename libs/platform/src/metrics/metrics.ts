import type { ModelEnd } from '#libs/answering';
import type { BackupGauge, BackupTroubles } from '#libs/backups';
import type { JobKind, Subscription } from '#libs/contracts';
import type { DropReason } from '#libs/intake';
import type { Fault } from '#libs/kernel';
import type { DiskSpace } from '#libs/operations';
import type { ChatUsage } from '#libs/ports/chat-model';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';

import type { HandledBatch } from '../bus/handle-batch.js';
import type { DoorLoad, ShedReason } from '../http/door-load.js';

interface FeedFigures {
  readonly name: string;
  readonly lagMs: number;
  readonly tokenAt: number;
}

interface FigureOfFeed {
  readonly name: string;
  readonly help: string;
  readonly of: (feed: FeedFigures) => number;
}

/** One reading for all who ask in a row: a scrape asks each gauge once. */
const sharedAmong = <T>(count: number, read: () => Promise<T>): (() => Promise<T>) => {
  let left = 0;
  let reading: Promise<T> | undefined;
  return () => {
    if (left === 0 || !reading) [left, reading] = [count, read()];
    left--;
    return reading;
  };
};

/** Everything this process counts. No label ever holds a value from outside. */
export class Metrics {
  readonly #registry = new Registry();

  readonly #http = new Histogram({
    name: 'innkeeper_http_seconds',
    help: 'Time to answer, by route.',
    labelNames: ['route', 'method', 'status'] as const,
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [this.#registry],
  });
  readonly #deliveries = new Counter({
    name: 'innkeeper_deliveries_total',
    help: 'Deliveries at the doors, by what became of them.',
    labelNames: ['source', 'outcome', 'canary'] as const,
    registers: [this.#registry],
  });
  readonly #dropped = new Counter({
    name: 'innkeeper_quarantine_dropped_total',
    help: 'What proved nothing and was not kept either, by why.',
    labelNames: ['reason'] as const,
    registers: [this.#registry],
  });
  readonly #shed = new Counter({
    name: 'innkeeper_http_shed_total',
    help: 'Senders let go or turned away because the door was full, by why.',
    labelNames: ['reason'] as const,
    registers: [this.#registry],
  });
  readonly #takenIn = new Counter({
    name: 'innkeeper_taken_in_total',
    help: 'Deliveries taken in, by what became of them.',
    labelNames: ['source', 'outcome'] as const,
    registers: [this.#registry],
  });
  readonly #ways = new Histogram({
    name: 'innkeeper_delivery_seconds',
    help: 'From the receipt of a delivery to its facts in the log, and to its record.',
    labelNames: ['source', 'until'] as const,
    buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60, 600],
    registers: [this.#registry],
  });
  readonly #messages = new Counter({
    name: 'innkeeper_messages_total',
    help: 'Messages handled, by subscription and outcome.',
    labelNames: ['subscription', 'outcome'] as const,
    registers: [this.#registry],
  });
  readonly #batches = new Histogram({
    name: 'innkeeper_batch_seconds',
    help: 'Time to handle one batch.',
    labelNames: ['subscription'] as const,
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    registers: [this.#registry],
  });
  readonly #jobs = new Histogram({
    name: 'innkeeper_job_seconds',
    help: 'Runs of jobs, by kind and outcome.',
    labelNames: ['job', 'outcome'] as const,
    buckets: [0.01, 0.05, 0.25, 1, 5, 30, 120],
    registers: [this.#registry],
  });
  readonly #indexed = new Histogram({
    name: 'innkeeper_index_freshness_seconds',
    help: 'From the change of a record to the moment it can be found, by the way it went.',
    labelNames: ['way'] as const,
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 600, 3600],
    registers: [this.#registry],
  });
  readonly #embedded = new Counter({
    name: 'innkeeper_embedded_passages_total',
    help: 'Passages that were given a vector, and those whose text the embedder refused, by outcome.',
    labelNames: ['outcome'] as const,
    registers: [this.#registry],
  });
  readonly #models = new Counter({
    name: 'innkeeper_model_answers_total',
    help: 'Answers that a language model was asked for, by how they ended, with the code of what failed.',
    labelNames: ['end', 'code'] as const,
    registers: [this.#registry],
  });
  readonly #tokens = new Counter({
    name: 'innkeeper_model_tokens_total',
    help: 'Tokens of the language model: read, read before, written.',
    labelNames: ['sort'] as const,
    registers: [this.#registry],
  });
  readonly #backups = new Histogram({
    name: 'innkeeper_backup_step_seconds',
    help: 'Time of the steps of backups, by step and by what became of them.',
    labelNames: ['event', 'step'] as const,
    buckets: [0.1, 1, 10, 60, 300, 1800, 7200],
    registers: [this.#registry],
  });
  readonly #servers = new Counter({
    name: 'innkeeper_backup_servers_reaped_total',
    help: 'Servers of backups that no run needed, by what became of them and why.',
    labelNames: ['event', 'why'] as const,
    registers: [this.#registry],
  });
  readonly #rooms = new Histogram({
    name: 'innkeeper_room_answer_seconds',
    help: 'From a question in a room of the chat to what happened to it.',
    labelNames: ['event'] as const,
    buckets: [0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 30, 60, 600],
    registers: [this.#registry],
  });
  readonly #feeds = new Counter({
    name: 'innkeeper_capture_events_total',
    help: 'What happened to a followed feed: scans, halts, documents set aside.',
    labelNames: ['feed', 'event'] as const,
    registers: [this.#registry],
  });
  readonly #followed = new Counter({
    name: 'innkeeper_capture_documents_total',
    help: 'Changes that a followed database told, and documents that were new or different and told on.',
    labelNames: ['feed', 'outcome'] as const,
    registers: [this.#registry],
  });
  readonly #behind = new Map<string, () => Promise<number | undefined>>();
  /** Finding a series by its labels costs more than observing it, and every answer is observed. */
  readonly #answers = new Map<string, { observe(seconds: number): void }>();

  constructor() {
    this.#ofTheProcess();
    this.#ofConsumers();
  }

  readonly answered = (route: string, method: string, status: number, ms: number): void => {
    const name = `${method} ${route} ${status}`;
    let series = this.#answers.get(name);
    if (!series) {
      series = this.#http.labels({ route, method, status: `${Math.floor(status / 100)}xx` });
      this.#answers.set(name, series);
    }
    series.observe(ms / 1000);
  };

  /** `source` is one we know, or `unknown`: a caller must not make labels. */
  delivered(source: string, outcome: string, canary: boolean, count = 1): void {
    this.#deliveries.inc({ source, outcome, canary: String(canary) }, count);
  }

  /** `source` as for `delivered`. */
  tookIn(source: string, outcome: string): void {
    this.#takenIn.inc({ source, outcome });
  }

  /** How long a delivery was under way; `source` as for `delivered`. */
  reached(source: string, until: 'log' | 'record', ms: number): void {
    this.#ways.observe({ source, until }, Math.max(0, ms) / 1000);
  }

  readonly indexed = (way: 'live' | 'backlog', ms: number): void => {
    this.#indexed.observe({ way }, Math.max(0, ms) / 1000);
  };

  readonly embedded = (written: number, refused: number): void => {
    if (written > 0) this.#embedded.inc({ outcome: 'written' }, written);
    if (refused > 0) this.#embedded.inc({ outcome: 'refused' }, refused);
  };

  readonly modelEnded = (end: ModelEnd, failed?: Fault): void => {
    this.#models.inc({ end, code: failed?.code ?? '' });
  };

  readonly modelUsed = ({ inputTokens, cachedTokens, outputTokens }: ChatUsage): void => {
    this.#tokens.inc({ sort: 'read' }, inputTokens - cachedTokens);
    this.#tokens.inc({ sort: 'cached' }, cachedTokens);
    this.#tokens.inc({ sort: 'written' }, outputTokens);
  };

  readonly handled = (subscription: Subscription, batch: HandledBatch, ms: number): void => {
    const { name } = subscription;
    this.#batches.observe({ subscription: name }, ms / 1000);
    for (const outcome of ['done', 'again', 'held', 'buried'] as const)
      if (batch[outcome] > 0) this.#messages.inc({ subscription: name, outcome }, batch[outcome]);
  };

  /** `event` is one of those that rooms tell. */
  happenedInRoom(event: string, ms: number): void {
    this.#rooms.observe({ event }, Math.max(0, ms) / 1000);
  }

  /** `event` is one of those that backups tell. */
  happenedToBackup(event: string, step: string, ms: number): void {
    this.#backups.observe({ event, step }, ms / 1000);
  }

  /** `event` and `why` are those that a look at the fleet tells. */
  lookedAtServer(event: string, why: string): void {
    this.#servers.inc({ event, why });
  }

  /** `feed` is one of the settings. */
  happenedToFeed(feed: string, event: string): void {
    this.#feeds.inc({ feed, event });
  }

  /** `feed` as for `happenedToFeed`. */
  followed(feed: string, outcome: 'changed' | 'told', count: number): void {
    this.#followed.inc({ feed, outcome }, count);
  }

  /** How far each feed is, asked for when somebody looks. */
  watchFeeds(feeds: readonly string[], list: () => Promise<readonly FeedFigures[]>): void {
    if (feeds.length === 0) return;
    const shown: readonly FigureOfFeed[] = [
      {
        name: 'innkeeper_capture_lag_seconds',
        help: 'How long ago everything of a followed feed was known to be here.',
        of: ({ lagMs }) => lagMs / 1000,
      },
      {
        name: 'innkeeper_capture_token_age_seconds',
        help: 'Age of the place that a followed feed goes on from, by the time of its database.',
        of: ({ tokenAt }) => (tokenAt > 0 ? Math.max(0, Date.now() - tokenAt) / 1000 : 0),
      },
    ];
    for (const { name, help, of } of shown) this.#gaugeOfFeeds(name, help, list, of);
  }

  /** Whether the backups are good. A figure that is not there yet has no sample. */
  watchBackups(gauges: readonly BackupGauge[], troubles: () => Promise<BackupTroubles>): void {
    const lately = sharedAmong(gauges.length, troubles);
    for (const { name, help, of } of gauges)
      new Gauge({
        name,
        help,
        registers: [this.#registry],
        async collect() {
          this.remove();
          // A store that is away must not hide every other figure.
          const found = await lately().catch(() => undefined);
          const figure = found && of(found);
          if (figure !== undefined) this.set(figure);
        },
      });
  }

  readonly ran = ({ name }: JobKind, outcome: string, ms: number): void => {
    this.#jobs.observe({ job: name, outcome }, ms / 1000);
  };

  readonly droppedFromQuarantine = (reason: DropReason, count: number): void => {
    this.#dropped.inc({ reason }, count);
  };

  /** Who was let go or turned away so that others could be answered. */
  readonly shed = (reason: ShedReason): void => {
    this.#shed.inc({ reason });
  };

  watchDoor(load: Pick<DoorLoad, 'heldBytes' | 'openConnections'>): void {
    this.gauge('innkeeper_http_body_bytes', 'Memory of bodies in hand.', () => load.heldBytes);
    this.gauge('innkeeper_http_connections', 'Open connections.', () => load.openConnections);
  }

  /** What is free under the data directory, measured when somebody looks. */
  watchDisk(look: () => Promise<DiskSpace | undefined>): void {
    const part = (name: keyof DiskSpace) => async () => (await look())?.[name] ?? Number.NaN;
    this.gauge('innkeeper_disk_free_bytes', 'Free under the data directory.', part('free'));
    this.gauge(
      'innkeeper_disk_size_bytes',
      'Size of the disk of the data directory.',
      part('size'),
    );
  }

  /** How far a consumer is behind, asked for when somebody looks; `undefined`: nobody can tell. */
  watchLag(consumer: string, behind: () => Promise<number | undefined>): void {
    this.#behind.set(consumer, behind);
  }

  /** A value that is asked for only when somebody looks. */
  gauge(name: string, help: string, read: () => number | Promise<number>): void {
    new Gauge({
      name,
      help,
      registers: [this.#registry],
      async collect() {
        this.set(await read());
      },
    });
  }

  readonly contentType = this.#registry.contentType;

  text(): Promise<string> {
    return this.#registry.metrics();
  }

  #gaugeOfFeeds(
    name: string,
    help: string,
    list: () => Promise<readonly FeedFigures[]>,
    of: FigureOfFeed['of'],
  ): void {
    new Gauge({
      name,
      help,
      labelNames: ['feed'] as const,
      registers: [this.#registry],
      async collect() {
        this.reset();
        // A store that is away must not hide every other figure.
        for (const feed of await list().catch(() => [])) this.set({ feed: feed.name }, of(feed));
      },
    });
  }

  /** The few that help; prom-client's own set keeps timers and observers running all the time. */
  #ofTheProcess(): void {
    this.gauge('process_resident_memory_bytes', 'Memory of this process.', () =>
      process.memoryUsage.rss(),
    );
    this.gauge('process_cpu_seconds', 'CPU time used since the start.', () => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1e6;
    });
    this.gauge(
      'nodejs_eventloop_utilization',
      'Share of time the event loop was busy.',
      () => performance.eventLoopUtilization().utilization,
    );
  }

  #ofConsumers(): void {
    const watched = this.#behind;
    new Gauge({
      name: 'innkeeper_lag',
      help: 'How many facts or messages a consumer is behind.',
      labelNames: ['consumer'] as const,
      registers: [this.#registry],
      async collect() {
        this.reset();
        await Promise.all(
          [...watched].map(async ([consumer, read]) => {
            // A back end that is away must not hide every other figure.
            const behind = await read().catch(() => undefined);
            if (behind !== undefined) this.set({ consumer }, behind);
          }),
        );
      },
    });
  }
}
