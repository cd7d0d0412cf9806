import type { BackupRunAnswer } from '#libs/routes';

import { duration, time } from '../../terminal/words.js';

export type ShownServer = NonNullable<BackupRunAnswer['server']>;

/** What it costs is mostly less than a cent for a minute, and two euros for a month of nights. */
export const moneyOf = (cents: number): string =>
  cents < 100 ? `${Number(cents.toFixed(2))} ct` : `${(cents / 100).toFixed(2)} €`;

/** Which machine it is, and where: nothing before it was made. */
export const machineOf = ({ type, location }: ShownServer): string =>
  [type, location && `in ${location}`].filter(Boolean).join(' ');

/** How long it has lived by now, or did. Before it was made it costs nothing. */
export const livedMs = ({ madeAt, goneAt }: ShownServer, now: number): number | undefined =>
  madeAt === null
    ? undefined
    : Math.max(0, (goneAt === null ? now : Date.parse(goneAt)) - Date.parse(madeAt));

/** What happened to it last, for who waits. */
export const serverState = (server: ShownServer, now: number): string => {
  const which = server.number > 1 ? `server ${server.number}` : 'server';
  switch (server.state) {
    case 'wanted':
      return `${which} ordered`;
    case 'made':
      return `${which} made (${machineOf(server)}), until ${time(server.expiresAt)} at most`;
    case 'heard':
      return `${which} works`;
    default:
      return `${which} gone${sumOf(server, now)}`;
  }
};

/** ` after 12 min, for 1.5 ct`. */
const sumOf = (server: ShownServer, now: number): string => {
  const lived = livedMs(server, now);
  const after = lived === undefined ? '' : ` after ${duration(lived)}`;
  return server.cents === null ? after : `${after}, for ${moneyOf(server.cents)}`;
};

/** In a column. */
export const serverCell = ({ server }: BackupRunAnswer, now: number): string => {
  if (!server) return '';
  const lived = livedMs(server, now);
  const spent = server.cents === null ? [] : [moneyOf(server.cents)];
  const state = server.state === 'gone' ? [] : [server.state];
  return [...state, ...(lived === undefined ? [] : [duration(lived)]), ...spent].join(', ');
};

/** Everything that is known of it. */
export const serverPairs = (server: ShownServer, now: number): (readonly [string, string])[] => {
  const lived = livedMs(server, now);
  const life = [
    ['ordered', server.wantedAt],
    ['made', server.madeAt],
    ['heard', server.heardAt],
    ['gone', server.goneAt],
  ] as const;
  return [
    ['server', [server.name, machineOf(server)].filter(Boolean).join(', ')],
    ...life.flatMap(([what, at]) => (at === null ? [] : [[`  ${what}`, time(at)] as const])),
    ...(server.goneAt === null ? [['  until', `${time(server.expiresAt)} at most`] as const] : []),
    ...(lived === undefined ? [] : [['  lived', duration(lived)] as const]),
    ...(server.number > 1 ? [['  servers', String(server.number)] as const] : []),
    ...(server.cents === null ? [] : [['  cost', moneyOf(server.cents)] as const]),
  ];
};
