import { readCheckpoint, type Parts } from '#libs/platform';

const WITHIN_MS = 5_000;
const LOOK_EACH_MS = 25;

/**
 * Waits until the catalog has met an erasure, then has removed bytes overwritten. `false`: it had not
 * by then; it will, and the next tidying follows by itself.
 */
export const whenRefolded =
  ({ parts }: { readonly parts: Parts }) =>
  async (position: number): Promise<boolean> => {
    const until = performance.now() + WITHIN_MS;
    while (((await readCheckpoint(parts.documents, 'catalog'))?.position ?? 0) < position) {
      if (performance.now() > until) return false;
      await new Promise((resolve) => setTimeout(resolve, LOOK_EACH_MS));
    }
    await parts.tidy();
    return true;
  };
