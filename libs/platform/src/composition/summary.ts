import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import type { WriteStream } from 'node:tty';

import { composeIndexDesk, type IndexExamination } from '#libs/knowledge';

import { issueToken, LOCAL_OPERATOR } from '../identity/tokens.js';
import { providers, type ProviderName } from '../providers.js';
import { describeSettings } from '../settings/describe.js';
import type { Settings } from '../settings/read-settings.js';
import { backupText } from './backup-line.js';
import { directoryOrigin } from './open-directory.js';
import type { RunningProcess } from './run-process.js';
import { leavingText, whatLeaves, type LeavingText } from './what-leaves.js';

/** What is on, what is off and how to turn it on: for somebody who has just typed `npm start`. */
export const writeSummary = async (
  settings: Settings,
  { url, data, parts }: RunningProcess,
  out: Pick<WriteStream, 'write' | 'isTTY'>,
): Promise<void> => {
  // Elsewhere the log lines say it; a machine does not want a picture.
  if (!out.isTTY) return;
  const { process, eventLog, documents, bus, keys, canary } = settings;
  const lines = [
    ['roles', process.roles.join(', ')],
    ['log', eventLog.kind],
    ['records', documents.kind],
    ['bus', bus.kind],
    ['keys', keys.kind],
    ...syncLines(settings, parts),
    ...followLines(settings, parts),
    ...(data
      ? [['data', `${data.path}  (keep ${data.path}/secrets: without it personal data is lost)`]]
      : []),
    ...sourceLines(settings, data),
    ...(await modelLines(settings, parts)),
    [
      'canary',
      canary.seconds > 0 ? `each ${canary.seconds} s` : 'off: set INNKEEPER_CANARY_SECONDS',
    ],
    ['traces', settings.observing.tracesUrl ? 'on' : 'off: set INNKEEPER_TRACES_URL'],
    ...(await askLines(settings, { url, data })),
    ...(await backupLines(settings, { url, data, parts })),
    [
      'set by you',
      describeSettings(settings)
        .filter(({ origin }) => origin === 'environment' || origin === 'file')
        .map(({ name }) => name)
        .join(', ') || 'nothing',
    ],
    [
      'next',
      `open ${url}  ·  npx innkeeper token  ·  npx innkeeper send aircall test/fixtures/aircall/call.ended.answered.json`,
    ],
  ];
  const width = Math.max(...lines.map(([name = '']) => name.length));
  const text = lines.map(([name = '', value = '']) => `  ${name.padEnd(width)}  ${value}`);
  out.write(`\n${text.join('\n')}\n\n`);
};

/** An address that lets a person ask at once: its token reads, and lasts an hour. */
const askLines = async (
  { api, process: { roles } }: Settings,
  { url, data }: Pick<RunningProcess, 'data' | 'url'>,
): Promise<string[][]> => {
  const key = api.signingKey ?? data?.secret('issuer');
  if (!key || !roles.includes('llm-responder')) return [];
  const token = await issueToken(key, { name: LOCAL_OPERATOR, role: 'viewer' });
  return [['ask', `${url}/ask#${token}`]];
};

/** When backups are made, where to; and their page, which asks for a token. */
const backupLines = async (
  settings: Settings,
  { url, data, parts: { backups } }: Pick<RunningProcess, 'data' | 'parts' | 'url'>,
): Promise<string[][]> => {
  if (!backups) return [];
  const { lookAround, places } = backups;
  const home = data && resolve(data.path);
  const text = backupText({ settings, places, around: await lookAround(), home });
  return [
    ['backups', text],
    ['', `${url}/backups`],
  ];
};

/** How meaning is found, and which text leaves this process, to whom. */
const modelLines = async (
  settings: Settings,
  parts: RunningProcess['parts'],
): Promise<readonly (readonly string[])[]> => [
  ['meaning', meaningText(settings.embedder, await vectorsIn(settings.embedder, parts))],
  ...whatLeaves(settings).map((leaving) => [lineNames[leaving.for], leavingText(leaving)]),
  ...(settings.chatModel.kind === 'none' ? [['model', 'off: set INNKEEPER_CHAT_MODEL_KIND']] : []),
];

const lineNames: Readonly<Record<LeavingText['for'], string>> = {
  'embedding model': 'vectors',
  'reranking model': 'reranker',
  'language model': 'model',
};

/** How far vectors are. A store that does not answer now stops no start. */
const vectorsIn = async (
  { kind }: Settings['embedder'],
  parts: RunningProcess['parts'],
): Promise<IndexExamination['vectors']> => {
  if (kind === 'none') return undefined;
  const desk = composeIndexDesk({ ...parts, makeKey: () => randomBytes(32) });
  return desk.examineIndex(1).then(
    ({ vectors }) => vectors,
    () => undefined,
  );
};

export const meaningText = (
  embedder: Settings['embedder'],
  vectors: IndexExamination['vectors'],
): string => {
  if (embedder.kind === 'none') return 'off: set INNKEEPER_EMBEDDER_KIND';
  const where = embedder.kind === 'local' ? ', made here' : '';
  if (!vectors || vectors.passages === 0) return `${embedder.model}${where}: no vectors yet`;
  const { model, dimension, passages, lacking } = vectors;
  // Only all is 100 %.
  const share = Math.floor(((passages - lacking) * 100) / passages);
  return `${model}${where}, ${dimension} dimensions, ${share} % of passages have a vector`;
};

/** Of a process that asks providers: what wakes it, whom it asks, who gets its alerts. */
const syncLines = (
  { jobQueue, operations }: Settings,
  { jobQueue: queue, apis }: RunningProcess['parts'],
): string[][] => {
  if (!queue) return [];
  return [
    ['jobs', jobQueue.kind],
    ['asks', [...apis.keys()].join(', ') || 'nobody: set the credentials of a provider’s API'],
    ['webhooks', operations.publicUrl ? 'watched' : 'not watched: set INNKEEPER_PUBLIC_URL'],
    ['alerts', operations.alertsUrl ? 'told by POST' : 'in the log: set INNKEEPER_ALERTS_URL'],
  ];
};

/** Of a process that follows databases: which, and whom it takes for staff by the chat’s own data. */
const followLines = (
  settings: Settings,
  { feeds }: RunningProcess['parts'],
): readonly (readonly string[])[] => {
  const names = feeds.map(({ name }) => name).join(', ');
  const nothing = 'nothing: set INNKEEPER_ROCKETCHAT_MONGODB_URL or INNKEEPER_FOLLOW';
  const follows = settings.process.roles.includes('change-stream-listener');
  return [...(follows ? [['follows', names || nothing]] : []), ...rightsLines(settings)];
};

/** Where people and their rooms are written down only, everybody with a token is of the house. */
export const rightsLines = (settings: Settings): string[][] => {
  const origin = directoryOrigin(settings);
  if (origin === 'settings') return [];
  const { people } = settings.rights;
  const where = origin === 'mongodb' ? 'Rocket.Chat’s database' : 'Rocket.Chat’s REST API';
  const instead = people ? '; INNKEEPER_DIRECTORY is not read' : '';
  return [
    ['rights', `asked of ${where}${instead}`],
    ['staff', settings.chat.staff.join(', ') || NOBODY],
  ];
};

const NOBODY = 'nobody may read business records: set INNKEEPER_ROCKETCHAT_STAFF';

/** What Innkeeper hands in itself has no door of its own that somebody could open here. */
const outsiders = (Object.keys(providers) as ProviderName[]).filter((name) => name !== 'backups');

const sourceLines = (settings: Settings, data: RunningProcess['data']): string[][] =>
  outsiders.map((name) => {
    const { ending, made } = providers[name].secrets;
    const variable = `INNKEEPER_${name.toUpperCase()}_${ending}`;
    if (settings[name].secrets.length > 0) return [name, 'secret set'];
    return data && made !== undefined
      ? [name, `${made} made in ${data.path}/secrets/${name}-${made}  (or set ${variable})`]
      : [name, `off: set ${variable}`];
  });
