import { fault } from '#libs/kernel';
import {
  readByAll,
  type Directory,
  type PersonRights,
  type RoomRights,
  type RoomsAndGroups,
} from '#libs/ports/directory';

/** Somebody as a test writes one down. Of whom nothing is said about staff is as all the others. */
export interface RememberedPerson
  extends RoomsAndGroups, Partial<Pick<PersonRights, 'isStaff' | 'id'>> {
  /** Reads these rooms where they are, and is nobody here: from outside, or of another server. */
  readonly isOutside?: boolean;
  /** A bot or an app: it may be in any room, and reads nothing. */
  readonly isMachine?: boolean;
}

/** By name. */
export type RememberedPeople = ReadonlyMap<string, RememberedPerson>;

const NOBODY: PersonRights = { rooms: [], groups: [], isStaff: false };

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
    return this.#rightsOf(this.#known().get(person));
  }

  async rightsInRoom(room: string, person: string): Promise<RoomRights | undefined> {
    this.asked += 1;
    const people = this.#known();
    const own = this.#rightsOf(people.get(person));
    if (!own.rooms.includes(room)) return undefined;
    const others = [...people].filter(
      ([name, { rooms, isMachine }]) => name !== person && !isMachine && rooms.includes(room),
    );
    const inRoom = others.map(([, other]) =>
      other.isOutside ? { ...NOBODY, rooms: [room] } : this.#rightsOf(other),
    );
    return readByAll(own, inRoom);
  }

  async reach(): Promise<void> {
    this.#known();
  }

  #known(): RememberedPeople {
    if (!this.#people) throw fault('DIRECTORY_UNAVAILABLE');
    return this.#people;
  }

  #rightsOf(person: RememberedPerson | undefined): PersonRights {
    if (person?.isOutside || person?.isMachine) return NOBODY;
    const { rooms, groups, isStaff, id } = person ?? { rooms: [], groups: [] };
    return {
      rooms,
      groups,
      isStaff: isStaff ?? this.othersAreStaff,
      ...(id !== undefined && { id }),
    };
  }
}
