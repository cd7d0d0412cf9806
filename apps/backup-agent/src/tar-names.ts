import { SENT_LINK, SENT_PATH } from '#libs/routes';

import { foreign, type TarHead } from './tar-head.js';

/** Where an entry belongs. Names of files are bytes, and not every one is text. */
export interface EntryNames {
  /** Which of the paths of the copy it lies below. */
  readonly at: number;
  readonly names: readonly Buffer[];
  /** The path of each folder on its way, and its own, to tell them apart. */
  readonly keys: readonly string[];
  /** Of a link: where it leads. It is made as it was, and never followed. */
  readonly target: Buffer;
}

/** Throws for a name that leaves the copy. */
export const namesIn = (head: TarHead, places: number): EntryNames => {
  const path = bytesOf(head, SENT_PATH, head.name);
  const [first = '', ...rest] = path.toString('latin1').replace(/\/$/, '').split('/');
  const at = /^\d$/.test(first) ? Number(first) : places;
  if (at >= places) throw foreign('which path it lies below');
  if (rest.some((name) => name === '' || name === '.' || name === '..' || name.includes('\0')))
    throw foreign('its name');
  const names = rest.map((name) => Buffer.from(name, 'latin1'));
  const keys = [first, ...rest].map((_, depth, all) => all.slice(0, depth + 1).join('/'));
  return { at, names, keys, target: bytesOf(head, SENT_LINK, head.linkname ?? '') };
};

const bytesOf = ({ pax }: TarHead, record: string, text: string): Buffer => {
  const sent = pax?.[record];
  return sent === undefined ? Buffer.from(text) : Buffer.from(sent, 'base64');
};

export const placeOf = (folder: string, { names }: EntryNames): Buffer =>
  Buffer.concat([Buffer.from(folder), ...names.flatMap((name) => [Buffer.from('/'), name])]);
