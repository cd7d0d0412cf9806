import { isAgentStep } from '../agent/agent-order.js';
import type { BackupsParts } from '../backups-parts.js';
import { abandonedAt, serverSteps } from './abandoned-run.js';
import type { BackupRun } from './backup-run.js';
import { lookAtOf } from './decide-run.js';
import { MINUTE_MS } from './run-work.js';

type OwnParts = Pick<BackupsParts, 'can' | 'servers'>;

/** Whether this process can do the step that the run is at. */
export const canDo = ({ can, servers }: OwnParts, { step, worksOn }: BackupRun): boolean => {
  if (can && !can.has(step)) return false;
  if (worksOn === 'server') return servers !== undefined || !serverSteps.has(step);
  // Who follows servers only has neither copies nor repositories of its own.
  return can === undefined || !isAgentStep(step);
};

/** When this process has to look at a run that has not ended. One that it can do nothing for comes up again when it is given up. */
export const ownLookAt = (parts: OwnParts, run: BackupRun, now: number): number => {
  const lookAt = lookAtOf(run, now);
  if (canDo(parts, run)) return lookAt;
  return Math.max(lookAt, abandonedAt(run) ?? now + MINUTE_MS);
};
