import type { AgentReport, ServersParts } from '#libs/backups';
import type { Clock, Id } from '#libs/kernel';

import type { BackupPlace } from './backup-places.js';

export interface LeftReportWatch {
  readonly signal: AbortSignal;
}

/** Reports that a server left beside the data, because nobody heard them: `runs/<run>.json`. */
export interface LeftReports {
  leave(report: AgentReport, watch: LeftReportWatch): Promise<void>;
  /** `undefined`: there is none, or none of this run that can be read. */
  find(run: Id, watch: LeftReportWatch): Promise<AgentReport | undefined>;
  /** Once its run has noted it. */
  remove(run: Id, watch: LeftReportWatch): Promise<void>;
  /** Those that nobody took for so long that nobody will. Answers which. */
  removeBefore(time: number, watch: LeftReportWatch): Promise<readonly Id[]>;
}

/** Nobody looks for a report of a run that ended so long ago. */
export const LEFT_REPORTS_STAY_MS = 30 * 24 * 3_600_000;

/** At the place of the data: the server writes with what it was lent, and the orchestrator reads as who saves. */
export const leftReports = ({
  repository,
  credentials,
}: Pick<BackupPlace, 'repository' | 'credentials'>): LeftReports => {
  const notes = async () => {
    const { notesBeside } = await import('#libs/adapters/restic');
    return notesBeside({ repository, ...(credentials && { credentials }) });
  };
  return {
    leave: async (report, watch) =>
      (await notes()).write(report.run, JSON.stringify(report), watch),
    find: async (run, watch) => {
      const text = await (await notes()).read(run, watch);
      const report = text === undefined ? undefined : await reportIn(text);
      return report?.run === run ? report : undefined;
    },
    remove: async (run, watch) => (await notes()).remove(run, watch),
    removeBefore: async (time, watch) => {
      const beside = await notes();
      const names = await beside.before(time, watch);
      for (const name of names) await beside.remove(name, watch);
      return names;
    },
  };
};

/** For the run that looks for one; what nobody took for so long goes at that time. */
export const lookForLeft =
  (reports: LeftReports, { clock }: { readonly clock: Clock }): ServersParts['leftReport'] =>
  async (run, watch) => {
    const found = await reports.find(run, watch);
    // One that stays is removed the next time, and is no reason to lose what was found.
    await reports.removeBefore(clock.now() - LEFT_REPORTS_STAY_MS, watch).catch(() => []);
    return found;
  };

/** Read as strictly as one that is heard: a server that somebody took over can write there, too. */
const reportIn = async (text: string): Promise<AgentReport | undefined> => {
  const { agentReported } = await import('#libs/contracts');
  try {
    return agentReported.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};
