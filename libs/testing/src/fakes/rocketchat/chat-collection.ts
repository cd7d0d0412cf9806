import type { Json } from '#libs/kernel';

export type ChatThing = Readonly<Record<string, Json>>;

/** Hears of each change of a collection; `undefined`: it is gone. */
export type ChatListener = (
  collection: string,
  id: string,
  document: ChatThing | undefined,
) => void;

/** Documents by their id, and who wants to hear of changes. */
export class ChatCollection extends Map<string, ChatThing> {
  readonly #listeners: ChatListener[] = [];

  constructor(
    /** As the chat's database calls it. */
    private readonly collection: string,
  ) {
    super();
  }

  follow(listener: ChatListener): void {
    this.#listeners.push(listener);
    for (const [id, document] of this) listener(this.collection, id, document);
  }

  override set(id: string, document: ChatThing): this {
    super.set(id, document);
    for (const listener of this.#listeners) listener(this.collection, id, document);
    return this;
  }

  override delete(id: string): boolean {
    const wasThere = super.delete(id);
    if (wasThere) for (const listener of this.#listeners) listener(this.collection, id, undefined);
    return wasThere;
  }

  override clear(): void {
    for (const id of [...this.keys()]) this.delete(id);
  }

  /** What is `null` in the change is taken away, as nothing in a chat's documents is null. */
  change(id: string, change: ChatThing): ChatThing {
    const document = Object.fromEntries(
      Object.entries({ ...this.get(id), ...change }).filter(([, value]) => value !== null),
    );
    this.set(id, document);
    return document;
  }
}
