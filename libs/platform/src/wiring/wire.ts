import type { FactoryProvider } from '@nestjs/common';

import type { Token } from './token.js';

/** The use case that a context function makes, as the type of the parameter it is injected into. */
export type Wired<Make extends (deps: never) => unknown> = ReturnType<Make>;

/** A port's token, or the context function that makes the thing. */
export type Source<T> = Token<T> | ((deps: never) => T);

/** Binds a context function to its ports. The function is its own injection token. */
export const wire = <Deps extends object, UseCase>(
  make: (deps: Deps) => UseCase,
  tokens: { [Name in keyof Deps]-?: Source<Deps[Name]> },
): FactoryProvider<UseCase> => {
  const names = Object.keys(tokens) as (keyof Deps)[];
  return {
    provide: make,
    inject: names.map((name) => tokens[name]),
    useFactory: (...ports: unknown[]) =>
      make(Object.fromEntries(names.map((name, i) => [name, ports[i]])) as Deps),
  };
};
