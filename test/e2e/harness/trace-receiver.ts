import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Where traces go by OTLP over HTTP: keeps every byte. */
export class TraceReceiver {
  readonly #bodies: Buffer[] = [];
  readonly #server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      this.#bodies.push(Buffer.concat(chunks));
      response.setHeader('content-type', 'application/json').end('{}');
    });
  });

  async start(): Promise<string> {
    await once(this.#server.listen(0, '127.0.0.1'), 'listening');
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/v1/traces`;
  }

  get received(): Buffer {
    return Buffer.concat(this.#bodies);
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
