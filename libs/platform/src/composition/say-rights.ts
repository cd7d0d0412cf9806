import type { Log } from '../logs/log.js';
import type { Settings } from '../settings/read-settings.js';
import { directoryOrigin } from './open-directory.js';

/** Says at the start what surprises people afterwards: whom the chat’s own data leave without anything to read. */
export const sayRights = (
  settings: Pick<Settings, 'chat' | 'process' | 'rights'>,
  log: Pick<Log, 'warn'>,
): void => {
  const { chat, process, rights } = settings;
  const isAsked = process.roles.some((role) => role === 'api' || role === 'llm-responder');
  if (!isAsked || directoryOrigin(settings) === 'settings') return;
  if (chat.staff.length === 0)
    log.warn('rights.nobody_is_staff', { setting: 'INNKEEPER_ROCKETCHAT_STAFF' });
  if (rights.people) log.warn('rights.not_read', { setting: 'INNKEEPER_DIRECTORY' });
};
