import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { fault } from '#libs/kernel';
import type { Outbound, OutboundAnswer } from '#libs/ports/outbound';

import { filesInSums, filesInTree, type FilePiece, type ModelSource } from './model-source.js';

const HUB = 'https://huggingface.co';
const SUMS = 'SHA256SUMS';
/** One request brings so much: a lost connection costs no more. */
const PIECE = 4 * 1024 * 1024;

/** The hub, or a mirror that answers as it does. */
export const hubSource = (outbound: Outbound, name: string, hub: string = HUB): ModelSource => ({
  from: `${hub}/${name}`,
  async files() {
    const url = `${hub}/api/models/${name}/tree/main?recursive=true`;
    return filesInTree(await textAt(outbound, url));
  },
  read: (path, from) => pieceAt(outbound, `${hub}/${name}/resolve/main/${path}`, from),
});

/** An address below which the files lie, and SHA256SUMS with them. */
export const addressSource = (outbound: Outbound, url: string): ModelSource => ({
  from: url,
  files: async () => filesInSums(await textAt(outbound, `${url}/${SUMS}`)),
  read: (path, from) => pieceAt(outbound, `${url}/${path}`, from),
});

/** A folder on this machine, with SHA256SUMS in it. */
export const folderSource = (folder: string): ModelSource => ({
  from: folder,
  async files() {
    const text = await readFile(join(folder, SUMS), 'utf8').catch(() => undefined);
    if (text === undefined) throw fault('MODEL_UNKNOWN', { details: { missing: SUMS } });
    return filesInSums(text);
  },
  async read(path, from) {
    const file = await open(join(folder, path)).catch(() => undefined);
    if (!file) throw fault('MODEL_UNKNOWN', { details: { missing: path } });
    try {
      const { size: whole } = await file.stat();
      const { buffer, bytesRead } = await file.read(Buffer.alloc(PIECE), 0, PIECE, from);
      return { whole, bytes: buffer.subarray(0, bytesRead) };
    } finally {
      await file.close();
    }
  },
});

const textAt = async (outbound: Outbound, url: string): Promise<string> =>
  new TextDecoder().decode((await answerAt(outbound, url, {})).body);

const answerAt = async (
  outbound: Outbound,
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<OutboundAnswer> => {
  const answer = await outbound.send({ method: 'GET', url, headers });
  // A private or a misspelt model is 401 at the hub.
  if ([401, 403, 404, 410].includes(answer.status))
    throw fault('MODEL_UNKNOWN', { details: { status: answer.status } });
  if (![200, 206, 416].includes(answer.status))
    throw fault('MODEL_SOURCE_UNAVAILABLE', { details: { status: answer.status } });
  return answer;
};

const pieceAt = async (outbound: Outbound, url: string, from: number): Promise<FilePiece> => {
  const range = `bytes=${from}-${from + PIECE - 1}`;
  const { status, headers, body } = await answerAt(outbound, url, { range });
  // Nothing comes after its end.
  if (status === 416) return { bytes: new Uint8Array(), whole: from };
  // A server without ranges gives all of it each time.
  if (status === 200) return { bytes: body.subarray(from), whole: body.length };
  const [, begin, whole] = /^bytes (\d+)-\d+\/(\d+)$/.exec(headers['content-range'] ?? '') ?? [];
  if (Number(begin) !== from) throw fault('MODEL_SOURCE_UNAVAILABLE', { details: { status } });
  return { bytes: body, whole: Number(whole) };
};
