import type { Clock } from '#libs/kernel';

export type Thing = Readonly<Record<string, unknown>>;

const objectIn = (value: unknown): Thing =>
  typeof value === 'object' && value !== null ? (value as Thing) : {};
const idIn = (thing: Thing): string => String(thing['_id'] ?? thing['id']);

/** What an account has at Guesty: states, of which each event tells one, and some tell little. */
export class GuestyState {
  readonly reservations = new Map<string, Thing>();
  readonly listings = new Map<string, Thing>();
  readonly guests = new Map<string, Thing>();
  readonly conversations = new Map<string, Thing>();
  /** By conversation, oldest first. */
  readonly posts = new Map<string, readonly Thing[]>();
  readonly tasks = new Map<string, Thing>();
  readonly reviews = new Map<string, Thing>();
  /** By listing. */
  readonly days = new Map<string, readonly Thing[]>();

  constructor(private readonly clock: Clock) {}

  /** Takes in what an event tells, as the API will show it. */
  apply(event: string, body: Thing): void {
    if (event.startsWith('reservation.message')) this.#post(body);
    else if (event.startsWith('reservation.')) this.#reservation(body);
    else if (event.startsWith('listing.') && 'listing' in body && !('calendar' in body))
      this.#put(this.listings, event, body['listing'], { lastUpdatedAt: this.#now() });
    else if (event.startsWith('guest.')) this.#put(this.guests, event, body['guest']);
    else if (event.startsWith('task.')) this.#put(this.tasks, event, body['task']);
  }

  #now(): string {
    return new Date(this.clock.now()).toISOString();
  }

  #put(things: Map<string, Thing>, event: string, value: unknown, more: Thing = {}): void {
    const thing = objectIn(value);
    const id = idIn(thing);
    if (/\.(?:deleted|removed)$/.test(event)) things.delete(id);
    else things.set(id, { ...things.get(id), ...thing, ...more });
  }

  /** The new envelope says little under other names; the old one holds the whole. */
  #reservation({ reservation, data }: Thing): void {
    const told = objectIn(reservation);
    const { reservationId, unitId, ...lean } = objectIn(data);
    const id = reservation ? idIn(told) : String(reservationId);
    const own = reservation
      ? told
      : { _id: id, ...(unitId !== undefined && { listingId: unitId }), ...lean };
    const lastUpdatedAt = told['lastUpdatedAt'] ?? this.#now();
    this.reservations.set(id, { ...this.reservations.get(id), ...own, lastUpdatedAt });
  }

  #post(body: Thing): void {
    const message = objectIn(body['message']);
    const conversation = objectIn(body['conversation']);
    const id = idIn(conversation);
    const { thread: _thread, ...rest } = conversation;
    const text = message['body'];
    const state = { read: false, status: 'OPEN', lastMessage: { body: text, date: this.#now() } };
    const before = this.conversations.get(id) ?? { createdAt: this.#now() };
    this.conversations.set(id, { ...before, ...rest, _id: id, state, modifiedAt: this.#now() });
    const post = {
      _id: message['postId'] ?? message['_id'],
      conversationId: id,
      body: text,
      createdAt: message['createdAt'],
      sentBy: message['type'] === 'fromGuest' ? 'guest' : 'host',
      module: { type: message['module'], to: [], cc: [], bcc: [], templateValues: [] },
      attachments: [],
      isFromMigration: false,
    };
    const posts = this.posts.get(id) ?? [];
    this.posts.set(id, [...posts.filter((of) => of['_id'] !== post._id), post]);
  }
}
