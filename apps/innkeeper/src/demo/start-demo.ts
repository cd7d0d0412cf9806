import {
  demoQuestions,
  issueToken,
  readSecret,
  readSettings,
  type Settings,
} from '#libs/platform/local';
import type { RunningProcess } from '#libs/platform';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { UsageError } from '../exit.js';
import { line, type Io } from '../terminal/io.js';
import { progressOn } from '../terminal/progress.js';
import { demoStateIn, keepDemoState, type DemoState } from './demo-directory.js';
import { fillDemo } from './fill-demo.js';

type StartEnvironment = Readonly<Record<string, string | undefined>>;

export interface PreparedDemo {
  readonly env: StartEnvironment;
  readonly fill: (running: RunningProcess, settings: Settings) => Promise<void>;
}

/** What a start with the demo company needs beside a start: a place that is empty, and a secret for each of its doors. */
export const prepareDemo = (
  env: StartEnvironment,
  roles: string | undefined,
  io: Pick<Io, 'err'>,
): PreparedDemo => {
  if (roles !== undefined)
    throw new UsageError('The demo company needs every role.', 'Leave --roles out.');
  const settings = readSettings(env, (path) => readFileSync(path, 'utf8'));
  if (settings.eventLog.kind !== 'sqlite')
    throw new UsageError(
      'The demo company lives on embedded parts only, so that it never gets into a log of yours.',
      'Leave INNKEEPER_EVENT_LOG_KIND out.',
    );
  const { dataDir } = settings.process;
  const state = demoStateIn(dataDir, beginning);
  return {
    env: withSecrets(env),
    fill: async (running, own) => {
      if (!state.filled) await fill(running, own, state, io);
      await invite(running, io);
    },
  };
};

const beginning = (): DemoState => {
  const now = Date.now();
  // The day as people here have it, in the form of ISO 8601.
  return { today: new Intl.DateTimeFormat('sv-SE').format(now), now, filled: false };
};

const SECRET_BYTES = 32;
/** Guesty chooses its secret itself, and the demo company’s Guesty is us. */
const withSecrets = (env: StartEnvironment): StartEnvironment => {
  const isSet = env['INNKEEPER_GUESTY_SECRETS'] ?? env['INNKEEPER_GUESTY_SECRETS_FILE'];
  if (isSet) return env;
  const secret = `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
  return { ...env, INNKEEPER_GUESTY_SECRETS: secret };
};

const fill = async (
  running: RunningProcess,
  { api, process: { dataDir } }: Settings,
  state: DemoState,
  { err }: Pick<Io, 'err'>,
): Promise<void> => {
  const key = api.signingKey ?? readSecret(dataDir, 'issuer');
  if (!key)
    throw new UsageError('There is no key to sign a token with.', 'Start once without --demo.');
  const { demoCompany } = await import('./demo-company.js');
  const { first, history } = demoCompany(state);
  const token = await issueToken(key, { name: 'demo', role: 'operator' });
  const progress = await progressOn(err, 'The demo company comes in');
  try {
    await fillDemo(first, { running, token, show: progress.show });
  } finally {
    await progress.end();
  }
  const rest = { running, token, show: () => Promise.resolve() };
  // Nobody waits for the year before; a stop in its middle leaves it to the next start with --demo.
  void fillDemo(history, rest).then(
    async () => {
      keepDemoState(dataDir, { ...state, filled: true });
      await line(err, 'Its year before today is here, too.');
    },
    () => undefined,
  );
};

const invite = async ({ url }: RunningProcess, { err }: Pick<Io, 'err'>): Promise<void> => {
  const { dim, strong } = err.paint;
  await line(
    err,
    strong(
      'The demo company is here: twelve homes, their notes, who stays and who comes. Its year before follows.',
    ),
  );
  await line(err, dim(`Ask on ${url} or here:`));
  for (const question of demoQuestions) await line(err, `  npx innkeeper ask "${question}"`);
};
