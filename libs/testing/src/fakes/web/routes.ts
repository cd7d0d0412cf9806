import type { FakeAnswer, FakeRequest } from './fake-server.js';

export type Handler = (request: FakeRequest, ids: Readonly<Record<string, string>>) => FakeAnswer;

/** `'GET /v1/calls/:id'` and what answers there. */
export type Routes = Readonly<Record<string, Handler>>;

const NOT_FOUND: FakeAnswer = { status: 404, body: { error: 'Not Found' } };

const match = (pattern: string, path: string): Record<string, string> | undefined => {
  const [wanted, given] = [pattern.split('/'), path.split('/')];
  if (wanted.length !== given.length) return undefined;
  const ids: Record<string, string> = {};
  for (const [i, part] of wanted.entries()) {
    const value = decodeURIComponent(given[i] ?? '');
    if (part.startsWith(':')) ids[part.slice(1)] = value;
    else if (part !== value) return undefined;
  }
  return ids;
};

/** The first route that fits. */
export const routed =
  (routes: Routes) =>
  (request: FakeRequest): FakeAnswer => {
    for (const [route, handler] of Object.entries(routes)) {
      const [method = '', pattern = ''] = route.split(' ');
      const ids = method === request.method ? match(pattern, request.path) : undefined;
      if (ids) return handler(request, ids);
    }
    return NOT_FOUND;
  };

export const parsedBody = ({ body }: FakeRequest): Record<string, unknown> => {
  try {
    return JSON.parse(body) as Record<string, unknown>;
  } catch {
    return {};
  }
};
