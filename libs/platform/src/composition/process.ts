import { randomId, type Clock, type Id } from '#libs/kernel';

import type { Health } from '../health/health.js';
import type { Log } from '../logs/log.js';
import type { Metrics } from '../metrics/metrics.js';
import type { ProjectorParts } from '../projector/run-projector.js';
import type { Settings } from '../settings/read-settings.js';
import type { Parts } from './parts.js';

export interface ProcessParts {
  readonly parts: Parts;
  readonly settings: Settings;
  readonly log: Log;
  readonly health: Health;
  readonly metrics: Metrics;
}

/** The process a role runs in, for what no context answers: its clock, its log lines, its settings, its ports. */
export class Process {
  readonly parts: Parts;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly log: Log;
  readonly health: Health;
  readonly metrics: Metrics;
  readonly startedAt: number;
  /** Its name as a holder of leases. */
  readonly holder: Id;

  constructor({ parts, settings, log, health, metrics }: ProcessParts) {
    this.parts = parts;
    this.settings = settings;
    this.clock = parts.clock;
    this.log = log;
    this.health = health;
    this.metrics = metrics;
    this.startedAt = parts.clock.now();
    this.holder = randomId(this.startedAt);
  }

  /** What every projector of this process runs on. */
  get projecting(): ProjectorParts {
    const { log: eventLog, leases, documents } = this.parts;
    return { eventLog, leases, documents, health: this.health, log: this.log, holder: this.holder };
  }
}
