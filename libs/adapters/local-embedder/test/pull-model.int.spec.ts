import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import {
  addressSource,
  folderSource,
  hubSource,
  pullModel,
  type ModelSource,
} from '#libs/adapters/local-embedder';
import { nodeOutbound, type NodeOutbound } from '#libs/adapters/outbound';
import { asFault } from '#libs/kernel';

import { sha256, tinyModelFiles, writeTinyModel } from './tiny-model.js';

const NAME = 'tiny/model';
const MIB = 1024 * 1024;
const large = Buffer.alloc(9 * MIB, 'model');

/** The hub as it answers today: a list of a folder, a redirect to where the bytes are, ranges. */
class FakeHub {
  readonly files = new Map(tinyModelFiles()).set('onnx/model_quantized.onnx', large);
  readonly asked: string[] = [];
  /** What of a file arrives wrong. */
  spoil: (path: string, bytes: Buffer) => Buffer = (_path, bytes) => bytes;
  breaksAfter = Infinity;
  readonly server = createServer((request, response) => {
    const url = request.url ?? '';
    if (url.startsWith(`/api/models/${NAME}/tree/main`)) return this.#list(response);
    const path = decodeURIComponent(url.replace(`/${NAME}/resolve/main/`, '').replace('/cdn/', ''));
    const content = this.files.get(path);
    if (!content) return void response.writeHead(404).end();
    if (!url.startsWith('/cdn/'))
      return void response.writeHead(302, { location: `/cdn/${path}` }).end();
    this.#piece(response, path, content, request.headers.range ?? '');
  });

  async start(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  #list(response: ServerResponse): void {
    const git = (content: Buffer) =>
      createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
    const listed = [...this.files].map(([path, content]) => ({
      ...{ type: 'file', path, size: content.length, oid: git(content) },
      ...(path.startsWith('onnx/') && { lfs: { oid: sha256(content), size: content.length } }),
    }));
    response.end(
      JSON.stringify([{ type: 'directory', path: 'onnx', size: 0, oid: 'x' }, ...listed]),
    );
  }

  #piece(response: ServerResponse, path: string, content: Buffer, range: string): void {
    const [, from = 0, to = 0] = (/^bytes=(\d+)-(\d+)$/.exec(range) ?? []).map(Number);
    this.asked.push(`${path} ${from}`);
    if (this.asked.length > this.breaksAfter) return void response.socket?.destroy();
    const piece = this.spoil(path, content.subarray(from, to + 1));
    response.writeHead(206, {
      'content-range': `bytes ${from}-${from + piece.length - 1}/${content.length}`,
    });
    response.end(piece);
  }
}

let folder: string;
let hub: FakeHub;
let url: string;
let outbound: NodeOutbound;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'innkeeper-pull-'));
  hub = new FakeHub();
  url = await hub.start();
  outbound = nodeOutbound({ own: true });
});
afterEach(async () => {
  outbound.close();
  hub.server.closeAllConnections();
  hub.server.close();
  await once(hub.server, 'close');
  rmSync(folder, { recursive: true });
});

const progress: string[] = [];
const pull = (source: ModelSource) =>
  pullModel({
    dataDir: folder,
    name: NAME,
    source,
    onProgress: async (path, done, of) => void progress.push(`${path} ${done}/${of}`),
  });
const fromHub = () => pull(hubSource(outbound, NAME, url));
const model = () => join(folder, 'models', NAME);
const manifest = () =>
  JSON.parse(readFileSync(join(model(), 'innkeeper-model.json'), 'utf8')) as {
    files: { path: string; sha256: string }[];
  };

describe('pulling a model', () => {
  it('fetches what is needed of it from the hub, in pieces, and checks each file', async () => {
    progress.length = 0;
    const pulled = await fromHub();
    expect(pulled).toMatchObject({ folder: model(), files: 4 });
    expect(manifest().files.map(({ path }) => path)).toEqual([
      'config.json',
      'tokenizer.json',
      'tokenizer_config.json',
      'onnx/model_quantized.onnx',
    ]);
    for (const { path, sha256: sum } of manifest().files)
      expect(sha256(readFileSync(join(model(), path)))).toBe(sum);
    expect(progress.slice(-3)).toEqual(
      [4, 8, 9].map((done) => `onnx/model_quantized.onnx ${done * MIB}/${9 * MIB}`),
    );
  });

  it('goes on where it was interrupted', async () => {
    hub.breaksAfter = 5;
    expect((await fromHub().catch(asFault)) as unknown).toMatchObject({
      code: 'OUTBOUND_UNANSWERED',
    });
    expect(existsSync(model())).toBe(false);
    hub.breaksAfter = Infinity;
    hub.asked.length = 0;
    await fromHub();
    expect(hub.asked).toEqual([`onnx/model_quantized.onnx ${8 * MIB}`]);
    expect(sha256(readFileSync(join(model(), 'onnx/model_quantized.onnx')))).toBe(sha256(large));
  });

  it.each(['config.json', 'onnx/model_quantized.onnx'])(
    'refuses a file that is not what it should be, and fetches it anew: %s',
    async (spoilt) => {
      hub.spoil = (path, bytes) => (path === spoilt ? Buffer.alloc(bytes.length, 'x') : bytes);
      expect(await fromHub().catch(asFault)).toMatchObject({
        code: 'MODEL_FILES_DAMAGED',
        details: { file: spoilt },
      });
      expect(existsSync(model())).toBe(false);
      hub.spoil = (_path, bytes) => bytes;
      await fromHub();
      expect(manifest().files).toHaveLength(4);
    },
  );

  it('replaces a model that is there, at once, and leaves nothing beside it', async () => {
    await fromHub();
    hub.files.set('config.json', Buffer.from('{"model_type":"bert","new":true}'));
    await fromHub();
    expect(readFileSync(join(model(), 'config.json'), 'utf8')).toContain('new');
    expect(readdirSync(join(folder, 'models', 'tiny'))).toEqual(['model']);
  });

  it('says that there is no such model, or none in ONNX', async () => {
    const unknown = pull(hubSource(outbound, 'tiny/other', url));
    expect(await unknown.catch(asFault)).toMatchObject({ code: 'MODEL_UNKNOWN' });
    for (const path of ['onnx/model.onnx', 'onnx/model_quantized.onnx']) hub.files.delete(path);
    expect(await fromHub().catch(asFault)).toMatchObject({ code: 'MODEL_UNKNOWN' });
  });

  it('takes it from a folder, by its SHA256SUMS', async () => {
    const carried = join(folder, 'carried');
    writeTinyModel(carried);
    await pull(folderSource(carried));
    expect(manifest().files).toHaveLength(4);
    writeFileSync(join(carried, 'config.json'), '{}');
    expect(await pull(folderSource(carried)).catch(asFault)).toMatchObject({
      code: 'MODEL_FILES_DAMAGED',
    });
    rmSync(join(carried, 'SHA256SUMS'));
    expect(await pull(folderSource(carried)).catch(asFault)).toMatchObject({
      code: 'MODEL_UNKNOWN',
    });
    expect(manifest().files).toHaveLength(4);
  });

  it('takes it from an address, also of a server without ranges', async () => {
    const files = tinyModelFiles();
    const sums = [...files].map(([path, content]) => `${sha256(content)}  ./${path}\n`).join('');
    const plain = createServer((request, response) => {
      const path = (request.url ?? '').replace('/models/tiny/', '');
      const content = path === 'SHA256SUMS' ? sums : files.get(path);
      response.writeHead(content === undefined ? 404 : 200).end(content);
    });
    plain.listen(0, '127.0.0.1');
    await once(plain, 'listening');
    try {
      const { port } = plain.address() as AddressInfo;
      await pull(addressSource(outbound, `http://127.0.0.1:${port}/models/tiny`));
      expect(manifest().files).toHaveLength(4);
    } finally {
      plain.closeAllConnections();
      plain.close();
    }
  });
});
