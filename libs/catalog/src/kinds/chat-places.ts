import { ownIdOf } from '#libs/contracts';
import { roomPrincipal, type Audience } from '#libs/kernel';

/** The people of its room; without a room nobody. */
export const audienceOfRoom = (room: string | undefined): Audience =>
  room === undefined || room === '' ? [] : [roomPrincipal(ownIdOf(room))];

/** Where a message stands: its time, its room, and the message that began its thread. */
interface MessagePlace {
  readonly at?: number | undefined;
  readonly room?: string | undefined;
  readonly thread?: string | undefined;
}

/**
 * The talk that a message is part of: its thread, else what is said in its room within the same hour (UTC). There is no
 * record of such an hour. Messages of a room are too short to be searched one by one, and a whole room is too long.
 */
export const talkOf = ({ at, room, thread }: MessagePlace): string | undefined => {
  if (thread !== undefined) return thread;
  if (room === undefined || at === undefined) return undefined;
  return `${room}/${new Date(at).toISOString().slice(0, -HOUR_TAIL)}`;
};
const HOUR_TAIL = ':00:00.000Z'.length;
