import { readCheckpoint } from '#libs/journal';
import type { Parts } from '#libs/platform';

const WITHIN_MS = 5_000;
const LOOK_EACH_MS = 25;

/** Waits until the catalog has met a fact. `false`: it had not by then; it will, and nobody needs to ask again. */
export const whenCatalogued =
  ({ parts }: { readonly parts: Pick<Parts, 'documents'> }) =>
  async (position: number): Promise<boolean> => {
    const until = performance.now() + WITHIN_MS;
    while (((await readCheckpoint(parts.documents, 'catalog'))?.position ?? 0) < position) {
      if (performance.now() > until) return false;
      await new Promise((resolve) => setTimeout(resolve, LOOK_EACH_MS));
    }
    return true;
  };
