import type { WriteStream } from 'node:tty';

import { describeSettings } from '../settings/describe.js';
import type { Settings } from '../settings/read-settings.js';
import type { RunningProcess } from './run-process.js';

/** What is on, what is off and how to turn it on: for somebody who has just typed `npm start`. */
export const writeSummary = (
  settings: Settings,
  { url, data }: RunningProcess,
  out: Pick<WriteStream, 'write' | 'isTTY'>,
): void => {
  // Elsewhere the log lines say it; a machine does not want a picture.
  if (!out.isTTY) return;
  const { process, eventLog, documents, bus, keys, aircall, canary } = settings;
  const lines = [
    ['roles', process.roles.join(', ')],
    ['log', eventLog.kind],
    ['records', documents.kind],
    ['bus', bus.kind],
    ['keys', keys.kind],
    ...(data
      ? [['data', `${data.path}  (keep ${data.path}/secrets: without it personal data is lost)`]]
      : []),
    [
      'aircall',
      aircall.tokens.length > 0
        ? 'token set'
        : data
          ? `token made in ${data.path}/secrets/aircall-token  (or set INNKEEPER_AIRCALL_TOKENS)`
          : 'off: set INNKEEPER_AIRCALL_TOKENS',
    ],
    [
      'canary',
      canary.seconds > 0 ? `each ${canary.seconds} s` : 'off: set INNKEEPER_CANARY_SECONDS',
    ],
    ['traces', settings.observing.tracesUrl ? 'on' : 'off: set INNKEEPER_TRACES_URL'],
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
