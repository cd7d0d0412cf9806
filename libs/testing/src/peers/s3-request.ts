import { createHash, createHmac } from 'node:crypto';

/** An account of an S3 server. */
export interface S3Account {
  readonly accessKey: string;
  readonly accessSecret: string;
}

export interface S3Request {
  readonly method: 'GET' | 'PUT' | 'DELETE';
  /** `/bucket`, `/bucket/key`. */
  readonly path: string;
  /** A sub-resource without a value, such as `policy`. */
  readonly query?: string;
  readonly body?: string;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: Buffer | string, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest();

/** One request that is signed as S3 wants it (version 4), for what restic cannot ask: buckets and their policies. */
export const s3Request = async (
  url: string,
  { accessKey, accessSecret }: S3Account,
  { method, path, query = '', body = '' }: S3Request,
): Promise<string> => {
  const { host } = new URL(url);
  const time = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const day = time.slice(0, 8);
  const sum = sha256(body);
  const signed = 'host;x-amz-content-sha256;x-amz-date';
  const headers = `host:${host}\nx-amz-content-sha256:${sum}\nx-amz-date:${time}\n`;
  const canonical = [method, path, query && `${query}=`, headers, signed, sum].join('\n');
  const scope = `${day}/us-east-1/s3/aws4_request`;
  const dayKey = hmac(hmac(hmac(`AWS4${accessSecret}`, day), 'us-east-1'), 's3');
  const toSign = ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n');
  const signature = hmac(hmac(dayKey, 'aws4_request'), toSign).toString('hex');
  const response = await fetch(`${url}${path}${query && `?${query}`}`, {
    method,
    ...(body !== '' && { body }),
    headers: {
      'x-amz-content-sha256': sum,
      'x-amz-date': time,
      authorization: `AWS4-HMAC-SHA256 Credential=${accessKey}/${scope}, SignedHeaders=${signed}, Signature=${signature}`,
    },
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`S3: ${method} ${path} ${response.status} ${text}`);
  return text;
};
