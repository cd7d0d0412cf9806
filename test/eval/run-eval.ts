import { askCase, type CaseOutcome } from './ask-cases.js';
import { DemoPlatform } from './demo-platform.js';
import { readCases } from './eval-case.js';
import { homesOfRecords } from './record-homes.js';

/** People ask one after another, not all at once. */
const ASKERS = 2;

/** Every question of the set, asked of a demo company of its own. */
export const runEval = async (said: (text: string) => void): Promise<readonly CaseOutcome[]> => {
  const platform = await DemoPlatform.start(said);
  try {
    const homes = await homesOfRecords(platform);
    const cases = readCases();
    const outcomes: CaseOutcome[] = [];
    const waiting = cases.values();
    const asker = async (): Promise<void> => {
      // One iterator for all: each question is asked once.
      for (const question of waiting) {
        outcomes.push(await askCase(platform, homes, question));
        if (outcomes.length % 25 === 0) said(`asked ${outcomes.length} of ${cases.length}\n`);
      }
    };
    await Promise.all(Array.from({ length: ASKERS }, asker));
    return outcomes.sort((a, b) => (a.question.id < b.question.id ? -1 : 1));
  } finally {
    await platform.stop();
  }
};
