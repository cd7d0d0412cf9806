import { createHash } from 'node:crypto';

import { AwsClient } from 'aws4fetch';

import { fault, type Fault } from '#libs/kernel';

import type { BucketAddress } from './bucket-address.js';
import { isR2Endpoint } from './environment.js';
import {
  LONGEST_NOTE_BYTES,
  nameOfNote,
  noteFile,
  NOTES_FOLDER,
  refuseLong,
  type NotesBeside,
  type NotesWatch,
} from './notes.js';
import type { BucketCredentials } from './options.js';

/** A text of a megabyte needs no longer; after that nobody answers. */
const ANSWERS_WITHIN_MS = 30_000;

/** Beside a repository in a bucket. Only what restic's own credentials can do, in the bucket's own prefix. */
export class BucketNotes implements NotesBeside {
  readonly #base: string;
  readonly #bucket: string;
  readonly #prefix: string;
  readonly #client: AwsClient | undefined;

  constructor({ endpoint, bucket, prefix }: BucketAddress, credentials?: BucketCredentials) {
    this.#bucket = `${endpoint.href}${encodeURIComponent(bucket)}`;
    this.#prefix = `${prefix}${NOTES_FOLDER}/`;
    this.#base = `${this.#bucket}/${this.#prefix.split('/').map(encodeURIComponent).join('/')}`;
    this.#client = credentials && clientOf(endpoint, credentials);
  }

  async write(name: string, text: string, watch: NotesWatch): Promise<void> {
    const url = `${this.#base}${noteFile(name)}`;
    refuseLong(text);
    const answer = await this.#ask(url, 'PUT', watch, text);
    await answer.body?.cancel();
    if (!answer.ok) throw refusal(answer);
  }

  async read(name: string, watch: NotesWatch): Promise<string | undefined> {
    const answer = await this.#ask(`${this.#base}${noteFile(name)}`, 'GET', watch);
    if (answer.ok) return textWithin(answer);
    await answer.body?.cancel();
    if (answer.status === 404) return undefined;
    throw refusal(answer);
  }

  async remove(name: string, watch: NotesWatch): Promise<void> {
    const answer = await this.#ask(`${this.#base}${noteFile(name)}`, 'DELETE', watch);
    await answer.body?.cancel();
    if (!answer.ok && answer.status !== 404) throw refusal(answer);
  }

  async before(time: number, watch: NotesWatch): Promise<readonly string[]> {
    const query = new URLSearchParams({ 'list-type': '2', prefix: this.#prefix });
    const answer = await this.#ask(`${this.#bucket}?${query.toString()}`, 'GET', watch);
    if (!answer.ok) {
      await answer.body?.cancel();
      if (answer.status === 404) return [];
      throw refusal(answer);
    }
    return listedIn((await textWithin(answer)) ?? '', this.#prefix)
      .filter(({ writtenAt }) => writtenAt < time)
      .map(({ name }) => name);
  }

  async #ask(
    url: string,
    method: 'DELETE' | 'GET' | 'PUT',
    { signal }: NotesWatch,
    body?: string,
  ): Promise<Response> {
    signal.throwIfAborted();
    if (!this.#client) throw fault('BACKUP_ACCESS_DENIED');
    const sum = createHash('sha256')
      .update(body ?? '')
      .digest('hex');
    const headers = { 'x-amz-content-sha256': sum };
    const request = await this.#client.sign(url, {
      ...{ method, headers, redirect: 'error' },
      ...(body !== undefined && { body }),
    });
    try {
      const within = AbortSignal.any([signal, AbortSignal.timeout(ANSWERS_WITHIN_MS)]);
      return await fetch(request, { signal: within });
    } catch (cause) {
      signal.throwIfAborted();
      throw fault('BACKUP_REPOSITORY_UNREACHABLE', { cause });
    }
  }
}

const clientOf = (
  endpoint: URL,
  { accessKey, accessSecret, sessionToken }: BucketCredentials,
): AwsClient => {
  const region = isR2Endpoint(endpoint) ? 'auto' : regionOf(endpoint);
  return new AwsClient({
    ...{ accessKeyId: accessKey, secretAccessKey: accessSecret.reveal() },
    ...(sessionToken && { sessionToken: sessionToken.reveal() }),
    ...{ service: 's3', region, retries: 0 },
  });
};

/** Amazon names it in the host. Others take the name that was the first. */
const regionOf = ({ hostname }: URL): string =>
  /^s3[.-]([a-z0-9-]+)\.amazonaws\.com$/.exec(hostname)?.[1] ?? 'us-east-1';

/** By its status alone: what a server writes is never shown. */
const refusal = ({ status }: Response): Fault => {
  if (status === 401 || status === 403 || status === 400)
    return fault('BACKUP_ACCESS_DENIED', { details: { status } });
  if (status === 404) return fault('BACKUP_REPOSITORY_MISSING');
  if (status === 507) return fault('BACKUP_REPOSITORY_FULL');
  return fault('BACKUP_REPOSITORY_UNREACHABLE', { details: { status } });
};

/** One that goes on and on is not read to its end. */
const textWithin = async ({ body }: Response): Promise<string | undefined> => {
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const part of (body ?? []) as AsyncIterable<Uint8Array>) {
      length += part.length;
      if (length > LONGEST_NOTE_BYTES) return undefined;
      parts.push(part);
    }
  } catch (cause) {
    throw fault('BACKUP_REPOSITORY_UNREACHABLE', { cause });
  }
  return Buffer.concat(parts).toString('utf8');
};

/** The first thousand. Names of ours need no escaping, and others are not ours. */
const listedIn = (
  xml: string,
  prefix: string,
): readonly { readonly name: string; readonly writtenAt: number }[] =>
  [...xml.matchAll(/<Contents>(.*?)<\/Contents>/gs)].flatMap(([, entry = '']) => {
    const key = /<Key>([^<]*)<\/Key>/.exec(entry)?.[1] ?? '';
    const writtenAt = Date.parse(/<LastModified>([^<]*)<\/LastModified>/.exec(entry)?.[1] ?? '');
    const name = nameOfNote(key.slice(key.lastIndexOf('/') + 1));
    const isOurs = name !== undefined && key.split('/').length === prefix.split('/').length;
    return isOurs && Number.isFinite(writtenAt) ? [{ name, writtenAt }] : [];
  });
