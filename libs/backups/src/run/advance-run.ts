import { fault, type Id } from '#libs/kernel';

import type { BackupsParts } from '../backups-parts.js';
import { hasEnded } from './backup-run.js';
import { HeldRun } from './held-run.js';
import { canDo, ownLookAt } from './own-steps.js';
import { changeRun, readRun } from './run-documents.js';
import { noticeOf } from './run-notices.js';
import { MINUTE_MS } from './run-work.js';
import { tellingHistory } from './tell-history.js';
import type { AdvancedRun, Backups } from './use-cases.js';
import { workStep } from './work-step.js';

export const advanceRun = (parts: BackupsParts): Backups['advance'] => {
  /** One at a time also within a process, where a queue may ask twice. */
  const inWork = new Set<Id>();
  return async (id, signal) => {
    if (!inWork.has(id)) {
      inWork.add(id);
      try {
        await takeOn(parts, id, signal);
      } finally {
        inWork.delete(id);
      }
    }
    return stateOf(parts, id);
  };
};

const takeOn = async (parts: BackupsParts, id: Id, signal: AbortSignal): Promise<void> => {
  if (signal.aborted) return;
  if (!(await isOurs(parts, id))) return;
  const at = parts.clock.now();
  const { run, events } = await changeRun(parts, id, { type: 'claim', at, holder: parts.holder });
  for (const event of events) noticeOf(parts, { before: run, after: run, event });
  const tell = tellingHistory(parts, id);
  try {
    const work = { held: new HeldRun(parts, run), tell, stopping: signal };
    if (events.length > 0) await workAt(parts, work);
  } finally {
    await tell();
  }
};

/** Whether this process can do what comes next; steps that nobody will do any more are given up before. */
const isOurs = async (parts: BackupsParts, id: Id): Promise<boolean> => {
  for (;;) {
    const stored = await readRun(parts, id);
    if (!stored || hasEnded(stored.run) || canDo(parts, stored.run)) return true;
    const { run: before } = stored;
    const command = { type: 'abandon', at: parts.clock.now(), step: before.step } as const;
    const { run: after, events } = await changeRun(parts, id, command);
    for (const event of events) noticeOf(parts, { before, after, event });
    if (events.length === 0) return false;
  }
};

interface WorkAtRun {
  readonly held: HeldRun;
  readonly tell: () => Promise<void>;
  readonly stopping: AbortSignal;
}

const workAt = async (parts: BackupsParts, { held, tell, stopping }: WorkAtRun): Promise<void> => {
  const over = new AbortController();
  const alive = held.keepAlive(over.signal);
  try {
    while (!hasEnded(held.run)) {
      if (stopping.aborted || !canDo(parts, held.run)) {
        await held.change({ type: 'let_go', isUncounted: false });
        return;
      }
      if (!(await workStep(parts, held, stopping))) return;
      void tell();
    }
  } catch (thrown) {
    // It is another's now, and that one goes on with it.
    if (!held.lost.aborted) throw thrown;
  } finally {
    over.abort();
    await alive;
  }
};

const stateOf = async (parts: BackupsParts, id: Id): Promise<AdvancedRun> => {
  const stored = await readRun(parts, id);
  if (!stored) throw fault('BACKUP_NOT_FOUND', { details: { run: id } });
  const { run, owed } = stored;
  const now = parts.clock.now();
  if (!hasEnded(run)) return { run, lookAt: ownLookAt(parts, run, now) };
  return owed.length > 0 ? { run, lookAt: now + MINUTE_MS } : { run };
};
