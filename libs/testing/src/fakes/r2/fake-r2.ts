import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { AwsClient } from 'aws4fetch';
import { jwtVerify, type JWTPayload } from 'jose';

import type { S3Account } from '../../peers/s3-request.js';
import { askedOfR2, type AskedOfR2 } from './r2-action.js';
import { bodyOf, isSignedBy, signedRequest } from './r2-request.js';

/** As R2 takes it: what is younger is neither removed nor replaced. */
export interface R2LockRule {
  readonly prefix: string;
  readonly maxAgeSeconds: number;
}

export interface FakeR2Options {
  /** What keeps the objects. */
  readonly upstream: { readonly url: string; readonly owner: S3Account };
  /** API tokens: they may do everything with every bucket. */
  readonly parents: readonly S3Account[];
  readonly account: string;
  readonly now?: () => number;
}

export interface R2Call extends AskedOfR2 {
  readonly status: number;
}

interface R2Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

const denied: R2Refusal = { status: 403, code: 'AccessDenied', message: 'Access Denied' };
const unauthorized: R2Refusal = { status: 401, code: 'Unauthorized', message: 'Unauthorized' };
const unsigned: R2Refusal = {
  status: 403,
  code: 'SignatureDoesNotMatch',
  message: 'The request signature we calculated does not match the signature you provided.',
};
const locked: R2Refusal = {
  status: 403,
  code: 'ObjectLockedByBucketPolicy',
  message: 'The object is locked by the bucket policy.',
};

const REPLACES = ['PutObject', 'CopyObject', 'CompleteMultipartUpload', 'DeleteObject'];

/**
 * Stands before an S3 server and does what R2 does: knows signatures, temporary credentials that were signed elsewhere,
 * and locks of buckets. It knows nothing from our own code about how they are made.
 */
export class FakeR2 {
  readonly calls: R2Call[] = [];
  /** Hears of each call right after it was decided. */
  onCall: ((call: R2Call) => void) | undefined;
  /** By bucket. */
  readonly locks = new Map<string, readonly R2LockRule[]>();
  readonly #options: FakeR2Options;
  readonly #upstream: AwsClient;
  /** When what is there was written, by the clock of R2. */
  readonly #written = new Map<string, number>();
  readonly #server: Server;

  constructor(options: FakeR2Options) {
    this.#options = options;
    const { accessKey, accessSecret } = options.upstream.owner;
    this.#upstream = new AwsClient({
      ...{ accessKeyId: accessKey, secretAccessKey: accessSecret },
      ...{ service: 's3', region: 'us-east-1', retries: 0 },
    });
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch((error: unknown) => {
        response.writeHead(500).end(String(error));
      });
    });
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get url(): string {
    return `http://${this.host}`;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const sent: Buffer[] = [];
    for await (const piece of request) sent.push(piece as Buffer);
    const url = new URL(request.url ?? '/', this.url);
    const asked = askedOfR2(request.method ?? '', url, request.headers);
    const body = bodyOf(request, Buffer.concat(sent));
    const refusal =
      (body === undefined ? unsigned : undefined) ??
      (await this.#refusalOf(request, asked)) ??
      (await this.#lockOn(asked));
    if (refusal) {
      this.#note({ ...asked, status: refusal.status });
      answerRefusal(request, response, refusal);
      return;
    }
    const answer = await this.#ask(request, url, body);
    if (answer.ok && REPLACES.includes(asked.action))
      this.#written.set(`${asked.bucket}/${asked.key}`, this.#now());
    this.#note({ ...asked, status: answer.status });
    const content = Buffer.from(await answer.arrayBuffer());
    response.writeHead(answer.status, headersOf(answer, content)).end(content);
  }

  #note(call: R2Call): void {
    this.calls.push(call);
    this.onCall?.(call);
  }

  async #refusalOf(request: IncomingMessage, asked: AskedOfR2): Promise<R2Refusal | undefined> {
    const signed = signedRequest(request);
    const parent = this.#options.parents.find(({ accessKey }) => accessKey === signed?.accessKey);
    if (!signed || !parent) return unauthorized;
    const token = request.headers['x-amz-security-token'];
    if (token === undefined)
      return isSignedBy(request, signed, parent.accessSecret) ? undefined : unsigned;
    const text = Buffer.from(String(token), 'base64').toString('utf8');
    const jwt = text.startsWith('jwt/') ? text.slice(4) : '';
    const claims = await this.#claimsOf(jwt, parent);
    if (!claims) return unauthorized;
    const secret = createHash('sha256').update(jwt).digest('hex');
    if (!isSignedBy(request, signed, secret)) return unsigned;
    return isLent(claims, asked) ? undefined : denied;
  }

  async #claimsOf(jwt: string, parent: S3Account): Promise<LentClaims | undefined> {
    const { account } = this.#options;
    try {
      const { payload } = await jwtVerify<LentClaims>(jwt, Buffer.from(parent.accessSecret), {
        ...{ algorithms: ['HS256'], audience: this.host, issuer: parent.accessKey },
        ...{ subject: account, currentDate: new Date(this.#now()), requiredClaims: ['iat', 'exp'] },
      });
      return (payload.iat ?? 0) * 1000 > this.#now() ? undefined : payload;
    } catch {
      return undefined;
    }
  }

  async #lockOn({ action, bucket, key }: AskedOfR2): Promise<R2Refusal | undefined> {
    const ages = (this.locks.get(bucket) ?? [])
      .filter(({ prefix }) => key.startsWith(prefix))
      .map(({ maxAgeSeconds }) => maxAgeSeconds * 1000);
    if (ages.length === 0 || !REPLACES.includes(action)) return undefined;
    const written = this.#written.get(`${bucket}/${key}`);
    if (written === undefined || this.#now() - written >= Math.max(...ages)) return undefined;
    const path = [bucket, ...key.split('/')].map(encodeURIComponent).join('/');
    const look = await this.#upstream.sign(`${this.#options.upstream.url}/${path}`, {
      method: 'HEAD',
    });
    return (await fetch(look)).ok ? locked : undefined;
  }

  #now(): number {
    return (this.#options.now ?? Date.now)();
  }

  async #ask(request: IncomingMessage, url: URL, body: Buffer | undefined): Promise<Response> {
    const kept = ['content-type', 'range', 'if-none-match', 'if-match', 'content-md5'];
    const headers = Object.fromEntries(
      Object.entries(request.headers).filter(
        ([name]) => kept.includes(name) || name.startsWith('x-amz-meta-'),
      ),
    ) as Record<string, string>;
    const method = request.method ?? 'GET';
    const hasBody = method === 'PUT' || method === 'POST';
    const signed = await this.#upstream.sign(
      `${this.#options.upstream.url}${url.pathname}${url.search}`,
      { method, headers, ...(hasBody && { body: new Uint8Array(body ?? []) }) },
    );
    return fetch(signed);
  }
}

interface LentClaims extends JWTPayload {
  readonly bucket?: string;
  readonly scope?: string;
  readonly actions?: readonly string[];
  readonly paths?: {
    readonly prefixPaths?: readonly string[];
    readonly objectPaths?: readonly string[];
  };
}

const isLent = ({ bucket, actions, paths }: LentClaims, asked: AskedOfR2): boolean => {
  if (bucket !== asked.bucket || !actions?.includes(asked.action)) return false;
  if (!paths || asked.action === 'GetBucketLocation') return true;
  const prefixes = paths.prefixPaths ?? [];
  if (asked.key === '') return prefixes.some((prefix) => asked.prefix.startsWith(prefix));
  return (
    prefixes.some((prefix) => asked.key.startsWith(prefix)) ||
    (paths.objectPaths ?? []).includes(asked.key)
  );
};

const headersOf = (answer: Response, content: Buffer): Record<string, string> => {
  const headers = Object.fromEntries(answer.headers);
  delete headers['transfer-encoding'];
  delete headers['connection'];
  // Of a HEAD it says how long the object is.
  if (content.length > 0) headers['content-length'] = String(content.length);
  return headers;
};

const answerRefusal = (
  { method }: IncomingMessage,
  response: ServerResponse,
  { status, code, message }: R2Refusal,
): void => {
  const xml = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(method === 'HEAD' ? '' : xml);
};
