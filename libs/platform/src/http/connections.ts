import { fault, nextTraceparent, problemHeaders, problemOf, type Fault } from '#libs/kernel';
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

import type { HeldBody } from './body-budget.js';

/** Thousands are more than all providers open, and their small bodies together stay below 32 MiB. */
export const connectionLimit = 2_000;

export interface Connection {
  readonly socket: Socket;
  /** How many of its requests are not answered yet. */
  inHand: number;
  asked: boolean;
  /** Its last answer was no refusal. */
  trusted: boolean;
  /** It came when every other connection was being answered. */
  surplus: boolean;
  /** What it waits in for its sender; nothing while we work for it. */
  waitsIn: Set<Connection> | undefined;
  /** Of its newest request. */
  answer: ServerResponse | undefined;
  /** Not given back yet: one, or several where it asks without waiting. */
  readonly bodies: HeldBody[];
  /** Ends the body that is arriving on it. */
  cutBody: ((why: Fault) => void) | undefined;
}

/**
 * The connections of a door, within a limit. A new one always comes in while another only waits for its sender. The
 * one that has waited longest is closed, and first those whose sender has proved nothing.
 */
export class Connections {
  readonly #all = new Set<Connection>();
  /** In the order in which they began to wait. */
  readonly #strangers = new Set<Connection>();
  readonly #trusted = new Set<Connection>();

  constructor(
    readonly most: number,
    private readonly onShed: () => void,
  ) {}

  get open(): number {
    return this.#all.size;
  }

  add(socket: Socket): Connection {
    const connection: Connection = {
      socket,
      inHand: 0,
      asked: false,
      trusted: false,
      surplus: false,
      waitsIn: undefined,
      answer: undefined,
      bodies: [],
      cutBody: undefined,
    };
    if (this.#all.size >= this.most && !this.#shedSlowest()) connection.surplus = true;
    this.#all.add(connection);
    this.#wait(connection);
    socket.once('close', () => {
      this.#forget(connection);
      // An answer that never had its turn on the socket is not told that it is over.
      for (const body of [...connection.bodies]) body.release();
    });
    return connection;
  }

  asked(connection: Connection, answer: ServerResponse, isWhole: boolean): void {
    connection.asked = true;
    connection.answer = answer;
    connection.inHand += 1;
    this.whole(connection);
    if (!isWhole) this.#wait(connection);
  }

  /** The door closes: who is being answered asks nothing more on this connection. */
  endAfterAnswers(): void {
    for (const { answer } of this.#all)
      if (answer?.headersSent === false) answer.setHeader('connection', 'close');
  }

  /** All of its request has come: the next move is ours. */
  whole(connection: Connection): void {
    connection.waitsIn?.delete(connection);
    connection.waitsIn = undefined;
  }

  answered(connection: Connection, isTrusted: boolean): void {
    connection.inHand -= 1;
    connection.trusted = isTrusted;
    if (connection.inHand > 0) return;
    connection.answer = undefined;
    if (!this.#all.has(connection)) return;
    this.whole(connection);
    this.#wait(connection);
  }

  #wait(connection: Connection): void {
    connection.waitsIn = connection.trusted ? this.#trusted : this.#strangers;
    connection.waitsIn.add(connection);
  }

  #forget(connection: Connection): void {
    this.whole(connection);
    this.#all.delete(connection);
  }

  #shedSlowest(): boolean {
    const [slowest] = this.#strangers.size > 0 ? this.#strangers : this.#trusted;
    if (!slowest) return false;
    this.#forget(slowest);
    this.#shed(slowest);
    return true;
  }

  #shed({ cutBody, asked, socket }: Connection): void {
    const why = fault('DOOR_SENDER_TOO_SLOW');
    if (cutBody) return cutBody(why);
    this.onShed();
    // Between two requests there is nothing to answer.
    if (asked) socket.destroy();
    else endWith(socket, why);
  }
}

/** An answer to a request that never came whole, as the rest of the door would give it. */
const endWith = (socket: Socket, cause: Fault): void => {
  const problem = problemOf(cause, nextTraceparent().trace);
  const body = JSON.stringify(problem);
  const headers = Object.entries({
    ...problemHeaders(cause, problem),
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  }).map(([name, value]) => `${name}: ${value}`);
  socket.end([`HTTP/1.1 ${problem.status} Request Timeout`, ...headers, '', body].join('\r\n'));
  socket.destroySoon();
};
