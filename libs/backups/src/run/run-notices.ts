import type { BackupsParts, RunNotice } from '../backups-parts.js';
import type { BackupRun } from './backup-run.js';
import type { RunEvent } from './run-events.js';

const eventOf: Partial<Readonly<Record<RunEvent['type'], RunNotice['event']>>> = {
  requested: 'backup.requested',
  claimed: 'backup.taken',
  step_ended: 'backup.step_ended',
  step_failed: 'backup.step_failed',
  gave_up: 'backup.step_failed',
  refused: 'backup.ended',
  ended: 'backup.ended',
};

interface NoticedEvent {
  readonly before: BackupRun;
  readonly after: BackupRun;
  readonly event: RunEvent;
}

/** What the log of the process says about an event. */
export const noticeOf = (
  { notice }: Pick<BackupsParts, 'notice'>,
  { before, after, event }: NoticedEvent,
): void => {
  const name = eventOf[event.type];
  if (!name) return;
  const code = codeOf(event, after);
  const since = name === 'backup.ended' ? after.requestedAt : before.stepStartedAt;
  notice({
    ...{ event: name, run: after, step: before.step, ms: Math.max(0, event.at - since) },
    ...(code !== undefined && { code }),
  });
};

const codeOf = (event: RunEvent, { error }: BackupRun): string | undefined => {
  if (event.type === 'step_failed') return event.code;
  if (event.type === 'gave_up' || event.type === 'refused') return event.error.code;
  return event.type === 'ended' ? error?.code : undefined;
};
