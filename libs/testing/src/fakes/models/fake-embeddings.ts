import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

export interface EmbeddingsRequest {
  readonly model: string;
  readonly input: readonly string[];
  readonly encoding: string;
  readonly authorization: string | undefined;
}

/** What a request gets instead of vectors. */
export type EmbeddingsAnswer =
  | {
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      /** Written as it stands where it is a text, else as JSON. */
      readonly body?: unknown;
    }
  | 'hangs_up'
  | 'breaks_off'
  | 'falls_silent';

/** What the server does with the next request; `undefined` lets it answer as it should. */
export type EmbeddingsScript = (request: EmbeddingsRequest) => EmbeddingsAnswer | undefined;

/** A server of embeddings on loopback that goes wrong as a test tells it. Its vectors are the lengths of texts. */
export class FakeEmbeddings {
  readonly requests: EmbeddingsRequest[] = [];
  script: EmbeddingsScript = () => undefined;
  model = 'fake-model';
  dimension = 4;
  /** How many requests were open at once, at most. */
  most = 0;
  #open = 0;
  readonly #server = createServer((request, response) => void this.#serve(request, response));

  async start(): Promise<this> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return this;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/v1`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.most = Math.max(this.most, ++this.#open);
    response.on('close', () => this.#open--);
    const asked = await read(request);
    this.requests.push(asked);
    // Lets others begin, so that their number can be seen.
    await new Promise((resolve) => setTimeout(resolve, 2));
    const scripted = this.script(asked);
    if (scripted === undefined) return this.#answer(response, asked);
    if (scripted === 'falls_silent') return;
    if (scripted === 'hangs_up') return void response.socket?.destroy();
    if (scripted === 'breaks_off') {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '9999' });
      response.write('{"data":[', () => response.socket?.destroy());
      return;
    }
    const { status, headers, body } = scripted;
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body ?? {}));
  }

  #answer(response: ServerResponse, { input, encoding }: EmbeddingsRequest): void {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(embeddingsAnswerOf(this, input, encoding)));
  }
}

/** As a well server has it. Turned round: an answer carries its own order. */
export const embeddingsAnswerOf = (
  { model, dimension }: { readonly model: string; readonly dimension: number },
  input: readonly string[],
  encoding: string,
) => ({
  object: 'list',
  model,
  data: input
    .map((text, index) => {
      const vector = Float32Array.from({ length: dimension }, (_, i) =>
        i === 0 ? text.length : i,
      );
      const base64 = Buffer.from(vector.buffer).toString('base64');
      return {
        object: 'embedding',
        index,
        embedding: encoding === 'base64' ? base64 : [...vector],
      };
    })
    .reverse(),
  usage: { prompt_tokens: 1, total_tokens: 1 },
});

const read = async (request: IncomingMessage): Promise<EmbeddingsRequest> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = JSON.parse(Buffer.concat(chunks).toString()) as {
    model: string;
    input: string[];
    encoding_format: string;
  };
  const { authorization } = request.headers;
  return { model: body.model, input: body.input, encoding: body.encoding_format, authorization };
};
