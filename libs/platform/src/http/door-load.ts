import type { Fault } from '#libs/kernel';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

import { BodyBudget, type HeldBody } from './body-budget.js';
import { Connections, connectionLimit, type Connection } from './connections.js';

/** Why a sender was turned away or let go: `body` and `connection` were too slow, `overload` found no room. */
export type ShedReason = 'body' | 'connection' | 'overload';

export interface DoorLoadOptions {
  readonly bodies?: BodyBudget;
  readonly mostConnections?: number;
  readonly onShed?: (reason: ShedReason) => void;
}

/** On the thing itself: a weak map costs more to ask than all the rest. */
const CONNECTION = Symbol('connection');
const HELD = Symbol('held');

interface HeldSocket extends Socket {
  [CONNECTION]?: Connection;
}
interface HeldRequest extends IncomingMessage {
  readonly socket: HeldSocket;
  [HELD]?: HeldBody;
}

/** What a door has in hand: its connections and the bodies on them, both within limits. */
export class DoorLoad {
  readonly #bodies: BodyBudget;
  readonly #connections: Connections;
  readonly #onShed: (reason: ShedReason) => void;

  constructor({
    bodies = new BodyBudget(),
    mostConnections = connectionLimit,
    onShed = () => undefined,
  }: DoorLoadOptions = {}) {
    this.#bodies = bodies;
    this.#onShed = onShed;
    this.#connections = new Connections(mostConnections, () => onShed('connection'));
  }

  get heldBytes(): number {
    return this.#bodies.heldBytes;
  }

  get openConnections(): number {
    return this.#connections.open;
  }

  /** Listens before the handlers that answer, so that a request is known before it is read. */
  watch(server: Server): void {
    // Who is beyond this gets no answer at all; those between are told.
    server.maxConnections = this.#connections.most * 2;
    server.prependListener('connection', (socket: HeldSocket) => {
      socket[CONNECTION] = this.#connections.add(socket);
    });
    server.prependListener('request', (request: HeldRequest, answer: ServerResponse) => {
      const connection = request.socket[CONNECTION];
      if (!connection) return;
      this.#connections.asked(connection, answer, isWithoutBody(request));
      answer.once('close', () => {
        request[HELD]?.release();
        this.#connections.answered(connection, answer.statusCode < 400);
      });
    });
  }

  /** Once it closes, Fastify refuses each request that comes on a kept connection. So nobody is asked to keep one. */
  endAfterAnswers(): void {
    this.#connections.endAfterAnswers();
  }

  /** The memory of a request's body. `cut` is called when the door needs it for somebody quicker. */
  hold(request: HeldRequest, cut: (why: Fault) => void): HeldBody {
    const connection = request.socket[CONNECTION];
    const body = this.#bodies.open(cut);
    if (!connection) return untilWhole(body);
    const held = new BodyOnConnection(body, cut, connection, this.#connections);
    request[HELD] = held;
    return held;
  }

  /** Counts who was turned away for the load alone. */
  refused({ code }: Fault): void {
    if (code === 'DOOR_SENDER_TOO_SLOW') this.#onShed('body');
    if (code === 'DOOR_OVERLOADED') this.#onShed('overload');
  }

  /** It came when every connection was being answered: only what needs no body is done for it. */
  isSurplus(request: HeldRequest): boolean {
    return request.socket[CONNECTION]?.surplus === true;
  }
}

const isWithoutBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] === undefined && (headers['content-length'] ?? '0') === '0';

/** Where nobody watches the connection, nobody says when the answer is sent. */
const untilWhole = (body: HeldBody): HeldBody => ({
  grow: (bytes) => body.grow(bytes),
  whole: () => body.release(),
  release: () => body.release(),
});

/** Tells the connection when its body has come, so that neither is cut any more. */
class BodyOnConnection implements HeldBody {
  readonly #cut = (why: Fault): void => {
    this.release();
    this.cut(why);
  };

  constructor(
    private readonly body: HeldBody,
    private readonly cut: (why: Fault) => void,
    private readonly connection: Connection,
    private readonly connections: Connections,
  ) {
    connection.bodies.push(this);
    connection.cutBody = this.#cut;
  }

  grow(bytes: number): void {
    this.body.grow(bytes);
  }

  whole(): void {
    this.body.whole();
    this.#arrivesNoMore();
    this.connections.whole(this.connection);
  }

  release(): void {
    this.body.release();
    const { bodies } = this.connection;
    const at = bodies.indexOf(this);
    if (at >= 0) bodies.splice(at, 1);
    this.#arrivesNoMore();
  }

  /** The body that arrives now may be the next one's. */
  #arrivesNoMore(): void {
    if (this.connection.cutBody === this.#cut) this.connection.cutBody = undefined;
  }
}
