import { hash } from 'node:crypto';

import type { Hash } from '#libs/kernel';

/** SHA-256 at once. A plain view: nothing of Node's Buffer, whose `slice` shares memory, gets out. */
export const digest = (bytes: Uint8Array): Uint8Array =>
  plainBytes(hash('sha256', bytes, 'buffer'));

export const nodeHash: Hash = (inputs) => inputs.map(digest);

export const plainBytes = (buffer: Buffer): Uint8Array =>
  new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
