import type { Clock } from '#libs/kernel';

import type { ChatThing } from './chat-collection.js';
import { hearsOf, hookBody, triggerOf } from './hook-body.js';
import type { RocketchatState } from './rocketchat-state.js';

export interface HookAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** Throws when nobody answers in time. */
export type HookPost = (url: string, body: string) => Promise<HookAnswer>;

const PATIENCE_MS = 20_000;

/** As the server calls: its old browser's name, and no sign of its own. */
export const callHook: HookPost = async (url, body) => {
  const answer = await fetch(url, {
    ...{ method: 'POST', body, signal: AbortSignal.timeout(PATIENCE_MS) },
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Mozilla/5.0 (X11; U; Linux i686)',
    },
  });
  const contentType = answer.headers.get('content-type') ?? '';
  return { status: answer.status, contentType, body: await answer.text() };
};

export interface OutgoingHooksParts {
  readonly state: RocketchatState;
  readonly clock: Clock;
  readonly post?: HookPost;
  /** Writes what a hook answered, as the integration's account. */
  readonly reply: (userId: string, message: ChatThing) => unknown;
}

interface HookCall {
  readonly integration: string;
  readonly url: string;
  readonly message: ChatThing;
  readonly tries: number;
  readonly dueAt: number;
}

export interface HookRecord {
  readonly integration: string;
  readonly message: string;
  readonly body: string;
  /** 0: nobody answered. */
  readonly status: number;
}

const GOOD = new Set([200, 201, 202]);
const TEXT_TYPES = [
  'application/json',
  'text/javascript',
  'application/javascript',
  'application/x-javascript',
];

/** How long before the next try, after so many. */
const waitAfter = (tries: number, retryDelay: unknown): number | undefined => {
  switch (retryDelay) {
    case 'powers-of-ten':
      return 10 ** (tries + 2);
    case 'powers-of-two':
      return 2 ** (tries + 1) * 1_000;
    case 'increments-of-two':
      return 2 * (tries + 1) * 1_000;
    default:
      return undefined;
  }
};

/** The chat's outgoing webhooks for messages; retries wait until the clock says so and somebody looks. */
export class OutgoingHooks {
  /** Each call, as the chat keeps a history of them. */
  readonly history: HookRecord[] = [];
  #waiting: HookCall[] = [];
  readonly #running = new Set<Promise<void>>();

  constructor(private readonly parts: OutgoingHooksParts) {}

  get waiting(): number {
    return this.#waiting.length;
  }

  /** Of each message that was written or edited. */
  readonly afterSaved = (message: ChatThing): void => {
    if (message['t'] !== undefined || message['_hidden'] === true) return;
    for (const each of this.parts.state.integrations.values()) {
      if (each['type'] !== 'webhook-outgoing' || each['event'] !== 'sendMessage') continue;
      if (!hearsOf(this.parts.state, each, message)) continue;
      if (message['editedAt'] !== undefined && each['runOnEdits'] !== true) continue;
      const integration = each['_id'] as string;
      this.#run(async () => {
        for (const url of each['urls'] as string[])
          await this.#call({ integration, url, message, tries: 0, dueAt: 0 });
      });
    }
  };

  /** Tries again what is due by now. */
  async tick(): Promise<void> {
    const now = this.parts.clock.now();
    const due = this.#waiting.filter(({ dueAt }) => dueAt <= now);
    this.#waiting = this.#waiting.filter(({ dueAt }) => dueAt > now);
    for (const call of due) await this.#call(call);
    await this.settled();
  }

  /** Until no call is under way. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  #run(work: () => Promise<void>): void {
    const running: Promise<void> = work().finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  async #call(call: HookCall): Promise<void> {
    const { state, post = callHook } = this.parts;
    const integration = state.integrations.get(call.integration);
    if (integration?.['enabled'] !== true) return;
    const word = triggerOf(integration, (call.message['msg'] ?? '') as string);
    if (word === undefined) return;
    const body = hookBody(state, integration, call.message, word);
    const answer = await post(call.url, body).catch(() => undefined);
    const message = call.message['_id'] as string;
    const status = answer?.status ?? 0;
    this.history.push({ integration: call.integration, message, body, status });
    // Silence is written down and never tried again.
    if (answer) this.#judge(call, integration, answer);
  }

  #judge(call: HookCall, integration: ChatThing, answer: HookAnswer): void {
    const isEmpty = answer.body === '';
    if (GOOD.has(answer.status) && !isEmpty) return this.#reply(call, integration, answer);
    if (!isEmpty && answer.status === 410) {
      this.parts.state.integrations.change(call.integration, { enabled: false });
      return;
    }
    if (!isEmpty && answer.status === 500) return;
    if (integration['retryFailedCalls'] !== true) return;
    if (call.tries >= Number(integration['retryCount'])) return;
    const wait = waitAfter(call.tries, integration['retryDelay']);
    if (wait === undefined) return;
    const dueAt = this.parts.clock.now() + wait;
    this.#waiting.push({ ...call, tries: call.tries + 1, dueAt });
  }

  #reply({ message }: HookCall, integration: ChatThing, { contentType, body }: HookAnswer): void {
    if (!TEXT_TYPES.includes(contentType.split(';')[0]?.trim() ?? '')) return;
    const given = parsed(body);
    const text = given['text'] ?? given['msg'];
    if (text === undefined && given['attachments'] === undefined) return;
    this.parts.reply(integration['userId'] as string, {
      ...{ rid: message['rid'] ?? '', msg: typeof text === 'string' ? text.trim() : '' },
      bot: { i: integration['_id'] ?? '' },
      ...(given['tmid'] && { tmid: given['tmid'] }),
      ...(given['attachments'] && { attachments: given['attachments'] }),
      ...(given['parseUrls'] !== undefined && { parseUrls: given['parseUrls'] }),
    });
  }
}

const parsed = (body: string): ChatThing => {
  try {
    const value = JSON.parse(body) as unknown;
    return typeof value === 'object' && value !== null ? (value as ChatThing) : {};
  } catch {
    return {};
  }
};
