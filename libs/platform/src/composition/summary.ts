import type { WriteStream } from 'node:tty';

import { issueToken, LOCAL_OPERATOR } from '../identity/tokens.js';
import { providers, type ProviderName } from '../providers.js';
import { describeSettings } from '../settings/describe.js';
import type { Settings } from '../settings/read-settings.js';
import type { RunningProcess } from './run-process.js';

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
    ...(data
      ? [['data', `${data.path}  (keep ${data.path}/secrets: without it personal data is lost)`]]
      : []),
    ...sourceLines(settings, data),
    ...modelLines(settings),
    [
      'canary',
      canary.seconds > 0 ? `each ${canary.seconds} s` : 'off: set INNKEEPER_CANARY_SECONDS',
    ],
    ['traces', settings.observing.tracesUrl ? 'on' : 'off: set INNKEEPER_TRACES_URL'],
    ...(await askLines(settings, { url, data })),
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

/** Which text leaves this process, and to whom. */
const modelLines = ({ embedder, reranker, chatModel }: Settings): string[][] => [
  ['vectors', vectorsText(embedder)],
  ...(reranker.url === undefined
    ? []
    : [['reranker', `questions and the best passages go to ${new URL(reranker.url).host}`]]),
  [
    'model',
    chatModel.kind === 'none'
      ? 'off: set INNKEEPER_CHAT_MODEL_KIND'
      : `questions and what is found for them go to ${hostOfModel(chatModel)} (${chatModel.model})`,
  ],
];

const vectorsText = (embedder: Settings['embedder']): string => {
  switch (embedder.kind) {
    case 'none':
      return 'off: set INNKEEPER_EMBEDDER_KIND';
    case 'local':
      return `made here, by ${embedder.model}`;
    case 'openai':
      return `passages and questions go to ${new URL(embedder.url).host}`;
  }
};

const hostOfModel = ({ url }: Exclude<Settings['chatModel'], { kind: 'none' }>): string =>
  url === undefined ? 'api.groq.com' : new URL(url).host;

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

const sourceLines = (settings: Settings, data: RunningProcess['data']): string[][] =>
  (Object.keys(providers) as ProviderName[]).map((name) => {
    const { ending, made } = providers[name].secrets;
    const variable = `INNKEEPER_${name.toUpperCase()}_${ending}`;
    if (settings[name].secrets.length > 0) return [name, 'secret set'];
    return data && made !== undefined
      ? [name, `${made} made in ${data.path}/secrets/${name}-${made}  (or set ${variable})`]
      : [name, `off: set ${variable}`];
  });
