/** The name a port is injected by; it carries the port's type and nothing else. */
export type Token<T> = symbol & { readonly __of?: T };

export const token = <T>(name: string): Token<T> => Symbol(name);

/** Binds a token to its value. */
export const provide = <T>(name: Token<T>, useValue: T) => ({ provide: name, useValue });
