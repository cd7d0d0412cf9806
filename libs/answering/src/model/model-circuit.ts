import { asFault, type Clock } from '#libs/kernel';

/** Leaves a model alone for a while that does not answer: who asks meanwhile does not wait for it. */
export interface ModelCircuit {
  /** Whether it may be asked now. */
  isClosed(): boolean;
  succeeded(): void;
  failed(thrown: unknown): void;
}

/** One failure may be chance. */
const IN_A_ROW = 2;
const AWAY_MS = 5_000;
const LONGEST_AWAY_MS = 60_000;
const BUSY_MS = 2_000;
const LONGEST_BUSY_MS = 600_000;
/** A wrong key stays wrong until somebody changes it. */
const REFUSED_MS = 60_000;

export const createModelCircuit = (clock: Clock): ModelCircuit => {
  let failures = 0;
  let openUntil = 0;
  return {
    isClosed: () => clock.now() >= openUntil,

    succeeded() {
      failures = 0;
    },

    failed(thrown) {
      const { code, retryAfterMs } = asFault(thrown);
      // What failed was something else.
      if (!code.startsWith('CHAT_MODEL_')) return;
      failures++;
      if (code === 'CHAT_MODEL_BUSY')
        openUntil = clock.now() + Math.min(retryAfterMs ?? BUSY_MS, LONGEST_BUSY_MS);
      else if (code === 'CHAT_MODEL_REFUSED') openUntil = clock.now() + REFUSED_MS;
      else if (failures >= IN_A_ROW)
        openUntil =
          clock.now() + Math.min(AWAY_MS * 2 ** Math.min(failures - IN_A_ROW, 5), LONGEST_AWAY_MS);
    },
  };
};
