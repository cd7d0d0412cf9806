import type { Clock } from '#libs/kernel';

import {
  startFakeServer,
  type FakeAnswer,
  type FakeRequest,
  type FakeServer,
} from '../web/fake-server.js';
import { parsedBody, routed } from '../web/routes.js';
import { ChatMirror, type ChatDocuments } from './chat-documents.js';
import type { RocketchatEra } from './chat-refusal.js';
import { ChatRights } from './chat-rights.js';
import { ChatRooms } from './chat-rooms.js';
import { ChatWriter } from './chat-writer.js';
import { CallLimits } from './call-limits.js';
import { mentionsIn } from './message-text.js';
import { OutgoingHooks, type HookPost } from './outgoing-hooks.js';
import { rocketchatRoutes } from './rocketchat-routes.js';
import { RocketchatState } from './rocketchat-state.js';

export interface FakeRocketchatOptions {
  readonly clock: Clock;
  /** The bot. */
  readonly userId: string;
  readonly authToken: string;
  readonly era?: RocketchatEra;
  readonly version?: string;
  /** Follows all that changes, as the chat's own database. */
  readonly documents?: ChatDocuments;
  /** Where outgoing webhooks go; by a real call without. */
  readonly hookPost?: HookPost;
}

/** A call by which the bot changed something, or tried to. */
export interface SentCall {
  /** As `chat.update`. */
  readonly call: string;
  readonly room: string;
  readonly id: string;
  readonly text: string;
  readonly at: number;
  readonly status: number;
  /** Whom the text mentions, whether or not the chat took it. */
  readonly mentions: readonly string[];
}

/** A Rocket.Chat as its reference describes it: what its accounts see and do by the API. */
export class FakeRocketchat {
  readonly state = new RocketchatState();
  readonly rights = new ChatRights(this.state);
  readonly hooks: OutgoingHooks;
  readonly writer: ChatWriter;
  readonly chatRooms: ChatRooms;
  /** As `users.info`. */
  readonly requests: string[] = [];
  /** What the bot wrote, in order. */
  readonly sent: SentCall[] = [];
  /** Every call answers with this status. */
  outage: number | undefined;
  /** How long a call takes, by its name. */
  delayOf: (call: string) => Promise<void> = () => Promise.resolve();
  /** The call is done, and its answer is never heard. */
  losesAnswerOf: (call: string) => boolean = () => false;
  era: RocketchatEra;
  /** How a second message of one id is answered: versions differ. */
  repeated: 'fails' | 'without message' = 'fails';
  readonly #mirror: ChatMirror | undefined;
  readonly #limits: CallLimits;
  readonly #tokens = new Map<string, Set<string>>();
  #server: FakeServer | undefined;

  private constructor(private readonly options: FakeRocketchatOptions) {
    const { clock, documents, hookPost, userId, authToken } = options;
    const { state, rights } = this;
    this.era = options.era ?? '9';
    this.#limits = new CallLimits(state, rights, clock);
    this.chatRooms = new ChatRooms({ state, rights, clock });
    this.hooks = new OutgoingHooks({
      ...{ state, clock, ...(hookPost && { post: hookPost }) },
      reply: (who, message) => this.writer.send(who, message),
    });
    const onSaved = this.hooks.afterSaved;
    this.writer = new ChatWriter({ state, rights, clock, onSaved });
    this.signIn(userId, authToken);
    this.#mirror = documents && new ChatMirror(documents);
    if (this.#mirror) state.follow(this.#mirror.listener);
  }

  static async start(options: FakeRocketchatOptions): Promise<FakeRocketchat> {
    const fake = new FakeRocketchat(options);
    await fake.open();
    return fake;
  }

  get url(): string {
    return this.#server?.url ?? '';
  }

  /** Calls that were asked to wait. */
  get throttled(): number {
    return this.#limits.throttled;
  }

  async open(): Promise<void> {
    this.#server = await startFakeServer((request) => this.#receive(request));
    if (this.state.setting('Site_Url') === '') this.set('Site_Url', this.url);
  }

  async close(): Promise<void> {
    await this.#server?.close();
    await this.hooks.settled();
    await this.written();
  }

  /** Until the documents say all that happened. */
  async written(): Promise<void> {
    await this.#mirror?.written();
  }

  /** Gives an account a token; it may have several. */
  signIn(userId: string, token: string): void {
    this.#tokens.set(userId, (this.#tokens.get(userId) ?? new Set()).add(token));
  }

  signOut(userId: string): void {
    this.#tokens.delete(userId);
  }

  set(setting: string, value: string | number | boolean): void {
    this.state.settings.set(setting, { _id: setting, value });
  }

  async #receive(request: FakeRequest): Promise<FakeAnswer> {
    const call = request.path.replace('/api/v1/', '');
    this.requests.push(call);
    await this.delayOf(call);
    if (this.outage !== undefined) return { status: this.outage, body: 'Bad Gateway' };
    const version = this.options.version ?? (this.era === '9' ? '9.0.0' : '8.4.0');
    if (request.path === '/api/info') return { status: 200, body: { version, success: true } };
    const userId = String(request.headers['x-user-id']);
    if (!this.#tokens.get(userId)?.has(String(request.headers['x-auth-token'])))
      return {
        status: 401,
        body: { status: 'error', message: 'You must be logged in to do this.' },
      };
    const answer =
      this.#limits.refusal(userId, `${request.method} ${call}`) ?? this.#acts(userId, request);
    if (userId === this.options.userId) this.#note(call, request, answer);
    return this.losesAnswerOf(call) ? { ...answer, isLost: true } : answer;
  }

  #acts(userId: string, request: FakeRequest): FakeAnswer {
    const { state, rights, writer, chatRooms, era, repeated } = this;
    const api = { state, rights, writer, chatRooms, era, repeated, userId };
    return routed(rocketchatRoutes({ ...api, clock: this.options.clock }))(request);
  }

  #note(call: string, request: FakeRequest, { status, body: answer }: FakeAnswer): void {
    if (request.method !== 'POST') return;
    const body = parsedBody(request);
    const inner = (body['message'] ?? {}) as Record<string, unknown>;
    const written = (answer as { message?: Record<string, unknown> } | undefined)?.message ?? {};
    const first = (...values: readonly unknown[]): string | undefined =>
      values.find((value): value is string => typeof value === 'string');
    const text = first(inner['msg'], body['text'], body['emoji']) ?? '';
    this.sent.push({
      ...{ call, status, text, at: this.options.clock.now() },
      room: first(written['rid'], inner['rid'], body['roomId'], body['channel']) ?? '',
      id: first(inner['_id'], body['msgId'], body['messageId'], written['_id']) ?? '',
      mentions: mentionsIn(this.state, text).map(({ _id }) => _id as string),
    });
  }
}
