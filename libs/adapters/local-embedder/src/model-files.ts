import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { fault } from '#libs/kernel';
import { z } from 'zod';

/** What says that a folder holds a whole model. Written last. */
export const MANIFEST = 'innkeeper-model.json';

const manifest = z.object({
  name: z.string(),
  from: z.string(),
  files: z.array(z.object({ path: z.string(), size: z.number(), sha256: z.string() })).min(1),
});
export type ModelManifest = z.infer<typeof manifest>;

const NAME = /^[A-Za-z0-9][\w.-]{0,95}(?:\/[A-Za-z0-9][\w.-]{0,95})?$/;

export const isModelName = (name: string): boolean => NAME.test(name) && !name.includes('..');

/** Models that were fetched lie here. */
export const modelsFolder = (dataDir: string): string => join(dataDir, 'models');

/** The manifest of a model that is there in full; a file that was cut or is gone is none. */
export const readManifest = (folder: string): ModelManifest => {
  const path = join(folder, MANIFEST);
  const parsed = manifest.safeParse(existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {});
  const isWhole = parsed.data?.files.every(
    (file) => statSync(join(folder, file.path), { throwIfNoEntry: false })?.size === file.size,
  );
  if (!parsed.success || isWhole !== true) throw fault('EMBEDDER_MODEL_MISSING');
  return parsed.data;
};
