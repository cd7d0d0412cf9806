/** Sees each call of these ports from now on, in order: `documents.get`. */
export const countCalls = (ports: Readonly<Record<string, object | undefined>>): string[] => {
  const calls: string[] = [];
  for (const [name, port = {}] of Object.entries(ports))
    for (const [method, own] of methodsOf(port))
      Object.defineProperty(port, method, {
        configurable: true,
        value(...args: unknown[]): unknown {
          calls.push(`${name}.${method}`);
          return Reflect.apply(own, port, args);
        },
      });
  return calls;
};

type Method = (...args: unknown[]) => unknown;

const methodsOf = (port: object): ReadonlyMap<string, Method> => {
  const methods = new Map<string, Method>();
  for (let own: object | null = port; own && own !== Object.prototype;) {
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(own)))
      if (typeof value === 'function' && name !== 'constructor' && !methods.has(name))
        methods.set(name, value as Method);
    own = Object.getPrototypeOf(own) as object | null;
  }
  return methods;
};
