import { connect, type Socket } from 'node:net';

export interface HalfSentLoad {
  readonly url: string;
  readonly senders: number;
}

/** What came back to those who stopped in the middle of a body. */
export interface HalfSentTold {
  /** Answers, by status; 0 where the line broke without one. */
  readonly statuses: Readonly<Record<number, number>>;
}

const DECLARED = 1024 * 1024;
const SENT = Buffer.alloc(DECLARED / 2, 'x');
/** Who was told waits so long before the next try, as a stranger's tool would. */
const AGAIN_MS = 100;

/** Many senders that each announce 1 MiB, send half of it and fall silent; who is cut begins again. */
export class HalfSentSenders {
  readonly #open = new Set<Socket>();
  readonly #statuses: Record<number, number> = {};
  #over = false;

  constructor(private readonly load: HalfSentLoad) {}

  start(): void {
    for (let i = 0; i < this.load.senders; i++) this.#send();
  }

  stop(): HalfSentTold {
    this.#over = true;
    for (const socket of this.#open) socket.destroy();
    return { statuses: this.#statuses };
  }

  #send(): void {
    const { hostname: host, port } = new URL(this.load.url);
    const socket = connect({ host, port: Number(port) });
    this.#open.add(socket);
    let text = '';
    socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
    socket.on('error', () => undefined);
    socket.once('close', () => {
      this.#open.delete(socket);
      if (this.#over) return;
      const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0);
      this.#statuses[status] = (this.#statuses[status] ?? 0) + 1;
      setTimeout(() => this.#over || this.#send(), AGAIN_MS);
    });
    socket.write(
      `POST /webhooks/aircall HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\n` +
        `content-length: ${DECLARED}\r\n\r\n`,
    );
    socket.write(SENT);
  }
}
