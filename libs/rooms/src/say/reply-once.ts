import { toHex, utf8 } from '#libs/kernel';
import type { PostOutcome } from '#libs/ports/chat';

import type { RoomsParts } from '../rooms-parts.js';

/** Something that we say besides answers. */
export interface RoomReply {
  /** What it answers, so that the same again is the same reply: `help`, with the message that asked for it. */
  readonly cause: string;
  readonly room: string;
  readonly thread?: string | undefined;
  readonly text: string;
  /** When its cause was written. */
  readonly since: number;
}

type ReplyParts = Pick<RoomsParts, 'chat' | 'keys'>;

const REPLY_ID_BYTES = 12;

/** The chat's id of a reply: the same in every process, and not to be guessed. */
const replyIdOf = async ({ keys }: ReplyParts, cause: string): Promise<string> => {
  const [digest = new Uint8Array()] = await keys.fingerprint([utf8(`room reply\n${cause}`)]);
  return toHex(digest.subarray(0, REPLY_ID_BYTES));
};

/** Whether a reply was given, also if somebody took it away since. */
export const wasReplied = async (
  parts: ReplyParts,
  { cause, room, since }: Pick<RoomReply, 'cause' | 'room' | 'since'>,
): Promise<boolean> => {
  const id = await replyIdOf(parts, cause);
  return (
    (await parts.chat.message(id)) !== undefined || (await parts.chat.wasRemoved(id, room, since))
  );
};

/** Says it, unless it was said: what somebody took away is not said again. */
export const replyOnce = async (
  parts: ReplyParts,
  { cause, room, thread, text, since }: RoomReply,
): Promise<PostOutcome> => {
  const id = await replyIdOf(parts, cause);
  if (await parts.chat.wasRemoved(id, room, since)) return 'there';
  return parts.chat.post({ id, room, text, ...(thread !== undefined && { thread }) });
};
