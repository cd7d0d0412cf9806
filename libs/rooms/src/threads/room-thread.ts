import type { Id } from '#libs/kernel';
import type { Collection } from '#libs/ports/documents';

/** A dialogue that somebody has in a thread, or in a room of two. */
export interface ThreadDialogue {
  readonly person: string;
  readonly conversation: Id;
  readonly lastAt: number;
  /** Why the next question begins another dialogue: this one is archived, or its person asked for another. */
  readonly over?: 'archived' | 'another';
}

/** Somebody who was asked why an answer did not help: what that person writes next says so. */
export interface AwaitedReason {
  readonly person: string;
  /** The message that asked the question. */
  readonly message: string;
  readonly until: number;
  /** The message that said why: heard again, it is no other one. */
  readonly saidIn?: string;
}

/** What was asked in one thread. */
export interface RoomThread {
  /** `<room>/<message that begins the thread>`, or `<room>` for a direct room as a whole. */
  readonly id: string;
  /** One for each person, used last first. */
  readonly dialogues: readonly ThreadDialogue[];
  readonly awaited: readonly AwaitedReason[];
}

export const roomThreads: Collection = { name: 'room_threads', fields: [] };
