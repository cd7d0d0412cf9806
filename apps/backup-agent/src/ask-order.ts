import { randomBytes } from 'node:crypto';

import type { AgentOrder } from '#libs/backups';
import { asFault, backoffDelay, type Secret } from '#libs/kernel';

import type { Home } from './home.js';

const WAITS = { first: 1_000, most: 20_000 };
const ANSWERED_WITHIN_MS = 30_000;
/** A fleet says the addresses of a server some time after it made it. Until then home knows no such caller. */
const REFUSED_FOR_MS = 5 * 60_000;

export interface OrderAsking {
  readonly home: Pick<Home, 'order'>;
  readonly token: Secret;
  readonly monotonic: () => number;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Aborted at the end of its time too. */
  readonly signal: AbortSignal;
}

/** The order, once. It is asked for again where its answer was lost, always as the same one. */
export const askOrder = async (asking: OrderAsking): Promise<AgentOrder> => {
  const { home, monotonic, signal, sleep, token } = asking;
  const by = randomBytes(16).toString('hex');
  const since = monotonic();
  for (let tries = 1; ; tries++) {
    signal.throwIfAborted();
    try {
      const answered = AbortSignal.any([signal, AbortSignal.timeout(ANSWERED_WITHIN_MS)]);
      return await home.order(token, by, { signal: answered });
    } catch (thrown) {
      signal.throwIfAborted();
      const isRefused = asFault(thrown).code === 'BACKUP_AGENT_REFUSED';
      if (isRefused && monotonic() - since > REFUSED_FOR_MS) throw thrown;
    }
    await sleep(backoffDelay(WAITS, tries), signal);
  }
};
