import type { Id } from '#libs/kernel';
import type { RoomMessage, TalkRoom } from '#libs/ports/chat';
import type { Documents } from '#libs/ports/documents';

import { changeDocument, type DocumentShape } from '../stored/changed-document.js';
import { roomThreads, type AwaitedReason, type RoomThread } from './room-thread.js';

/** Where the dialogues of a message are kept: its thread, or a direct room as a whole. */
export const threadIdOf = (
  { id, room, thread }: Pick<RoomMessage, 'id' | 'room' | 'thread'>,
  { form }: Pick<TalkRoom, 'form'>,
): string => {
  if (form === 'direct' && thread === undefined) return room;
  return `${room}/${thread ?? id}`;
};

/** With whom a question is answered. */
export interface DialoguesHeard {
  /** The dialogue that it goes on with; missing: it begins one. */
  readonly conversation?: Id;
  /** Dialogues of others in the thread. */
  readonly besides: readonly Id[];
}

const GOES_ON_IN_DIRECT_MS = 3_600_000;
const MOST_DIALOGUES = 16;

/** In a direct room a dialogue goes on for an hour; in a thread for as long as it is known. */
export const dialoguesFor = (
  thread: RoomThread | undefined,
  { person, now, isDirect }: { person: string; now: number; isDirect: boolean },
): DialoguesHeard => {
  const own = thread?.dialogues.find((one) => one.person === person);
  const isOn =
    own && own.over === undefined && !(isDirect && now - own.lastAt > GOES_ON_IN_DIRECT_MS);
  const besides = (thread?.dialogues ?? [])
    .filter((one) => one.person !== person)
    .map(({ conversation }) => conversation);
  return { ...(isOn && { conversation: own.conversation }), besides };
};

const FORGOTTEN_AFTER_MS = 90 * 86_400_000;

const shape: DocumentShape<RoomThread> = {
  collection: roomThreads,
  expiresAtOf: ({ dialogues, awaited }) =>
    Math.max(0, ...dialogues.map(({ lastAt }) => lastAt), ...awaited.map(({ until }) => until)) +
    FORGOTTEN_AFTER_MS,
};

export const findThread = async (
  documents: Pick<Documents, 'get'>,
  id: string,
): Promise<RoomThread | undefined> => {
  const [found] = await documents.get(roomThreads, [id]);
  return found?.body as RoomThread | undefined;
};

const changeThread = (
  documents: Pick<Documents, 'get' | 'swap'>,
  id: string,
  change: (now: RoomThread) => RoomThread,
): Promise<RoomThread | undefined> =>
  changeDocument(documents, shape, id, (now) => change(now ?? { id, dialogues: [], awaited: [] }));

/** Notes that this person's dialogue in the thread was used. Again, after it was over, it stays over. */
export const noteDialogue = async (
  documents: Pick<Documents, 'get' | 'swap'>,
  id: string,
  { person, conversation, at }: { person: string; conversation: Id; at: number },
): Promise<void> => {
  await changeThread(documents, id, (now) => {
    const known = now.dialogues.find((one) => one.person === person);
    const used =
      known?.conversation === conversation
        ? { ...known, lastAt: Math.max(at, known.lastAt) }
        : { person, conversation, lastAt: at };
    const others = now.dialogues.filter((one) => one.person !== person);
    return { ...now, dialogues: [used, ...others].slice(0, MOST_DIALOGUES) };
  });
};

/** The next question of this person begins another dialogue. */
export const endDialogue = async (
  documents: Pick<Documents, 'get' | 'swap'>,
  id: string,
  { person, over }: { person: string; over: 'archived' | 'another' },
): Promise<void> => {
  await changeThread(documents, id, (now) => ({
    ...now,
    dialogues: now.dialogues.map((one) => (one.person === person ? { ...one, over } : one)),
  }));
};

/** The next message of this person in the thread says why; only the latest question of this sort is awaited. */
export const awaitReason = async (
  documents: Pick<Documents, 'get' | 'swap'>,
  id: string,
  awaited: AwaitedReason,
): Promise<void> => {
  await changeThread(documents, id, (now) => ({
    ...now,
    awaited: [awaited, ...now.awaited.filter(({ person }) => person !== awaited.person)].slice(
      0,
      MOST_DIALOGUES,
    ),
  }));
};

/** The message that said why; the one after it is another again. */
export const noteReasonSaid = async (
  documents: Pick<Documents, 'get' | 'swap'>,
  id: string,
  { person, saidIn }: { person: string; saidIn: string },
): Promise<void> => {
  await changeThread(documents, id, (now) => ({
    ...now,
    awaited: now.awaited.map((one) =>
      one.person === person && one.saidIn === undefined ? { ...one, saidIn } : one,
    ),
  }));
};
