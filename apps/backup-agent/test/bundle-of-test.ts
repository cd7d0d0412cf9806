import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

interface BundleTool {
  readonly bundle: (
    entry: string,
    name: string,
    options: { readonly folder: string },
  ) => Promise<{ readonly outfile: string; readonly metafile: BundleMetafile }>;
}

export interface BundleMetafile {
  readonly outputs: Readonly<
    Record<
      string,
      { readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>> }
    >
  >;
}

/** Made from what lies here now, in a folder with nothing beside it. */
export const bundled = async (folder: string) => {
  mkdirSync(folder, { recursive: true });
  const tool = fileURLToPath(new URL('../../../tools/bundle.js', import.meta.url));
  const { bundle } = (await import(tool)) as BundleTool;
  return bundle('apps/backup-agent/src/main.ts', 'backup-agent', { folder });
};
