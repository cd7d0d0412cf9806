import type { Clock } from '#libs/kernel';

import type { FakeAnswer } from '../web/fake-server.js';
import { RateWindow } from '../web/rate-window.js';
import type { ChatRights } from './chat-rights.js';
import type { RocketchatState } from './rocketchat-state.js';

/** How often a route may be called, for accounts without the right that lifts it. */
export class CallLimits {
  throttled = 0;
  readonly #windows = new Map<string, RateWindow>();

  constructor(
    private readonly state: RocketchatState,
    private readonly rights: ChatRights,
    private readonly clock: Clock,
  ) {}

  refusal(userId: string, route: string): FakeAnswer | undefined {
    const { state, rights, clock } = this;
    if (state.setting('API_Enable_Rate_Limiter') !== true) return undefined;
    if (rights.may(userId, 'api-bypass-rate-limit')) return undefined;
    const limit = Number(state.setting('API_Enable_Rate_Limiter_Limit_Calls_Default'));
    const perMs = Number(state.setting('API_Enable_Rate_Limiter_Limit_Time_Default'));
    // A server whose limits are changed counts from nought again.
    const key = `${userId} ${route} ${limit} ${perMs}`;
    const window = this.#windows.get(key) ?? new RateWindow(clock, limit, perMs);
    this.#windows.set(key, window);
    const waitMs = window.take();
    if (waitMs === 0) return undefined;
    this.throttled++;
    const seconds = Math.ceil(waitMs / 1_000);
    const error = `Error, too many requests. Please slow down. You must wait ${seconds} seconds before trying this endpoint again. [error-too-many-requests]`;
    const headers = {
      'x-ratelimit-limit': `${limit}`,
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': `${clock.now() + waitMs}`,
    };
    return { status: 429, body: { success: false, error }, headers };
  }
}
