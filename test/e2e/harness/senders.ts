import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

import { aircallPosts, type NextPost, type Post } from './providers.js';

export interface Answered {
  readonly id: string;
  readonly body: Uint8Array;
}

const REMEMBERED = 500;

/** Posts as a provider does: again until it is answered 2xx, and now and then once more. */
export class Senders {
  readonly answered: Answered[] = [];
  refused = 0;
  unanswered = 0;
  #stopped = false;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64 });
  #running: Promise<unknown> = Promise.resolve();

  readonly #sent: Post[] = [];
  readonly #next: NextPost;

  constructor(
    token: string,
    private readonly random: () => number,
    /** Where the door is now; it moves when the platform is started again. */
    private readonly door: () => string | undefined,
    /** Aircall's alone unless told otherwise. */
    posts: (random: () => number, token: string) => NextPost = aircallPosts,
  ) {
    this.#next = posts(random, token);
  }

  start(count: number): void {
    this.#stopped = false;
    this.#running = Promise.all(Array.from({ length: count }, () => this.#send()));
  }

  /** Settles when nothing is under way; they can be started again. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
    this.#agent.destroy();
  }

  async #send(): Promise<void> {
    while (!this.#stopped) {
      const again = this.#sent.length > 0 && this.random() < 0.05;
      const known = this.#sent[Math.floor(this.random() * this.#sent.length)];
      await this.#deliver(again && known ? known : await this.#next());
      // Bursts and pauses, as providers have them; without any, the backlog outgrows every look at it.
      if (this.random() > 0.3) await delay(this.random() * 160);
    }
  }

  /** The newest few: a signature is good for minutes only, as a provider's own repetition is. */
  #remember(sent: Post): void {
    if (this.#sent.push(sent) > REMEMBERED) this.#sent.shift();
  }

  async #deliver(sent: Post): Promise<void> {
    while (!this.#stopped) {
      const answer = await post(this.#agent, this.door(), sent);
      if (answer?.status === 200) {
        const { id } = JSON.parse(answer.text) as { id: string };
        this.answered.push({ id, body: sent.body });
        this.#remember(sent);
        return;
      }
      if (answer) this.refused += 1;
      else this.unanswered += 1;
      await delay(20);
    }
  }
}

const post = (
  agent: Agent,
  url: string | undefined,
  { source, headers, body }: Post,
): Promise<{ status: number; text: string } | undefined> =>
  new Promise((resolve) => {
    if (!url) return resolve(undefined);
    const sent = request(
      `${url}/webhooks/${source}`,
      {
        method: 'POST',
        agent,
        headers: { ...headers, 'content-length': body.length },
        timeout: 10_000,
      },
      (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
        response.on('error', () => resolve(undefined));
      },
    );
    sent.on('timeout', () => sent.destroy());
    sent.on('error', () => resolve(undefined));
    sent.end(body);
  });
