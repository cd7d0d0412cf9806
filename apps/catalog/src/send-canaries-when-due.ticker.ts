import type { Source } from '#libs/intake';
import { sendCanary, type Knock } from '#libs/operations';
import { Process, TickerNamed, type Ticker } from '#libs/platform';
import { Inject, Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';

const TIMEOUT_MS = 10_000;

/** Sends one probe through each door; what does not come back is what `doctor` tells. */
@Injectable()
@TickerNamed('send-canaries')
export class SendCanariesWhenDueTicker implements Ticker {
  readonly #send = sendCanary({ knock: (...args) => this.#knock(...args) });

  constructor(
    @Inject(Process) private readonly process: Process,
    @Inject(HttpAdapterHost) private readonly host: HttpAdapterHost<FastifyAdapter>,
  ) {}

  get everyMs(): number {
    return this.process.settings.canary.seconds * 1000;
  }

  async tick(): Promise<void> {
    await Promise.all([...this.process.parts.sources.values()].map((one) => this.#probe(one)));
  }

  async #probe({ provider, secrets: [secret] }: Source): Promise<void> {
    if (!secret) return;
    const status = await this.#send(provider, secret, this.process.parts.clock.now());
    if (status !== undefined)
      this.process.log.warn('canary.refused', { source: provider.name, status, canary: true });
  }

  readonly #knock: Knock = async (source, { headers, body }) => {
    try {
      const response = await fetch(`${this.#door()}/webhooks/${source}`, {
        method: 'POST',
        headers: { ...headers, 'user-agent': 'innkeeper-canary' },
        body: new Uint8Array(body),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await response.arrayBuffer();
      return response.ok ? undefined : response.status;
    } catch {
      // The door does not answer at all; that it has not is what matters.
      return 0;
    }
  };

  /** The one that settings name, else this process's own. */
  #door(): string {
    if (this.process.settings.canary.url) return this.process.settings.canary.url;
    const address = this.host.httpAdapter.getHttpServer().address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    return `http://${this.process.settings.http.host}:${port}`;
  }
}
