import { fault } from '#libs/kernel';
import type { Directory, PeopleRights, PersonRights } from '#libs/ports/directory';

const NOTHING: PersonRights = { rooms: [], groups: [] };

/** A directory that a test changes, and takes away, between two questions. */
export class MemoryDirectory implements Directory {
  #people: PeopleRights | undefined;
  /** How often it was asked for somebody's rights. */
  asked = 0;

  constructor(people: PeopleRights = new Map()) {
    this.#people = people;
  }

  /** What holds from now on; it brings back what was taken away. */
  change(people: PeopleRights): void {
    this.#people = people;
  }

  takeAway(): void {
    this.#people = undefined;
  }

  async rightsOf(person: string): Promise<PersonRights> {
    this.asked += 1;
    return this.#known().get(person) ?? NOTHING;
  }

  async reach(): Promise<void> {
    this.#known();
  }

  #known(): PeopleRights {
    if (!this.#people) throw fault('DIRECTORY_UNAVAILABLE');
    return this.#people;
  }
}
