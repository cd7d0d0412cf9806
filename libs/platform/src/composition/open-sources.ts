import type { Source, Sources } from '#libs/intake';
import { aircall } from '#libs/providers/aircall';

import type { Settings } from '../settings/read-settings.js';
import type { DataDirectory } from './data-directory.js';

/**
 * The providers of this deployment with their live secrets. Embedded, the first start makes a token,
 * so that a newcomer can send; distributed, a missing one stays missing and the door says so.
 */
export const openSources = (settings: Settings, data: DataDirectory | undefined): Sources => {
  const tokens = settings.aircall.tokens;
  const secrets = tokens.length > 0 || !data ? tokens : [data.secret('aircall-token')];
  const sources: Source[] = [{ provider: aircall, account: settings.aircall.account, secrets }];
  return new Map(sources.map((source) => [source.provider.name, source]));
};
