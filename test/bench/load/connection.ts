import { connect, type Socket } from 'node:net';

/** One keep-alive connection that posts one body at a time. As little of a client as can be. */
export class Connection {
  #socket: Socket;
  #text = '';
  #answered: ((status: number) => void) | undefined;

  constructor(private readonly url: URL) {
    this.#socket = this.#open();
  }

  /** `answered` gets the status, 0 where the connection broke. */
  post(head: string, body: Uint8Array, answered: (status: number) => void): void {
    // The door closes a connection that has said nothing for a while, as one at a low rate may.
    if (!this.#socket.writable && !this.#socket.connecting) this.#socket = this.#open();
    this.#answered = answered;
    this.#socket.write(Buffer.concat([Buffer.from(head, 'latin1'), body]));
  }

  close(): void {
    this.#socket.destroy();
  }

  #open(): Socket {
    this.#text = '';
    const { hostname: host, port } = this.url;
    const socket = connect({ host, port: Number(port), noDelay: true });
    const broken = (): void => {
      if (socket === this.#socket) this.#end(0);
    };
    return socket
      .on('data', (chunk: Buffer) => this.#read(chunk.toString('latin1')))
      .on('error', broken)
      .on('close', broken);
  }

  #read(chunk: string): void {
    this.#text += chunk;
    const end = this.#text.indexOf('\r\n\r\n');
    if (end < 0) return;
    const length = Number(/content-length: (\d+)/i.exec(this.#text)?.[1] ?? 0);
    if (this.#text.length < end + 4 + length) return;
    const status = Number(this.#text.slice(9, 12));
    this.#text = '';
    this.#end(status);
  }

  #end(status: number): void {
    const answered = this.#answered;
    this.#answered = undefined;
    answered?.(status);
  }
}
