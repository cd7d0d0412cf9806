import { it } from '@jest/globals';

import { isRequired } from './required.js';
import { recordNotRun } from './test-run.js';

/** What a single test needs of the machine besides a server: root, strace, a loop device. */
export interface Need {
  /** As INNKEEPER_TEST_REQUIRE may name it. */
  readonly name: string;
  readonly met: boolean;
  readonly reason: string;
  readonly howToGet: string;
}

/** An `it` that reports itself as not run where its need is not met, and fails where that is required. */
export const itNeeding = (
  { name, met, reason, howToGet }: Need,
  title: string,
  body: () => Promise<void> | void,
  timeoutMs?: number,
): void => {
  if (met) {
    it(title, async () => body(), timeoutMs);
    return;
  }
  if (isRequired(name)) {
    it(title, () => {
      throw new Error(`${reason}. To get it: ${howToGet}.`);
    });
    return;
  }
  recordNotRun({ what: title, reason, howToGet });
  it.skip(`${title} (not run: ${reason})`, () => undefined);
};
