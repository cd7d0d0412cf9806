import type { Clock } from '#libs/kernel';

import {
  startFakeServer,
  type FakeAnswer,
  type FakeRequest,
  type FakeServer,
} from '../web/fake-server.js';
import { RateWindow } from '../web/rate-window.js';
import { routed } from '../web/routes.js';
import { rocketchatRoutes, type RocketchatEra } from './rocketchat-routes.js';
import { RocketchatState } from './rocketchat-state.js';

export interface FakeRocketchatOptions {
  readonly clock: Clock;
  readonly userId: string;
  readonly authToken: string;
  readonly era?: RocketchatEra;
}

/** Calls in a minute, of each route, for accounts without a role that lifts the limit. */
const LIMIT = 10;
const LIMIT_MS = 60_000;
/** `api-bypass-rate-limit`, as a new server gives it. */
const UNLIMITED = ['admin', 'bot', 'app'];

/** A Rocket.Chat as its reference describes it: what its bot sees of it by the API. */
export class FakeRocketchat {
  readonly state = new RocketchatState();
  /** As `users.info`. */
  readonly requests: string[] = [];
  throttled = 0;
  /** Every call answers with this status. */
  outage: number | undefined;
  /** How long a call takes, by its name. */
  delayOf: (call: string) => Promise<void> = () => Promise.resolve();
  era: RocketchatEra;
  #server: FakeServer | undefined;
  readonly #windows = new Map<string, RateWindow>();

  private constructor(private readonly options: FakeRocketchatOptions) {
    this.era = options.era ?? '9';
  }

  static async start(options: FakeRocketchatOptions): Promise<FakeRocketchat> {
    const fake = new FakeRocketchat(options);
    await fake.open();
    return fake;
  }

  get url(): string {
    return this.#server?.url ?? '';
  }

  async open(): Promise<void> {
    this.#server = await startFakeServer((request) => this.#receive(request));
  }

  async close(): Promise<void> {
    await this.#server?.close();
  }

  async #receive(request: FakeRequest): Promise<FakeAnswer> {
    const call = request.path.replace('/api/v1/', '');
    this.requests.push(call);
    await this.delayOf(call);
    if (this.outage !== undefined) return { status: this.outage, body: 'Bad Gateway' };
    const { userId, authToken } = this.options;
    const { headers } = request;
    if (headers['x-auth-token'] !== authToken || headers['x-user-id'] !== userId)
      return {
        status: 401,
        body: { status: 'error', message: 'You must be logged in to do this.' },
      };
    return (
      this.#limited(call) ??
      routed(rocketchatRoutes({ state: this.state, era: this.era, userId }))(request)
    );
  }

  #limited(call: string): FakeAnswer | undefined {
    const roles = (this.state.users.get(this.options.userId)?.['roles'] ?? []) as string[];
    if (roles.some((role) => UNLIMITED.includes(role))) return undefined;
    const { clock } = this.options;
    const window = this.#windows.get(call) ?? new RateWindow(clock, LIMIT, LIMIT_MS);
    this.#windows.set(call, window);
    const waitMs = window.take();
    if (waitMs === 0) return undefined;
    this.throttled++;
    const seconds = Math.ceil(waitMs / 1_000);
    const error = `Error, too many requests. Please slow down. You must wait ${seconds} seconds before trying this endpoint again. [error-too-many-requests]`;
    const headers = {
      'x-ratelimit-limit': `${LIMIT}`,
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': `${clock.now() + waitMs}`,
    };
    return { status: 429, body: { success: false, error }, headers };
  }
}
