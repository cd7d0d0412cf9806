import { z } from 'zod';

import { setting } from './setting.js';
import { plainUrl } from './values.js';

/** Keys that are fetched in clear text prove nothing. */
const isSafeWay = (text: string): boolean => {
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
};

/** Who may call the function that watches backups from outside. */
export const backupWatch = z.object({
  audience: setting(
    {
      name: 'INNKEEPER_FUNCTION_AUDIENCE',
      means:
        'For whom the tokens of Cloud Scheduler are made that call the function `backup`: its address.',
      expects: 'https://… without a user, as in --oidc-token-audience of the job',
    },
    plainUrl.optional(),
  ),
  caller: setting(
    {
      name: 'INNKEEPER_FUNCTION_CALLER',
      means: 'The service account that may call the function `backup`.',
      expects: 'an e-mail address, as in --oidc-service-account-email of the job',
    },
    z.email().optional(),
  ),
  jwksUrl: setting(
    {
      name: 'INNKEEPER_FUNCTION_JWKS_URL',
      means: 'Where the public keys are that prove those tokens.',
      expects: 'https://… without a user, or http:// of this machine',
      byDefault: 'https://www.googleapis.com/oauth2/v3/certs',
    },
    plainUrl.refine(isSafeWay),
  ),
});
