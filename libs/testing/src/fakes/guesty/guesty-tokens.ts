import type { Clock } from '#libs/kernel';

import type { FakeAnswer, FakeRequest } from '../web/fake-server.js';
import { RateWindow } from '../web/rate-window.js';

const DAY = 86_400_000;

export interface FakeClient {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Five requests for a token in 24 hours, refused ones too; each token is good for a day. */
export class GuestyTokens {
  asked = 0;
  given = 0;
  readonly #tokens = new Map<string, number>();
  readonly #window: RateWindow;

  constructor(
    private readonly clock: Clock,
    private readonly client: FakeClient,
  ) {
    this.#window = new RateWindow(clock, 5, DAY);
  }

  /** Every token that is out, as when somebody revokes them at the provider. */
  revoke(): void {
    this.#tokens.clear();
  }

  holds(authorization: unknown): boolean {
    const [, token = ''] = /^Bearer (.*)$/.exec(String(authorization)) ?? [];
    return (this.#tokens.get(token) ?? 0) > this.clock.now();
  }

  answer({ body, headers }: FakeRequest): FakeAnswer {
    this.asked++;
    const wait = this.#window.take();
    if (wait > 0)
      return {
        status: 429,
        body: { error: 'too_many_requests' },
        headers: { 'retry-after': String(Math.ceil(wait / 1000)) },
      };
    const form = new URLSearchParams(body);
    const isForm = headers['content-type'] === 'application/x-www-form-urlencoded';
    if (
      !isForm ||
      form.get('grant_type') !== 'client_credentials' ||
      form.get('scope') !== 'open-api'
    )
      return { status: 400, body: { error: 'invalid_request' } };
    const { clientId, clientSecret } = this.client;
    if (form.get('client_id') !== clientId || form.get('client_secret') !== clientSecret)
      return { status: 401, body: { error: 'invalid_client' } };
    const access_token = `eyJhbGciOiJSUzI1NiJ9.token-${++this.given}.${this.clock.now()}`;
    this.#tokens.set(access_token, this.clock.now() + DAY);
    const token = { token_type: 'Bearer', expires_in: 86_400, access_token, scope: 'open-api' };
    return { status: 200, body: token };
  }
}
