import type { Keys } from '#libs/ports/keys';

/** Keys that are opened by the first caller that needs them and reaches them; until then each caller tries again. */
export const keysWhenReachable = (open: () => Promise<Keys>): Keys => {
  let opening: Promise<Keys> | undefined;
  const keys = (): Promise<Keys> => {
    opening ??= open().catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
    return opening;
  };
  return {
    seal: async (items) => (await keys()).seal(items),
    open: async (items) => (await keys()).open(items),
    fingerprint: async (values) => (await keys()).fingerprint(values),
    destroy: async (streams, at) => (await keys()).destroy(streams, at),
    tombstones: async () => (await keys()).tombstones(),
    retire: async (streams) => (await keys()).retire(streams),
    // Keys that nobody has opened remember nothing.
    forget: async (streams) => (await opening?.catch(() => undefined))?.forget(streams),
  };
};
