import type { JsonObject } from '#libs/kernel';
import { everyDocument, type Documents, type StoredDocument } from '#libs/ports/documents';

import { isBearer } from '../identities/bearers.js';
import { gatherComponent } from '../identities/component.js';
import { identityIndex, placeOf, type IdentityParts } from '../identities/identity-index.js';
import { recordKinds } from '../kinds/index.js';
import { namersOf, namesOf } from '../kinds/naming.js';
import { formerNamesCollection, isEnd, isImpersonal } from '../project-records/former-names.js';
import { recordCollection } from '../project-records/generation.js';
import { sharedBy } from './shared-by.js';
import type { ErasureChoice } from './erasure-plan.js';

/** The streams of all that is taken, each once: several questions are of one dialogue. */
export const streamsOf = (taken: PersonWalk['taken']): readonly string[] => [
  ...new Set(
    [...taken].map(([record, { body }]) =>
      recordKinds[placeOf(record)[0]].streamOf(body as JsonObject),
    ),
  ),
];

/** More records than one person has. */
const MOST = 5_000;

export interface PersonWalk {
  /** Contacts and guests that are the person. */
  readonly persons: ReadonlySet<string>;
  /** All that is taken, by `<kind>/<id>`. */
  readonly taken: ReadonlyMap<string, StoredDocument>;
  readonly choices: readonly ErasureChoice[];
  readonly bounded: boolean;
}

/**
 * From what was asked for to all that is about the same person. It follows the linked identities, all records that
 * name them, and what those belong to. It ends at colleagues, lines and listings, and does not go on behind what is
 * shared with somebody else.
 */
export const walkPerson = async (
  ports: IdentityParts,
  generation: number,
  { targets, also }: { readonly targets: readonly string[]; readonly also: readonly string[] },
): Promise<PersonWalk> => new PersonWalker(ports, generation).from(targets, also);

class PersonWalker {
  readonly #persons = new Set<string>();
  readonly #taken = new Map<string, StoredDocument>();
  readonly #choices = new Map<string, ErasureChoice>();
  readonly #documents: Documents;
  #waiting: string[] = [];
  #bounded = false;

  constructor(
    private readonly ports: IdentityParts,
    private readonly generation: number,
  ) {
    this.#documents = ports.documents;
  }

  async from(targets: readonly string[], also: readonly string[]): Promise<PersonWalk> {
    for (const target of targets) await this.#start(target);
    for (const target of targets) this.#chooseNamed(target);
    for (const record of also) await this.#start(record);
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift())
      await this.#goOn(next);
    const choices = [...this.#choices.values()].filter(({ stream }) => !this.#taken.has(stream));
    return {
      persons: this.#persons,
      taken: this.#taken,
      choices: choices.sort((a, b) => (a.stream < b.stream ? -1 : 1)),
      bounded: this.#bounded,
    };
  }

  /** What was asked for by name is taken, shared or not. */
  async #start(record: string): Promise<void> {
    const [kind] = placeOf(record);
    const found = await this.#load(record);
    if (!found) return;
    if (isBearer(kind)) this.#persons.add(record);
    this.#take(record, found);
  }

  /** Whom a record is about that was asked for: that one is as good as the person, and is not taken. */
  #chooseNamed(record: string): void {
    const [kind] = placeOf(record);
    const fields = this.#taken.get(record)?.fields;
    if (isBearer(kind)) return;
    for (const { field, kind: named } of namesOf(kind))
      if (isBearer(named) && !isEnd(named) && fields?.[field] !== undefined)
        this.#choose(`${named}/${fields[field]}`, 'named_by_it');
  }

  async #goOn(record: string): Promise<void> {
    const [kind] = placeOf(record);
    // Who asked for a colleague or a home by name means what quotes it, too.
    await this.#followFormer(record);
    if (isEnd(kind)) return;
    if (isBearer(kind)) await this.#followLinks(record);
    await this.#followNamers(record);
    await this.#followNamed(record);
  }

  /** Other identities of the same person; who only shares a number or a mail is a choice. */
  async #followLinks(record: string): Promise<void> {
    const index = identityIndex(this.ports, this.generation);
    const { records, resolved } = await gatherComponent(index, { records: [record] });
    const members = resolved?.personOf(record).members ?? [record];
    if (!resolved) this.#bounded = true;
    for (const member of members) {
      if (isEnd(placeOf(member)[0])) continue;
      this.#persons.add(member);
      await this.#takeIfThere(member);
    }
    for (const other of records) if (!members.includes(other)) this.#choose(other, 'shared_handle');
    for (const member of members)
      if (isEnd(placeOf(member)[0])) this.#choose(member, 'shared_handle');
  }

  async #followNamers(record: string): Promise<void> {
    const [kind, id] = placeOf(record);
    for (const { kind: namer, field } of namersOf(kind)) {
      if (isEnd(namer) || isImpersonal(namer)) continue;
      const collection = recordCollection(namer, this.generation);
      for await (const found of everyDocument(this.#documents, collection, {
        where: { [field]: id },
      }))
        this.#takeUnlessShared(`${namer}/${found.id}`, found);
    }
  }

  /** Who named it once, and who cites it. */
  async #followFormer(record: string): Promise<void> {
    const collection = formerNamesCollection(this.generation);
    for await (const { fields } of everyDocument(this.#documents, collection, {
      where: { record },
    })) {
      const namer = String(fields?.namer);
      const found = await this.#load(namer);
      if (!found || isEnd(placeOf(namer)[0])) continue;
      if (this.#isShared(namer, found)) this.#choose(namer, 'named_once');
      else this.#take(namer, found);
    }
  }

  /** The conversation of a message, the reservation of a payment: what it belongs to. */
  async #followNamed(record: string): Promise<void> {
    const [kind] = placeOf(record);
    const fields = this.#taken.get(record)?.fields;
    for (const { field, kind: named } of namesOf(kind)) {
      const id = fields?.[field];
      if (id === undefined || isEnd(named) || isBearer(named)) continue;
      const found = await this.#load(`${named}/${id}`);
      if (found) this.#takeUnlessShared(`${named}/${id}`, found);
    }
  }

  #takeUnlessShared(record: string, found: StoredDocument): void {
    const reason = sharedBy(record, found, this.#own);
    if (reason) this.#choose(record, reason);
    else this.#take(record, found);
  }

  #isShared(record: string, found: StoredDocument): boolean {
    return sharedBy(record, found, this.#own) !== undefined;
  }

  /** The person themselves, or whom the record that was asked for is about. */
  readonly #own = (record: string): boolean =>
    this.#persons.has(record) || this.#choices.get(record)?.reason === 'named_by_it';

  async #takeIfThere(record: string): Promise<void> {
    const found = await this.#load(record);
    if (found) this.#take(record, found);
  }

  #take(record: string, found: StoredDocument): void {
    if (this.#taken.has(record)) return;
    if (this.#taken.size >= MOST) {
      this.#bounded = true;
      return;
    }
    this.#taken.set(record, found);
    this.#waiting.push(record);
  }

  #choose(stream: string, reason: ErasureChoice['reason']): void {
    const [kind] = placeOf(stream);
    if (kind === 'phone_number' || this.#choices.has(stream)) return;
    this.#choices.set(stream, { stream, reason });
  }

  async #load(record: string): Promise<StoredDocument | undefined> {
    const [kind, id] = placeOf(record);
    const collection = recordCollection(kind, this.generation);
    return (await this.#documents.get(collection, [id]))[0];
  }
}
