import { fault, type Fault } from '#libs/kernel';
import type { Extract, Header } from 'tar-stream';

/** What tar-stream knows besides what its types say. */
export interface TarHead extends Header {
  readonly byteOffset: number;
  readonly pax: Readonly<Record<string, string>> | null;
}

/** The content of an entry, while it comes in. */
export type TarContent = Extract extends AsyncIterable<infer Content> ? Content : never;

/** Home sends no such thing. */
export const foreign = (why: string): Fault =>
  fault('BACKUP_SOURCE_UNREADABLE', { details: { why } });
