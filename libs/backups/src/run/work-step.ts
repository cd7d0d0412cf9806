import { asFault } from '#libs/kernel';

import { isAgentStep, type AgentStep } from '../agent/agent-order.js';
import type { BackupsParts } from '../backups-parts.js';
import type { BackupRun, RunStep } from './backup-run.js';
import type { HeldRun, RunWish } from './held-run.js';
import { type RunWork, type StepEnd, type StepOfRun } from './run-work.js';
import { admitRun } from './steps/admit-run.js';
import { bootServer } from './steps/boot-server.js';
import { checkRepositories } from './steps/check-repositories.js';
import { destroyServer } from './steps/destroy-server.js';
import { drillRun } from './steps/drill-run.js';
import { exportSources } from './steps/export-sources.js';
import { followAgent } from './steps/follow-agent.js';
import { forgetSnapshots } from './steps/forget-snapshots.js';
import { cleanUp, closeRun } from './steps/leave.js';
import { prepareRun } from './steps/prepare-run.js';
import { previewRetention } from './steps/preview-retention.js';
import { saveSources } from './steps/save-sources.js';
import { withinLimit } from './within-limit.js';

export const stepsOfRun: Readonly<Record<RunStep, StepOfRun>> = {
  admit: admitRun,
  prepare: prepareRun,
  export: exportSources,
  boot: bootServer,
  save: saveSources,
  check: checkRepositories,
  preview: previewRetention,
  forget: forgetSnapshots,
  drill: drillRun,
  destroy: destroyServer,
  clean: cleanUp,
  close: closeRun,
};

/** What a server of the run does is followed here. */
const followed: Readonly<Record<AgentStep, StepOfRun>> = {
  save: followAgent('save'),
  check: followAgent('check'),
  drill: followAgent('drill'),
};

const stepOf = ({ step, worksOn }: BackupRun): StepOfRun =>
  worksOn === 'server' && isAgentStep(step) ? followed[step] : stepsOfRun[step];

/** More claims than any run has: terms of a later run are higher than all of an earlier one. */
const TERMS_OF_RUN = 1_000_000;

/** Works at the step that the run is at. `false`: this process is done with the run for now. */
export const workStep = async (
  parts: BackupsParts,
  held: HeldRun,
  stopping: AbortSignal,
): Promise<boolean> => {
  const begun = await held.change({ type: 'begin_step' });
  if (!begun.some(({ type }) => type === 'step_begun')) return true;
  const { step } = held.run;
  const { limitMs, work } = stepOf(held.run);
  try {
    const end = await withinLimit({
      ...{ limitMs, sleep: parts.sleep, stopping: AbortSignal.any([stopping, held.lost]) },
      work: (signal) => work(workOf(parts, held, signal)),
    });
    await held.change(wishOf(end, step));
    return true;
  } catch (thrown) {
    held.lost.throwIfAborted();
    if (stopping.aborted) {
      await held.change({ type: 'let_go', isUncounted: true });
      return false;
    }
    const { code, retryAfterMs } = asFault(thrown);
    const wait = retryAfterMs === undefined ? {} : { retryAfterMs };
    await held.change({ type: 'fail_step', step, code, ...wait });
    if (held.run.retryAt === undefined) return true;
    await held.change({ type: 'let_go', isUncounted: false });
    return false;
  }
};

const wishOf = (end: StepEnd, step: RunStep): RunWish => {
  switch (end.is) {
    case 'done':
      return { type: 'end_step', step };
    case 'admitted': {
      const { is: _, ...admission } = end;
      return { type: 'admit', ...admission };
    }
    case 'refused':
      return { type: 'refuse', code: end.code };
    case 'undone':
      return {
        ...{ type: 'go_back', to: end.to },
        ...(end.code !== undefined && { code: end.code }),
      };
    case 'failed':
      return { type: 'fail_step', step, code: end.code, isFinal: true };
    default:
      return end satisfies never;
  }
};

const workOf = (parts: BackupsParts, held: HeldRun, signal: AbortSignal): RunWork => ({
  ...{ parts, signal, run: () => held.run },
  hold: async () => {
    signal.throwIfAborted();
    await held.hold();
    signal.throwIfAborted();
  },
  note: async (note) => {
    await held.change({ type: 'note', note });
  },
  progress: (progress) => held.progress(progress),
  scratch: async () => {
    await held.hold();
    const { id, admission = 0 } = held.run;
    return parts.scratch.take(id, admission * TERMS_OF_RUN + held.term);
  },
});
