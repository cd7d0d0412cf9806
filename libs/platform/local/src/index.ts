/**
 * The second door of the platform, for programs that only ask it: settings, the data directory and
 * tokens. Behind the first one stands Nest, which takes most of a second to load.
 */
export { readRunning, readSecret, type Running } from '../../src/composition/data-directory.js';
export { DEMO_FILE, demoQuestions } from '../../src/composition/demo-directory.js';
export { backupPlaces, type BackupPlace } from '../../src/composition/backup-places.js';
export { placeOfLent } from '../../src/composition/lend-repositories.js';
export { leftReports, type LeftReports } from '../../src/composition/left-reports.js';
export { openSources } from '../../src/composition/open-sources.js';
export type {
  RestoredCopy,
  RestoreStage,
  RestoreWatch,
} from '../../src/composition/restore-copy.js';
export type { PlacedFiles, RestoreDesk, RestoreTools } from '../../src/composition/restore-desk.js';
export type { RestoreSite } from '../../src/composition/restore-site.js';
export type { LoadedDump, RestoredDump } from '../../src/composition/restore-dump.js';
export type { RestoredEverything } from '../../src/composition/restore-everything.js';
export { kitSecretsOf } from '../../src/composition/kit-secrets.js';
export { issueToken, LOCAL_OPERATOR } from '../../src/identity/tokens.js';
export { describeSettings, type DescribedSetting } from '../../src/settings/describe.js';
export { readSettings, type Settings } from '../../src/settings/read-settings.js';
export { safeFields } from '../../src/logs/safe-fields.js';
export { isPersonName } from '../../src/settings/people.js';
export { SettingsError } from '../../src/settings/settings-error.js';

/** Loads the adapter it needs, and only then. */
export const openBus = async (
  ...args: Parameters<typeof import('../../src/composition/open-bus.js').openBus>
): ReturnType<typeof import('../../src/composition/open-bus.js').openBus> =>
  (await import('../../src/composition/open-bus.js')).openBus(...args);

/** An index for one collection, which is thrown away. */
export const openEvaluation = async (
  ...args: Parameters<typeof import('../../src/composition/open-evaluation.js').openEvaluation>
): ReturnType<typeof import('../../src/composition/open-evaluation.js').openEvaluation> =>
  (await import('../../src/composition/open-evaluation.js')).openEvaluation(...args);

/** Backups as a function watches them, from outside of what they back up. */
export const openBackupWatch = async (
  ...args: Parameters<typeof import('../../src/composition/open-backup-watch.js').openBackupWatch>
): ReturnType<typeof import('../../src/composition/open-backup-watch.js').openBackupWatch> =>
  (await import('../../src/composition/open-backup-watch.js')).openBackupWatch(...args);

/** The indexing alone, for a function that hears about one record at a time. */
export const openIndexing = async (
  ...args: Parameters<typeof import('../../src/composition/open-indexing.js').openIndexing>
): ReturnType<typeof import('../../src/composition/open-indexing.js').openIndexing> =>
  (await import('../../src/composition/open-indexing.js')).openIndexing(...args);

/** Brings backups back, with restic and the repositories alone. */
export const openRestore = async (
  ...args: Parameters<typeof import('../../src/composition/restore-desk.js').openRestore>
): ReturnType<typeof import('../../src/composition/restore-desk.js').openRestore> =>
  (await import('../../src/composition/restore-desk.js')).openRestore(...args);

export const loadRestoredDump = async (
  ...args: Parameters<typeof import('../../src/composition/restore-dump.js').loadRestoredDump>
): ReturnType<typeof import('../../src/composition/restore-dump.js').loadRestoredDump> =>
  (await import('../../src/composition/restore-dump.js')).loadRestoredDump(...args);

/** What a server is told at its start, in the forms that machines and processes take. */
export {
  AGENT_FOLDER,
  AGENT_START_FILE,
  agentStartText,
  readAgentStart,
  type AgentStart,
} from '../../src/composition/agent-start.js';
export { AGENT_SERVICE, cloudInitOf } from '../../src/composition/agent-user-data.js';
export { agentPrograms, type AgentPrograms } from '../../src/settings/agent-programs.js';
export type { AgentOptions, OpenedAgent } from '../../src/composition/open-agent.js';

/** The parts of a server that works for one run, with what was lent to it alone. */
export const openAgent = async (
  ...args: Parameters<typeof import('../../src/composition/open-agent.js').openAgent>
): ReturnType<typeof import('../../src/composition/open-agent.js').openAgent> =>
  (await import('../../src/composition/open-agent.js')).openAgent(...args);
