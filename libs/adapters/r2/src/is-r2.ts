/** R2 by its endpoint: `<account>.r2.cloudflarestorage.com`, with `eu` or another jurisdiction in between. */
export const isR2 = (host: string): boolean => accountOf(host) !== undefined;

/** Whose storage it is: the first part of its endpoint. */
export const accountOf = (host: string): string | undefined =>
  /^([a-z0-9]+)(?:\.[a-z]+)?\.r2\.cloudflarestorage\.com$/.exec(host)?.[1];
