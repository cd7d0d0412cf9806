/** Where a person is: what is written down of one in a setting or a file. */
export interface RoomsAndGroups {
  /** Ids of rooms whose messages the person may read. */
  readonly rooms: readonly string[];
  readonly groups: readonly string[];
}

/** What a person may read. */
export interface PersonRights extends RoomsAndGroups {
  /** One of those for whom records of the business are. */
  readonly isStaff: boolean;
  /** By which the person is known through every change of name; missing: by the name that was asked for. */
  readonly id?: string;
}

/** What may be shown in a room: what each one of those may read who read it. The id is that of the person who asks. */
export interface RoomRights extends PersonRights {
  /** Nobody but the person who asked reads it. */
  readonly isForOne: boolean;
}

/** Everybody whom a setting or a file names. */
export type PeopleRights = ReadonlyMap<string, RoomsAndGroups>;

/**
 * Who may read what, now.
 *
 * Now: an answer holds every change that was made before the question; nothing is remembered between two questions.
 * Names: any text, compared as it is. Somebody who is not known is in no room and in no group.
 * Staff: a directory that is written down knows only people of the house, and takes a stranger for one of them: a token
 * was given to that person. A directory with guests and leavers in it says who is staff, and a stranger is not.
 * Failure: `DIRECTORY_UNAVAILABLE`, and no other answer in its place: neither an earlier one nor an empty one. Who
 * asks then shows nothing. The first question after it came back is answered again.
 */
export interface Directory {
  rightsOf(person: string): Promise<PersonRights>;

  /**
   * What each one of those may read who read this room now. Less than that is a right answer, more never is.
   *
   * Readers: who is in it, and who could open it without asking anybody. Bots and apps count for nobody. Who reads the
   * room and is nobody here, as somebody of another server, takes all from it but the room itself.
   * `undefined`: this person does not read the room, the room is unknown, or nothing of it may be shown.
   */
  rightsInRoom(room: string, person: string): Promise<RoomRights | undefined>;

  /** Answers if it could answer a question now, and fails as a question would. */
  reach(): Promise<void>;
}
