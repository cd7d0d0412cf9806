import { createReadStream } from 'node:fs';

/** A line of `sha256sum`: what makes a line of its own out of a name is escaped, and the line says so in front. */
export const sumLine = (sum: string, path: Buffer): Buffer => {
  const isPlain = !path.some((byte) => SIGNS.has(byte));
  return Buffer.concat([
    Buffer.from(`${isPlain ? '' : '\\'}${sum}  `),
    isPlain ? path : escaped(path),
    NEWLINE,
  ]);
};

const NEWLINE = Buffer.from('\n');
const SIGNS = new Map([
  [0x0a, 'n'],
  [0x0d, 'r'],
  [0x5c, '\\'],
]);
const MEANT = new Map([...SIGNS].map(([byte, sign]) => [sign.charCodeAt(0), byte]));
const BACKSLASH = 0x5c;

const escaped = (path: Buffer): Buffer =>
  Buffer.concat(
    [...path].map((byte) => {
      const sign = SIGNS.get(byte);
      return sign === undefined ? Buffer.from([byte]) : Buffer.from(`\\${sign}`);
    }),
  );

const unescaped = (path: Buffer): Buffer => {
  const bytes: number[] = [];
  for (let at = 0; at < path.length; at++) {
    const byte = path[at] ?? 0;
    if (byte === BACKSLASH) at++;
    bytes.push(byte === BACKSLASH ? (MEANT.get(path[at] ?? 0) ?? 0) : byte);
  }
  return Buffer.from(bytes);
};

export interface ListedSum {
  readonly sum: string;
  readonly path: Buffer;
}

const LINE = /^\\?[0-9a-f]{64} {2}/;
const SUM_LENGTH = 64;

/** Nothing where the line is none. */
export const readSumLine = (line: Buffer): ListedSum | undefined => {
  if (!LINE.test(line.toString('latin1', 0, SUM_LENGTH + 3))) return undefined;
  const isEscaped = line[0] === BACKSLASH;
  const from = isEscaped ? 1 : 0;
  const path = line.subarray(from + SUM_LENGTH + 2);
  return {
    sum: line.toString('latin1', from, from + SUM_LENGTH),
    path: isEscaped ? unescaped(path) : path,
  };
};

/** Lines of a file, without what ends them; the last one too when nothing ends it. */
export async function* linesOf(file: string, end = 0x0a): AsyncGenerator<Buffer> {
  let rest = Buffer.alloc(0);
  for await (const chunk of createReadStream(file)) {
    rest = Buffer.concat([rest, chunk as Buffer]);
    let start = 0;
    for (let at = rest.indexOf(end); at >= 0; at = rest.indexOf(end, start)) {
      yield rest.subarray(start, at);
      start = at + 1;
    }
    rest = rest.subarray(start);
  }
  if (rest.length > 0) yield rest;
}
