import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** A request that is signed as S3 wants it (version 4), taken apart. */
export interface SignedR2Request {
  readonly accessKey: string;
  readonly scope: string;
  readonly signed: readonly string[];
  readonly signature: string;
}

const sha256 = (text: Buffer | string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: Buffer | string, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest();

export const signedRequest = ({ headers }: IncomingMessage): SignedR2Request | undefined => {
  const [, accessKey = '', scope = '', signed = '', signature = ''] =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/([^,]+),\s*SignedHeaders=([^,]+),\s*Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? '',
    ) ?? [];
  return accessKey === '' ? undefined : { accessKey, scope, signed: signed.split(';'), signature };
};

/** Whether who signed it knows the secret, and its body is the one that was signed. */
export const isSignedBy = (
  request: IncomingMessage,
  { scope, signed, signature }: SignedR2Request,
  secret: string,
): boolean => {
  const { headers, method = '', url = '' } = request;
  const [path = '', query = ''] = url.split('?');
  const lines = signed.map((name) => `${name}:${String(headers[name] ?? '').trim()}\n`);
  const sum = String(headers['x-amz-content-sha256'] ?? '');
  const canonical = [method, path, sortedQuery(query), lines.join(''), signed.join(';'), sum];
  const [day = '', region = '', service = ''] = scope.split('/');
  const key = hmac(hmac(hmac(hmac(`AWS4${secret}`, day), region), service), 'aws4_request');
  const time = String(headers['x-amz-date'] ?? '');
  const toSign = ['AWS4-HMAC-SHA256', time, scope, sha256(canonical.join('\n'))].join('\n');
  return timingSafeEqual(hmac(key, toSign), Buffer.from(signature, 'hex'));
};

const sortedQuery = (query: string): string =>
  query
    .split('&')
    .filter((part) => part !== '')
    .map((part) => (part.includes('=') ? part : `${part}=`))
    .sort()
    .join('&');

/** Without TLS clients sign a body piece by piece: `<hex length>;chunk-signature=…`, the piece, and so on. */
export const bodyOf = ({ headers }: IncomingMessage, sent: Buffer): Buffer | undefined => {
  const sum = String(headers['x-amz-content-sha256'] ?? '');
  if (/^[0-9a-f]{64}$/.test(sum)) return sha256(sent) === sum ? sent : undefined;
  if (!sum.startsWith('STREAMING-')) return sent;
  const pieces: Buffer[] = [];
  for (let at = 0; at < sent.length;) {
    const end = sent.indexOf('\r\n', at);
    const length = parseInt(sent.subarray(at, end).toString('latin1'), 16);
    if (end < 0 || !(length > 0)) break;
    pieces.push(sent.subarray(end + 2, end + 2 + length));
    at = end + 2 + length + 2;
  }
  return Buffer.concat(pieces);
};
