/** What a person may read beside what all of the staff may. */
export interface PersonRights {
  /** Ids of rooms whose messages the person may read. */
  readonly rooms: readonly string[];
  readonly groups: readonly string[];
}

/** Everybody that a directory knows, by name. */
export type PeopleRights = ReadonlyMap<string, PersonRights>;

/**
 * Who may read what, now.
 *
 * Now: an answer holds every change that was made before the question; nothing is remembered between two questions.
 * Names: any text, compared as it is. Somebody who is not known is in no room and in no group.
 * Failure: `DIRECTORY_UNAVAILABLE`, and no other answer in its place: neither an earlier one nor an empty one. Who
 * asks then shows nothing. The first question after it came back is answered again.
 */
export interface Directory {
  rightsOf(person: string): Promise<PersonRights>;

  /** Answers if it could answer a question now, and fails as a question would. */
  reach(): Promise<void>;
}
