/**
 * An answer that may be there at once (Node's own ciphers) or later (WebCrypto at an edge).
 * Neutral code awaits it once per batch, so the fast case costs one microtask a batch.
 */
export type Awaitable<T> = T | Promise<T>;
