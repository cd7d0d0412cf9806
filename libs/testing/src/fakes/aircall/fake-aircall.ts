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
import { aircallRoutes } from './aircall-routes.js';
import { AircallState, type Thing } from './aircall-state.js';
import { AircallWebhooks } from './aircall-webhooks.js';

export interface FakeAircallOptions {
  readonly clock: Clock;
  readonly apiId: string;
  readonly apiToken: string;
  /** How its webhooks go out; over HTTP unless told otherwise. */
  readonly post?: Post;
}

const BLOCK_MS = 60_000;

/** Aircall as its reference describes it: a company with state, webhooks and an API with its limits. */
export class FakeAircall {
  readonly state = new AircallState();
  readonly webhooks: AircallWebhooks;
  /** Of the API, as `GET /v1/calls`, and how often it said 429. */
  readonly requests: string[] = [];
  throttled = 0;
  /** Called before each answer: something that changes while a list is read. */
  meanwhile: (request: FakeRequest) => void = () => undefined;
  /** The whole API answers with this status. */
  outage: number | undefined;
  #server: FakeServer | undefined;
  #blockedUntil = 0;
  readonly #window: RateWindow;
  readonly #answer: (request: FakeRequest) => FakeAnswer;

  private constructor(private readonly options: FakeAircallOptions) {
    this.webhooks = new AircallWebhooks(options.clock, options.post);
    this.#window = new RateWindow(options.clock, 60, 60_000);
    this.#answer = routed(aircallRoutes(this.state, this.webhooks));
  }

  static async start(options: FakeAircallOptions): Promise<FakeAircall> {
    const fake = new FakeAircall(options);
    fake.#server = await startFakeServer((request) => fake.#receive(request));
    return fake;
  }

  get url(): string {
    return this.#server?.url ?? '';
  }

  /** It happens at Aircall, and each registered webhook gets it. */
  async happen(event: string, data: Thing): Promise<void> {
    this.state.apply(event, data);
    await this.webhooks.announce(event, data);
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
    const { apiId, apiToken } = this.options;
    const wanted = `Basic ${Buffer.from(`${apiId}:${apiToken}`).toString('base64')}`;
    if (request.headers['authorization'] !== wanted)
      return { status: 401, body: { error: 'Unauthorized', troubleshoot: 'Check your API key' } };
    if (!this.#letsIn()) return this.#tooMany();
    this.meanwhile(request);
    return this.#answer(request);
  }

  /** Over the limit the whole company is shut out for up to a minute. */
  #letsIn(): boolean {
    const now = this.options.clock.now();
    if (now < this.#blockedUntil) return false;
    if (this.#window.take() === 0) return true;
    this.#blockedUntil = now + BLOCK_MS;
    return false;
  }

  #tooMany(): FakeAnswer {
    this.throttled++;
    const headers = { 'x-aircallapi-reset': String(Math.ceil(this.#blockedUntil / 1000)) };
    return { status: 429, body: { error: 'Too Many Requests' }, headers };
  }
}
