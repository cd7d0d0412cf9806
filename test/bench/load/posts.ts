import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { Bodies } from './bodies.js';

/** What a sender posts, one after another, made as cheaply as can be. */
export interface Posts {
  /** Good until the next is asked for. */
  post(n: number): { readonly head: string; readonly body: Uint8Array };
}

/** Which provider's posts: Aircall's calls, or by turns Aircall's, Guesty's and a generic source's. */
export type Kind = 'aircall' | 'mixed';

export interface Secrets {
  readonly aircall: string;
  /** `whsec_…`, of Guesty and of the generic source `bench` alike. */
  readonly signing?: string;
}

const headFor = (host: string, source: string, length: number, more = ''): string =>
  `POST /webhooks/${source} HTTP/1.1\r\nhost: ${host}\r\nuser-agent: innkeeper-bench\r\n` +
  `content-type: application/json\r\n${more}content-length: ${length}\r\n\r\n`;

export class AircallPosts implements Posts {
  readonly #bodies: Bodies;
  readonly #head: string;

  constructor(host: string, token: string) {
    this.#bodies = new Bodies(token);
    this.#head = headFor(host, 'aircall', this.#bodies.length);
  }

  post(n: number) {
    return { head: this.#head, body: this.#bodies.body(n) };
  }
}

/** One source's bodies, signed as Standard Webhooks and Svix sign. */
class SignedPosts implements Posts {
  readonly #key: Buffer;

  constructor(
    private readonly host: string,
    private readonly source: string,
    secret: string,
    private readonly bodyOf: (n: number) => string,
  ) {
    this.#key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  }

  post(n: number) {
    const body = Buffer.from(this.bodyOf(n));
    const id = `msg_bench${n}`;
    const timestamp = Math.floor(Date.now() / 1000);
    const signature = createHmac('sha256', this.#key)
      .update(`${id}.${timestamp}.`)
      .update(body)
      .digest('base64');
    const family = this.source === 'guesty' ? 'svix' : 'webhook';
    const headers =
      `${family}-id: ${id}\r\n${family}-timestamp: ${timestamp}\r\n` +
      `${family}-signature: v1,${signature}\r\n`;
    return { head: headFor(this.host, this.source, body.length, headers), body };
  }
}

const sample = (name: string): string =>
  readFileSync(new URL(`../../../../test/fixtures/${name}.json`, import.meta.url), 'utf8');

const RESERVATION = '66d3e4f5a6b7c8d9e0f1a2b3';

const guestyPosts = (host: string, secret: string): Posts => {
  const text = JSON.stringify(
    JSON.parse(sample('guesty/reservation.updated.legacy.dates-changed')),
  );
  return new SignedPosts(host, 'guesty', secret, (n) =>
    text.replaceAll(RESERVATION, n.toString(16).padStart(24, '6')),
  );
};

const noticePosts = (host: string, secret: string): Posts => {
  const notice = {
    type: 'stay.noted',
    timestamp: 1_793_737_570,
    data: { id: 0, note: 'x'.repeat(800) },
  };
  return new SignedPosts(host, 'bench', secret, (n) =>
    JSON.stringify({ ...notice, data: { ...notice.data, id: n } }),
  );
};

class MixedPosts implements Posts {
  constructor(private readonly turns: readonly Posts[]) {}

  post(n: number) {
    const turn = this.turns[n % this.turns.length];
    if (!turn) throw new Error('nobody posts');
    return turn.post(n);
  }
}

export const postsOf = (kind: Kind, host: string, { aircall, signing = '' }: Secrets): Posts => {
  const calls = new AircallPosts(host, aircall);
  if (kind === 'aircall') return calls;
  return new MixedPosts([calls, guestyPosts(host, signing), noticePosts(host, signing)]);
};
