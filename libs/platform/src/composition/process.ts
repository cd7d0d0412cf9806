import type { ApiReader } from '#libs/catalog';
import {
  mayAct,
  randomId,
  type Clock,
  type Id,
  type Principal,
  type Principals,
} from '#libs/kernel';

import type { Health } from '../health/health.js';
import {
  principalOfId,
  principalsInPlaceOf,
  principalsInRoom,
  readerOf,
  type PersonWhoReads,
} from '../identity/principals.js';
import type { Operator } from '../identity/tokens.js';
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

  /** Whose question it is that an operator asks. */
  async askerOf({ name }: Pick<Operator, 'name'>): Promise<Principal> {
    return (await readerOf(this.parts, { name })).asker;
  }

  /** The same of an account of the chat, by its id there. */
  askerInRoom(person: string): Promise<Principal> {
    return principalOfId(this.parts, person);
  }

  /** Whose dialogues these are, and what may be read in them now; as another for an admin who says so. */
  async readerOf(operator: Operator, as?: string): Promise<PersonWhoReads> {
    if (as === undefined) return readerOf(this.parts, operator);
    const [asker, principals] = await Promise.all([
      this.askerOf(operator),
      this.principalsOf(operator, as),
    ]);
    return { asker, principals };
  }

  /** The same for lists, facts and links. */
  async apiReaderOf(operator: Operator): Promise<ApiReader> {
    const principals = await this.principalsOf(operator);
    return { principals, isAdmin: mayAct(operator.role, 'admin') };
  }

  /**
   * As whom an operator reads, asked of the directory at each call: a right that was taken away is gone at the next
   * question. An administrator may ask in the place of another, and the log says so.
   */
  async principalsOf(operator: Operator, as?: string): Promise<Principals> {
    if (as === undefined) return (await readerOf(this.parts, operator)).principals;
    const principals = await principalsInPlaceOf(this.parts, operator, as);
    // No name of a person: whom a hash is of tells who has the key.
    const taken = principals.at(1) ?? principals.at(0) ?? '';
    this.log.info('rights.taken', { operator: operator.name, principal: taken });
    return principals;
  }

  /** As whom a question of somebody of the chat is answered in a room of it, asked at each call. */
  principalsInRoom(room: string, person: string): Promise<Principals | undefined> {
    return principalsInRoom(this.parts, room, person);
  }
}
