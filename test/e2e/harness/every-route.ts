import { mayAct, operatorRoles, type OperatorRole } from '#libs/kernel';

import { marksIn } from './marks.js';
import { ask, Operator, type Answer } from './outside.js';

export type RouteCaller = OperatorRole | 'nobody';
const callers: readonly RouteCaller[] = ['nobody', ...operatorRoles];

export interface AskedRoute {
  /** As the document has it, its parameters in braces. */
  readonly path: string;
  readonly caller: RouteCaller;
  /** Who may ask; everybody where the document names no role. */
  readonly role?: OperatorRole;
  readonly answer: Answer;
}

interface RunningApi {
  readonly url: () => string;
  readonly signingKey: string;
  /** What there is to ask for, by path of the document. Else the first that its list has. */
  readonly things: Readonly<Record<string, string>>;
}

/** Asks every GET route of the running platform's own document, as everybody there can be. */
export const askEveryRoute = async (api: RunningApi): Promise<readonly AskedRoute[]> => {
  const { url, signingKey, things } = api;
  const { json } = await ask(`${url()}/openapi.json`);
  const { paths } = json as {
    paths: Record<string, { get?: { 'x-role'?: OperatorRole } }>;
  };
  const operators = new Map(
    operatorRoles.map((role) => [role, new Operator(url, signingKey, role)]),
  );
  const asked: AskedRoute[] = [];
  for (const [path, { get }] of Object.entries(paths)) {
    if (!get) continue;
    const thing = things[path] ?? (await firstListed(path, operators.get('viewer')));
    const role = get['x-role'];
    for (const caller of callers) {
      const answer =
        caller === 'nobody'
          ? await ask(`${url()}${thing}`)
          : await operators.get(caller)?.get(thing);
      if (answer) asked.push({ path, caller, answer, ...(role && { role }) });
    }
  }
  return asked;
};

/** `/api/facts/{id}` of the first that `/api/facts` lists. */
const firstListed = async (path: string, viewer: Operator | undefined): Promise<string> => {
  const [list = '', rest] = path.split('/{id}');
  if (rest === undefined) return path;
  const { json } = (await viewer?.get(`${list}?limit=1`)) ?? {};
  const [first] = (json as { items?: { id: string }[] } | undefined)?.items ?? [];
  if (!first) throw new Error(`nothing to ask for at ${path}`);
  return `${list}/${first.id}${rest}`;
};

/** Those whose status is not what the caller's role is to get: the answer, 401 or 403. */
export const wronglyAnswered = (asked: readonly AskedRoute[]): readonly string[] =>
  asked
    .filter(({ caller, role, answer }) => answer.status !== statusFor(caller, role))
    .map(({ path, caller, answer }) => `${answer.status} of ${path} for ${caller}`);

const statusFor = (caller: RouteCaller, role: OperatorRole | undefined): number => {
  if (role === undefined) return 200;
  if (caller === 'nobody') return 401;
  return mayAct(caller, role) ? 200 : 403;
};

/** Who is shown a mark, by path. */
export const shownMarks = (
  asked: readonly AskedRoute[],
): Readonly<Record<string, readonly RouteCaller[]>> => {
  const seen: Record<string, RouteCaller[]> = {};
  for (const { path, caller, answer } of asked)
    if (marksIn(answer.text + JSON.stringify([...answer.headers])).length > 0)
      (seen[path] ??= []).push(caller);
  return seen;
};
