import type { Parts } from '#libs/platform';

import { whenCatalogued } from './when-catalogued.js';

/**
 * Waits until the catalog has met an erasure, then has removed bytes overwritten. `false`: it had not
 * by then; it will, and the next tidying follows by itself.
 */
export const whenRefolded = ({ parts }: { readonly parts: Parts }) => {
  const catalogued = whenCatalogued({ parts });
  return async (position: number): Promise<boolean> => {
    if (!(await catalogued(position))) return false;
    await parts.tidy();
    return true;
  };
};
