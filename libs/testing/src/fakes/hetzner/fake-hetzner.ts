import { systemClock, type Clock } from '#libs/kernel';

import {
  startFakeServer,
  type FakeAnswer,
  type FakeRequest,
  type FakeServer,
} from '../web/fake-server.js';
import { routed } from '../web/routes.js';
import { CallTokens } from './call-tokens.js';
import { hetznerRefusal, type HetznerErrorCode } from './hetzner-refusal.js';
import { hetznerCalls, hetznerRoutes, type HetznerCall } from './hetzner-routes.js';
import { HetznerState, type HetznerHooks, type HetznerMachine } from './hetzner-state.js';

/**
 * What goes wrong with a call. A code: Hetzner refuses with it and does nothing. `lost`: it is done, and the line breaks
 * before the answer. `reset`: the line breaks and nothing is done. `silent`: no answer ever comes, and nothing is done.
 * `late`: no answer ever comes, and it is done. `garbage`: it is done, and something between answers with a page.
 */
export type HetznerTrouble = HetznerErrorCode | 'garbage' | 'late' | 'lost' | 'reset' | 'silent';

export interface FakeHetznerOptions extends HetznerHooks {
  /** Held by the test: then servers boot and go when somebody looks. Without it real time passes. */
  readonly clock?: Clock;
  readonly token?: string;
  /** May read and nothing else. */
  readonly readOnlyToken?: string;
  readonly callsPerHour?: number;
}

/** A call as it came, for tests that look at what was asked. */
export interface HetznerHeard {
  readonly call: HetznerCall | undefined;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
}

/**
 * Hetzner's API on loopback, as the vendor's document has it: one project with servers, actions that take time, snapshots
 * (one, `fake.snapshot`), limits, and trouble on demand. `INNKEEPER_HETZNER_URL` is `fake.url`, the token `fake.token`.
 *
 * - `start({ onBoot, onDestroy })`: a test boots the real agent with the user data, and ends it.
 * - `state.startMs` and `state.leaveMs`: how long servers need. `Infinity`: they never start, or never go.
 * - `fail('POST /servers', 'lost')`: the next one is made, and nobody hears it. `down`: every call goes wrong.
 * - `machine(name)` may be changed: `isOff` when it powered itself off, `isProtected`, `ipv4`. `lockedUntil`: nobody may delete it.
 * - `state.limit`, `state.soldOut`, `state.snapshots`, `addStranger`: what a project has and has not.
 */
export class FakeHetzner {
  readonly state: HetznerState;
  readonly tokens: CallTokens;
  readonly token: string;
  /** What servers are made from by default, with the label `role=backup-agent`. */
  readonly snapshot: string;
  readonly heard: HetznerHeard[] = [];
  /** Every call goes wrong in this way. */
  down: HetznerTrouble | undefined;
  /** Errors come in a form that Hetzner never has: to see that those notice who look. */
  spoilErrors = false;
  readonly #options: FakeHetznerOptions;
  readonly #trouble: { readonly call: HetznerCall; readonly what: HetznerTrouble }[] = [];
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #answer: (request: FakeRequest) => FakeAnswer;
  #server: FakeServer | undefined;

  private constructor(options: FakeHetznerOptions) {
    const clock = options.clock ?? systemClock;
    this.#options = options;
    this.token = options.token ?? 'a-token-of-the-fake-hetzner';
    this.state = new HetznerState(clock, options);
    this.tokens = new CallTokens(clock, options.callsPerHour ?? 3600);
    this.snapshot = String(this.state.addSnapshot({ labels: { role: 'backup-agent' } }).id);
    this.#answer = routed(hetznerRoutes(this.state));
  }

  static async start(options: FakeHetznerOptions = {}): Promise<FakeHetzner> {
    const fake = new FakeHetzner(options);
    fake.#server = await startFakeServer((request) => fake.#serve(request));
    return fake;
  }

  get url(): string {
    return this.#server?.url ?? '';
  }

  /** What is there now, ours and others', oldest first. */
  get machines(): readonly HetznerMachine[] {
    this.pass();
    return [...this.state.machines.values()];
  }

  machine(name: string): HetznerMachine | undefined {
    this.pass();
    return this.state.named(name);
  }

  /** The next calls of this kind go wrong. */
  fail(call: HetznerCall, what: HetznerTrouble, times = 1): void {
    for (let i = 0; i < times; i++) this.#trouble.push({ call, what });
  }

  /** A server of somebody else, which no test may lose. */
  addStranger(name: string, labels: Readonly<Record<string, string>> = {}): HetznerMachine {
    const image = Number(this.snapshot);
    const { machine } = this.state.add({
      ...{ name, labels, image, userData: '', type: 'cpx31', location: 'fsn1', networks: [] },
      ...{ hasIpv4: true, hasIpv6: true },
    });
    return machine;
  }

  /** What became due by the clock happens. Each call looks as well. */
  pass(): void {
    this.state.pass();
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    await this.#server?.close();
  }

  async #serve(request: FakeRequest): Promise<FakeAnswer> {
    this.pass();
    const call = callOf(request);
    const { path, query, body } = request;
    this.heard.push({ call, path, query, body });
    const trouble = this.down ?? this.#nextTrouble(call);
    if (trouble === 'silent') return new Promise(() => undefined);
    if (trouble === 'reset') return { status: 0, isLost: true };
    const answer = this.#refusal(request, trouble) ?? this.#answer(request);
    if (request.method !== 'GET') this.#passLater();
    if (trouble === 'late') return new Promise(() => undefined);
    if (trouble === 'lost') return { status: 0, isLost: true };
    const headers = this.tokens.headers;
    if (trouble === 'garbage') return { status: 200, text: '<html>Maya</html>', headers };
    if (this.spoilErrors && answer.status >= 400)
      return { ...answer, body: { failure: 'of another form' }, headers };
    return { ...answer, headers };
  }

  #refusal(
    { method, headers }: FakeRequest,
    trouble: HetznerTrouble | undefined,
  ): FakeAnswer | undefined {
    // Calls without a token count as well.
    if (!this.tokens.take()) return hetznerRefusal('rate_limit_exceeded');
    const { authorization } = headers;
    const mayWrite = authorization === `Bearer ${this.token}`;
    const { readOnlyToken } = this.#options;
    const mayRead = readOnlyToken !== undefined && authorization === `Bearer ${readOnlyToken}`;
    if (!mayWrite && !mayRead) return hetznerRefusal('unauthorized');
    if (!mayWrite && method !== 'GET') return hetznerRefusal('token_readonly');
    switch (trouble) {
      case undefined:
      case 'garbage':
      case 'late':
      case 'lost':
      case 'reset':
      case 'silent':
        return undefined;
      default:
        return hetznerRefusal(trouble);
    }
  }

  #nextTrouble(call: HetznerCall | undefined): HetznerTrouble | undefined {
    const at = this.#trouble.findIndex((trouble) => trouble.call === call);
    return at < 0 ? undefined : this.#trouble.splice(at, 1)[0]?.what;
  }

  /** By real time a server boots and goes though nobody asks. */
  #passLater(): void {
    const { startMs, leaveMs } = this.state;
    if (this.#options.clock) return;
    for (const ms of [startMs, leaveMs].filter((each) => each < 86_400_000)) {
      const timer = setTimeout(() => {
        this.#timers.delete(timer);
        this.pass();
      }, ms + 1).unref();
      this.#timers.add(timer);
    }
  }
}

const callOf = ({ method, path }: FakeRequest): HetznerCall | undefined => {
  const general = `${method} ${path.replace(/\d+/, ':id')}`;
  return hetznerCalls.find((call) => call === general);
};
