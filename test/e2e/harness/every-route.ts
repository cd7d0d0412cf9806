import { mayAct, operatorRoles, type OperatorRole } from '#libs/kernel';

import { marksIn } from './marks.js';
import { ask, Operator, until, type Answer } from './outside.js';

export type RouteCaller = OperatorRole | 'nobody';

export interface AskedRoute {
  /** As the document has it, its parameters in braces. */
  readonly path: string;
  readonly caller: RouteCaller;
  /** Who may ask; everybody where the document names no role. */
  readonly role?: OperatorRole;
  /** Who may ask that is nobody of the staff: then nobody of them may. */
  readonly server?: string;
  readonly answer: Answer;
}

/** Asks every GET route of the running platform's own document, as everybody there can be, about one record. */
export const askEveryRoute = async (
  url: () => string,
  signingKey: string,
  record: string,
): Promise<readonly AskedRoute[]> => {
  const [viewer, operator, admin] = operatorRoles.map(
    (role) => new Operator(url, signingKey, role),
  ) as [Operator, Operator, Operator];
  const things = { ...(await thingsAbout(record, operator)), ...(await backupBy(operator)) };
  const own = new Map<Operator, Readonly<Record<string, string>>>();
  for (const one of [viewer, operator, admin]) own.set(one, await questionOf(one));
  const { json } = await viewer.get('/openapi.json');
  const { paths } = json as { paths: Record<string, { get?: ToldRoute }> };
  const asked: AskedRoute[] = [];
  for (const [path, { get }] of Object.entries(paths)) {
    if (!get || (ofAnswers.test(path) && !own.get(viewer)?.[path])) continue;
    if (ofBackups.test(path) && !things[path]) continue;
    const thingFor = async (one: Operator): Promise<string> =>
      own.get(one)?.[path] ?? things[path] ?? (await firstListed(path, viewer));
    const thing = await thingFor(viewer);
    const { 'x-role': role, 'x-caller': server } = get;
    const askings: readonly (readonly [RouteCaller, Promise<Answer>])[] = [
      ['nobody', ask(`${url()}${thing}`)],
      ['viewer', viewer.get(thing)],
      ['operator', operator.get(await thingFor(operator))],
      ['admin', admin.get(await thingFor(admin))],
    ];
    for (const [caller, answering] of askings)
      asked.push({
        ...{ path, caller, answer: await answering },
        ...(role && { role }),
        ...(server !== undefined && { server }),
      });
  }
  return asked;
};

interface ToldRoute {
  readonly 'x-role'?: OperatorRole;
  readonly 'x-caller'?: string;
}

/** What the role `llm-responder` serves: it answers each of the staff from what they may read. */
const ofAnswers = /^\/(?:ask$|api\/(?:chat|dialogues|model-use|questions|search)\b)/;

/** What the role `backup-orchestrator` serves: names and numbers, of no person. */
const ofBackups = /^\/(?:backups$|api\/backup(?:s|-servers)\b)/;

/** A run that has ended, well or not. Nothing where nobody makes backups here. */
const backupBy = async (operator: Operator): Promise<Readonly<Record<string, string>>> => {
  const { status, json } = await operator.post('/api/backups', {});
  if (status !== 202) return {};
  const one = `/api/backups/${(json as { id: string }).id}`;
  await until('the backup has ended', async () => {
    const { json: run } = await operator.get(one);
    return (run as { endedAt: string | null }).endedAt !== null;
  });
  return {
    '/backups': '/backups',
    '/api/backups': '/api/backups',
    '/api/backups/state': '/api/backups/state',
    '/api/backups/retention': '/api/backups/retention',
    '/api/backups/{id}': one,
    '/api/backups/{id}/events': `${one}/events`,
    '/api/backup-servers/{run}/sources/{source}': `/api/backup-servers/${one.split('/').at(-1)}/sources/innkeeper`,
  };
};

/** A question belongs to its asker alone, so each asks one. Nothing where nobody answers questions here. */
const questionOf = async (one: Operator): Promise<Readonly<Record<string, string>>> => {
  const { status, json } = await one.post('/api/questions', { text: 'Is there a sauna?' });
  if (status !== 200) return {};
  const { conversation, id } = json as { conversation: string; id: string };
  return {
    '/api/questions/{id}': `/api/questions/${id}`,
    '/api/chat/check': '/api/chat/check',
    '/api/dialogues': '/api/dialogues',
    '/api/dialogues/{id}': `/api/dialogues/${conversation}`,
    '/api/model-use': '/api/model-use',
    '/api/search': '/api/search?text=sauna',
    '/ask': '/ask',
  };
};

/** What there is to ask for where no list has it, or its first is about somebody else. */
const thingsAbout = async (
  record: string,
  operator: Operator,
): Promise<Readonly<Record<string, string>>> => {
  const rebuild = (await operator.post('/api/rebuilds/catalog')).json as { id: string };
  const facts = await operator.get(`/api/facts?stream=${record}&limit=1`);
  const [fact] = (facts.json as { items: { id: string }[] }).items;
  return {
    // Before there is one of a backup, in which nobody is.
    '/api/deliveries/{id}/raw': await firstListed('/api/deliveries/{id}/raw', operator),
    '/api/rebuilds/{id}': `/api/rebuilds/${rebuild.id}`,
    '/api/facts/{id}': `/api/facts/${fact?.id}`,
    '/api/records/{kind}/{id}': `/api/records/${record}`,
    '/r/{kind}/{id}': `/r/${record}`,
    '/api/links/{kind}/{id}': `/api/links/${record}`,
    '/api/pages/{kind}/{id}': `/api/pages/${record}`,
    '/api/trace/{id}': `/api/trace/${encodeURIComponent(record)}`,
  };
};

/** `/api/facts/{id}` of the first that `/api/facts` lists. */
const firstListed = async (path: string, viewer: Operator): Promise<string> => {
  const [list = '', rest] = path.split('/{id}');
  if (rest === undefined) return path;
  const { json } = await viewer.get(`${list}?limit=1`);
  const [first] = (json as { items: { id: string }[] }).items;
  if (!first) throw new Error(`nothing to ask for at ${path}`);
  return `${list}/${first.id}${rest}`;
};

/** Those whose status is not what the caller's role is to get: the answer, 401 or 403. */
export const wronglyAnswered = (asked: readonly AskedRoute[]): readonly string[] =>
  asked
    .filter((one) => one.answer.status !== statusFor(one))
    .map(({ path, caller, answer }) => `${answer.status} of ${path} for ${caller}`);

const statusFor = ({ caller, role, server }: AskedRoute): number => {
  if (server !== undefined) return 401;
  if (role === undefined) return 200;
  if (caller === 'nobody') return 401;
  return mayAct(caller, role) ? 200 : 403;
};

/** Who is shown a mark, by path. What is found for a question depends on what else there is. */
export const shownMarks = (
  asked: readonly AskedRoute[],
): Readonly<Record<string, readonly RouteCaller[]>> => {
  const seen: Record<string, RouteCaller[]> = {};
  for (const { path, caller, answer } of asked)
    if (
      !(ofAnswers.test(path) && caller !== 'nobody') &&
      marksIn(answer.text + JSON.stringify([...answer.headers])).length > 0
    )
      (seen[path] ??= []).push(caller);
  return seen;
};

const staff = ['viewer', 'operator', 'admin'];

/** Decision 50: records and links to all staff, facts opened to operators, raw bytes to admins. */
export const shownToWhom = {
  '/api/records/call': staff,
  '/api/records/colleague': staff,
  '/api/records/contact': staff,
  '/api/records/phone_message': staff,
  '/api/records/{kind}/{id}': staff,
  '/api/pages/{kind}/{id}': staff,
  '/api/links/{kind}/{id}': staff,
  '/api/facts': ['operator', 'admin'],
  '/api/facts/{id}': ['operator', 'admin'],
  '/api/deliveries/{id}/raw': ['admin'],
};
