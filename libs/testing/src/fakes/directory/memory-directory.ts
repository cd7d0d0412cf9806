import { fault } from '#libs/kernel';
import type { Directory, PersonRights, RoomsAndGroups } from '#libs/ports/directory';

/** By name. Those of whom nothing is said about staff are as all the others. */
export type RememberedPeople = ReadonlyMap<string, RoomsAndGroups & Partial<PersonRights>>;

/** A directory that a test changes, and takes away, between two questions. */
export class MemoryDirectory implements Directory {
  #people: RememberedPeople | undefined;
  /** How often it was asked for somebody's rights. */
  asked = 0;

  /** `othersAreStaff`: those of whom it is not said, and strangers. */
  constructor(
    people: RememberedPeople = new Map(),
    private readonly othersAreStaff = true,
  ) {
    this.#people = people;
  }

  /** What holds from now on; it brings back what was taken away. */
  change(people: RememberedPeople): void {
    this.#people = people;
  }

  takeAway(): void {
    this.#people = undefined;
  }

  async rightsOf(person: string): Promise<PersonRights> {
    this.asked += 1;
    const { rooms, groups, isStaff } = this.#known().get(person) ?? { rooms: [], groups: [] };
    return { rooms, groups, isStaff: isStaff ?? this.othersAreStaff };
  }

  rightsInRoom(): Promise<undefined> {
    return Promise.reject(fault('DIRECTORY_UNAVAILABLE'));
  }

  async reach(): Promise<void> {
    this.#known();
  }

  #known(): RememberedPeople {
    if (!this.#people) throw fault('DIRECTORY_UNAVAILABLE');
    return this.#people;
  }
}
