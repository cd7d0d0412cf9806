import { fault } from '#libs/kernel';
import { z } from 'zod';

/** How a file is known to be the right one. */
export type FileDigest =
  | { readonly kind: 'sha256'; readonly hex: string }
  | { readonly kind: 'git'; readonly hex: string };

export interface SourceFile {
  readonly path: string;
  /** Missing where only reading it tells. */
  readonly size?: number;
  readonly digest: FileDigest;
}

/** Where a model is fetched from. */
export interface ModelSource {
  /** For the manifest and for people. */
  readonly from: string;
  readonly files: () => Promise<readonly SourceFile[]>;
  /** Bytes of a file from a place on: some of them, none at its end. */
  readonly read: (path: string, from: number) => Promise<FilePiece>;
}

export interface FilePiece {
  readonly bytes: Uint8Array;
  /** What the whole file has, where the source says so. */
  readonly whole?: number;
}

const SMALL = ['config.json', 'tokenizer.json', 'tokenizer_config.json'];
/** The first that is there: a quarter of the size, and hardly worse. */
const GRAPHS = ['onnx/model_quantized.onnx', 'onnx/model_int8.onnx', 'onnx/model.onnx'];

/** What of a model we need. */
export const wanted = (files: readonly SourceFile[]): readonly SourceFile[] => {
  const known = new Map(files.map((file) => [file.path, file]));
  const graph = GRAPHS.find((path) => known.has(path));
  const paths = [...SMALL, ...(graph === undefined ? [] : [graph, `${graph}_data`])];
  const found = paths.flatMap((path) => known.get(path) ?? []);
  const isWhole = graph !== undefined && SMALL.every((path) => known.has(path));
  if (!isWhole) throw fault('MODEL_UNKNOWN', { details: { files: files.length } });
  return found;
};

const tree = z.array(
  z.object({
    type: z.string(),
    path: z.string(),
    size: z.number(),
    oid: z.string(),
    lfs: z.object({ oid: z.string(), size: z.number() }).optional(),
  }),
);

/** As the hub lists a folder: large files by SHA-256, small ones as Git names them. */
export const filesInTree = (text: string): readonly SourceFile[] => {
  const parsed = tree.safeParse(JSON.parse(text));
  if (!parsed.success) throw fault('MODEL_UNKNOWN');
  return parsed.data
    .filter(({ type }) => type === 'file')
    .map(({ path, size, oid, lfs }) =>
      lfs
        ? { path, size: lfs.size, digest: { kind: 'sha256', hex: lfs.oid } }
        : { path, size, digest: { kind: 'git', hex: oid } },
    );
};

/** As `sha256sum` writes it: a digest, two signs, a path. */
export const filesInSums = (text: string): readonly SourceFile[] =>
  [...text.matchAll(/^([0-9a-f]{64}) [ *](?:\.\/)?(\S+)\r?$/gm)].map(([, hex = '', path = '']) => ({
    path,
    digest: { kind: 'sha256', hex },
  }));
