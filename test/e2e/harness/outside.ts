import { setTimeout as delay } from 'node:timers/promises';

import { Secret, type OperatorRole } from '#libs/kernel';
import { issueToken } from '#libs/platform';
import type { SignedRequest } from '#libs/ports/provider';
import { HANG_MS } from '#libs/testing';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // What a test expects of it is the test's own business.
  readonly json: never;
}

export const ask = async (url: string, init: RequestInit = {}): Promise<Answer> => {
  const response = await fetch(url, { ...init, signal: AbortSignal.timeout(HANG_MS) });
  const text = await response.text();
  const isJson = /[/+]json/.test(response.headers.get('content-type') ?? '');
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: (isJson ? JSON.parse(text) : undefined) as never,
  };
};

/** A delivery as Aircall posts it. */
export const knock = (url: string, body: Uint8Array | string): Promise<Answer> =>
  ask(`${url}/webhooks/aircall`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });

/** A signed post at the door of its source. */
export const deliver = (
  url: string,
  { source, headers, body }: SignedRequest & { readonly source: string },
): Promise<Answer> =>
  ask(`${url}/webhooks/${source}`, { method: 'POST', headers, body: new Uint8Array(body) });

/** The API as one operator sees it. */
export class Operator {
  readonly #token: Promise<string>;

  constructor(
    private readonly url: () => string,
    signingKey: string,
    role: OperatorRole,
    /** Whom the directory knows. */
    name = `a-${role}`,
  ) {
    this.#token = issueToken(new Secret(signingKey), { name, role });
  }

  async get(path: string): Promise<Answer> {
    return ask(`${this.url()}${path}`, {
      headers: { authorization: `Bearer ${await this.#token}` },
    });
  }

  async delete(path: string): Promise<Answer> {
    return ask(`${this.url()}${path}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${await this.#token}` },
    });
  }

  async post(
    path: string,
    body: object = {},
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    return ask(`${this.url()}${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await this.#token}`,
        'content-type': 'application/json',
        ...headers,
      },
      body: JSON.stringify(body),
    });
  }
}

/** Looks until it is so. What is waited for names the failure. */
export const until = async <T>(
  what: string,
  look: () => Promise<T | undefined | false>,
): Promise<T> => {
  const end = Date.now() + HANG_MS;
  for (let waitMs = 25; Date.now() < end; waitMs = Math.min(500, waitMs * 1.2)) {
    const seen = await look();
    if (seen !== undefined && seen !== false) return seen;
    await delay(waitMs);
  }
  throw new Error(`waited ${HANG_MS} ms in vain: ${what}`);
};

export interface ShownHealth {
  readonly status: 'ready' | 'not_ready';
  readonly roles: readonly {
    readonly name: string;
    readonly role: string;
    readonly ready: boolean;
    readonly code?: string;
  }[];
  readonly backends: readonly { readonly name: string; readonly ready: boolean }[];
}

export const healthOf = async (url: string): Promise<{ status: number; health: ShownHealth }> => {
  const { status, json } = await ask(`${url}/health/ready`);
  return { status, health: json };
};
