import type { Clock } from '#libs/kernel';

import {
  startFakeServer,
  type FakeAnswer,
  type FakeRequest,
  type FakeServer,
} from '../web/fake-server.js';
import type { Post } from '../web/outbox.js';
import { RateWindow } from '../web/rate-window.js';
import { routed } from '../web/routes.js';
import { guestyRoutes } from './guesty-routes.js';
import { GuestyState, type Thing } from './guesty-state.js';
import { GuestyTokens, type FakeClient } from './guesty-tokens.js';
import { GuestyWebhooks } from './guesty-webhooks.js';

export interface FakeGuestyOptions extends FakeClient {
  readonly clock: Clock;
  /** How its webhooks go out; over HTTP unless told otherwise. */
  readonly post?: Post;
}

/** Guesty as its reference describes it: an account with state, webhooks by Svix, an API with its limits. */
export class FakeGuesty {
  readonly state: GuestyState;
  readonly tokens: GuestyTokens;
  readonly webhooks: GuestyWebhooks;
  /** Of the API, as `GET /v1/reservations`, and how often it said 429. */
  readonly requests: string[] = [];
  throttled = 0;
  /** Called before each answer: something that changes while a list is read. */
  meanwhile: (request: FakeRequest) => void = () => undefined;
  /** The whole API answers with this status. */
  outage: number | undefined;
  #server: FakeServer | undefined;
  readonly #windows: readonly RateWindow[];
  readonly #answer: (request: FakeRequest) => FakeAnswer;

  private constructor({ clock, post, ...client }: FakeGuestyOptions) {
    this.state = new GuestyState(clock);
    this.tokens = new GuestyTokens(clock, client);
    this.webhooks = new GuestyWebhooks(clock, post);
    this.#windows = [
      new RateWindow(clock, 15, 1_000),
      new RateWindow(clock, 120, 60_000),
      new RateWindow(clock, 5_000, 3_600_000),
    ];
    this.#answer = routed({ ...guestyRoutes(this.state), ...this.webhooks.routes() });
  }

  static async start(options: FakeGuestyOptions): Promise<FakeGuesty> {
    const fake = new FakeGuesty(options);
    fake.#server = await startFakeServer((request) => fake.#receive(request));
    return fake;
  }

  get url(): string {
    return this.#server?.url ?? '';
  }

  /** It happens at Guesty, and each registered webhook gets it: `body` is what the webhook carries. */
  async happen(event: string, body: Thing): Promise<void> {
    this.state.apply(event, body);
    await this.webhooks.announce(event, body);
  }

  /** Retries that are due by the clock. */
  tick(): Promise<void> {
    return this.webhooks.outbox.tick();
  }

  async close(): Promise<void> {
    await this.#server?.close();
  }

  #receive(request: FakeRequest): FakeAnswer {
    this.requests.push(`${request.method} ${request.path}`);
    if (this.outage !== undefined) return { status: this.outage, body: { error: 'Internal' } };
    if (request.path === '/oauth2/token') return this.tokens.answer(request);
    if (!this.tokens.holds(request.headers['authorization']))
      return { status: 401, body: { error: 'Unauthorized' } };
    const wait = Math.max(...this.#windows.map((window) => window.take()));
    if (wait > 0) return this.#tooMany(wait);
    this.meanwhile(request);
    return { ...this.#answer(request), headers: this.#limits() };
  }

  #tooMany(waitMs: number): FakeAnswer {
    this.throttled++;
    const headers = { 'retry-after': String(Math.ceil(waitMs / 1000)) };
    return { status: 429, body: { error: 'Too Many Requests' }, headers };
  }

  #limits(): Record<string, string> {
    const names = ['Second', 'Minute', 'Hour'];
    return Object.fromEntries(
      this.#windows.map((window, i) => [`X-RateLimit-Remaining-${names[i]}`, String(window.left)]),
    );
  }
}
