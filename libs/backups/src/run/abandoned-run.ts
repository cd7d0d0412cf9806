import { agentSteps } from '../agent/agent-order.js';
import { hasServer, type BackupRun, type RunStep } from './backup-run.js';
import { HOUR_MS, MINUTE_MS } from './run-work.js';

/** Steps of a run on a server that need the fleet, or the server, and nothing of the machine that has the copies. */
export const serverSteps: ReadonlySet<RunStep> = new Set([...agentSteps, 'boot', 'destroy']);

/** The folders are on a machine that may be away for a moment. */
const UNCLEANED_MS = 5 * MINUTE_MS;
/** Without a server nothing costs money, and somebody may yet come who can order one. */
const UNORDERED_MS = 2 * HOUR_MS;

/**
 * From when on a run that nobody works at is given up by the next one who cannot do its step. A run on a server may not wait for one
 * machine: its server would go on costing. So what nobody did in the time of the server is left out, and its folders are left to the
 * machine that has them. A run without a server waits: nothing is lost by it.
 */
export const abandonedAt = (run: BackupRun): number | undefined => {
  const { worksOn, step, server, heartbeatAt } = run;
  if (worksOn !== 'server') return undefined;
  if (step === 'clean') return heartbeatAt + UNCLEANED_MS;
  if (server && hasServer(run)) return server.expiresAt;
  return serverSteps.has(step) ? heartbeatAt + UNORDERED_MS : undefined;
};

export const isAbandoned = (run: BackupRun, now: number): boolean => {
  const at = abandonedAt(run);
  return at !== undefined && at <= now;
};
