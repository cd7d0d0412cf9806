import type { EventLog } from '#libs/ports/event-log';

/** A place in the log that a projector has reached, with the fact it met there. */
export interface ReachedPlace {
  readonly era: number;
  readonly position: number;
  readonly fact: string;
  readonly recordedAt: number;
}

/** Whether the log still has, at its place, the fact that was seen there. */
export const holds = async (
  log: EventLog,
  { era, position, fact, recordedAt }: ReachedPlace,
): Promise<boolean> => {
  if (position > (await log.head()).position) return false;
  const [there] = await log.read(position - 1, 1);
  const same = there?.id === fact && there.era === era && there.recordedAt === recordedAt;
  return same && there.position === position;
};
