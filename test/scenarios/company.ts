import { readFileSync } from 'node:fs';

import type { FakeAircall, FakeGuesty, ManualClock } from '#libs/testing';

type Thing = Readonly<Record<string, unknown>>;

const fixture = (path: string): Thing =>
  JSON.parse(readFileSync(new URL(`../fixtures/${path}.json`, import.meta.url), 'utf8')) as Thing;
const dataOf = (name: string): Thing => fixture(`aircall/${name}`)['data'] as Thing;
const firstOf = (name: string, key: string): Thing =>
  (fixture(`guesty/api/${name}`)[key] as readonly Thing[])[0] ?? {};

/** 24 hexadecimal digits, as Guesty makes its ids: the first eight are a time. */
const hex = (kind: number, n: number): string =>
  `66d3e4f5${String(kind).padStart(4, '0')}${String(n).padStart(12, '0')}`;

/** What happens at a hotel company, one thing after another, told by both of its providers. */
export class Company {
  #calls = 0;
  #steps = 0;

  constructor(
    private readonly aircall: FakeAircall,
    private readonly guesty: FakeGuesty,
    private readonly clock: ManualClock,
  ) {}

  /** Aircall's turn, then Guesty's: each tells one event. */
  async step(): Promise<void> {
    const turn = this.#steps++;
    await this.#atAircall(turn);
    await this.#atGuesty(turn);
  }

  get #seconds(): number {
    return Math.floor(this.clock.now() / 1000);
  }

  get #iso(): string {
    return new Date(this.clock.now()).toISOString();
  }

  async #atAircall(turn: number): Promise<void> {
    const steps = [
      () => this.#call('call.created', 'call.created.inbound', { started_at: this.#seconds }),
      () => this.#call('call.answered', 'call.answered', { answered_at: this.#seconds }),
      () => this.#call('call.hold', 'call.hold', {}),
      () => this.#call('call.ended', 'call.ended.answered', this.#ending()),
      () => this.#contact(turn % 23),
      () => this.#message(turn),
      () => this.#call('call.tagged', 'call.tagged', {}),
      () => this.#presence(turn),
    ];
    await steps[turn % steps.length]?.();
  }

  async #call(event: string, name: string, times: Thing): Promise<void> {
    if (event === 'call.created') this.#calls++;
    const id = 5_000_000_000 + this.#calls;
    const before = this.aircall.state.calls.get(String(id)) ?? {};
    const { started_at, answered_at, ended_at, duration } = before;
    const own = { started_at, answered_at, ended_at, duration, ...times };
    await this.aircall.happen(event, { ...dataOf(name), ...own, id, call_uuid: `CA${id}` });
    if (event === 'call.ended') this.#understood(id);
  }

  #ending(): Thing {
    return { ended_at: this.#seconds, duration: 120 };
  }

  /** What the add-on makes of a call, a moment after its end. */
  #understood(id: number): void {
    const summary = {
      id: id + 1,
      call_id: id,
      created_at: this.#iso,
      content: `A summary of ${id}.`,
    };
    this.aircall.state.intelligence.set(`${id}/summary`, { summary });
  }

  async #contact(n: number): Promise<void> {
    const times = { created_at: 1_700_000_000, updated_at: this.#seconds };
    const name = { first_name: `Guest ${n}`, last_name: `of ${this.#seconds}` };
    await this.aircall.happen('contact.updated', {
      ...dataOf('contact.updated'),
      ...{ id: 77_000_000 + n, ...times, ...name },
    });
  }

  async #message(turn: number): Promise<void> {
    const times = { created_at: this.#iso, updated_at: this.#iso, sent_at: this.#iso };
    const id = `${this.clock.now()}m${turn}`;
    await this.aircall.happen('message.received', {
      ...dataOf('message.received.sms'),
      ...times,
      id,
    });
  }

  async #presence(turn: number): Promise<void> {
    const id = 910_000 + (turn % 5);
    await this.aircall.happen('user.closed.v2', { ...dataOf('user.closed.v2'), id });
  }

  async #atGuesty(turn: number): Promise<void> {
    const steps = [
      () => this.#reservation(turn % 40),
      () => this.#post(turn),
      () => this.#guest(turn % 30),
      () => this.#reservation(turn % 17),
      () => this.#listing(turn % 7),
      () => this.#post(turn),
      () => this.#task(turn % 11),
      () => this.#payment(turn),
    ];
    await steps[turn % steps.length]?.();
  }

  async #reservation(n: number): Promise<void> {
    const _id = hex(1, n);
    const status = this.#seconds % 3 === 0 ? 'canceled' : 'confirmed';
    const whole = firstOf('rest.reservations.list', 'results');
    const own = { _id, status, guestId: hex(2, n % 30), listingId: hex(3, n % 7) };
    this.guesty.state.reservations.set(_id, { ...whole, ...own });
    const { data } = fixture('guesty/reservation.updated.v2') as { data: Thing };
    await this.guesty.happen('reservation.updated.v2', {
      event: 'reservation.updated.v2',
      meta: { eventId: hex(9, this.#steps), publishedAt: this.#iso },
      data: { ...data, reservationId: _id, unitId: own.listingId, status },
    });
  }

  async #post(turn: number): Promise<void> {
    const sample = fixture('guesty/reservation.messageReceived.airbnb');
    const text = `Message ${turn} at ${this.#iso}`;
    const about = { _id: hex(4, turn % 9), lastModifiedAt: this.#iso, lastUpdatedAt: this.#iso };
    await this.guesty.happen('reservation.messageReceived', {
      ...sample,
      reservationId: hex(1, turn % 9),
      message: {
        ...(sample['message'] as Thing),
        postId: hex(5, turn),
        body: text,
        createdAt: this.#iso,
      },
      conversation: { ...(sample['conversation'] as Thing), ...about },
    });
  }

  async #guest(n: number): Promise<void> {
    const guest = firstOf('rest.guests-crud.list', 'results');
    const own = { _id: hex(2, n), firstName: `Guest ${n}`, lastName: `At ${this.#seconds}` };
    await this.guesty.happen('guest.updated', {
      event: 'guest.updated',
      guest: { ...guest, ...own, fullName: `${own.firstName} ${own.lastName}` },
      by: 'somebody',
    });
  }

  async #listing(n: number): Promise<void> {
    const listing = firstOf('rest.listings.list', 'results');
    const own = { _id: hex(3, n), nickname: `ROOM-${n}`, title: `Room ${n} at ${this.#seconds}` };
    await this.guesty.happen('listing.updated', {
      event: 'listing.updated',
      listing: { ...listing, ...own, lastUpdatedAt: this.#iso },
    });
  }

  async #task(n: number): Promise<void> {
    const task = fixture('guesty/api/rest.task.get');
    await this.guesty.happen('task.updated', {
      event: 'task.updated',
      task: { ...task, _id: hex(6, n), title: `Task ${n} at ${this.#seconds}` },
    });
  }

  async #payment(n: number): Promise<void> {
    const sample = fixture('guesty/payments.failed');
    const payment = {
      ...(sample['payment'] as Thing),
      reservationId: hex(1, n),
      paymentId: hex(7, n),
    };
    await this.guesty.happen('payments.failed', { ...sample, payment });
  }
}
