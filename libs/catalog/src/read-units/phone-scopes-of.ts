import type { Keys } from '#libs/ports/keys';

import { phoneHandle } from '../identities/handles.js';
import { printsOf } from '../identities/prints.js';
import { phoneScopes } from '../kinds/scopes.js';

interface PhoneScopesOfParts {
  readonly keys: Pick<Keys, 'fingerprint'>;
}

/** For each number (E.164) what is in the scope of every record about it; nothing for what is no full number. */
export type PhoneScopesOf = (phones: readonly string[]) => Promise<readonly string[]>;

export const phoneScopesOf =
  ({ keys }: PhoneScopesOfParts): PhoneScopesOf =>
  async (phones) => {
    const prints = await printsOf(
      keys,
      phones.flatMap((phone) => phoneHandle(phone) ?? []),
    );
    const scopes = phoneScopes(phones, (e164) => prints.get(phoneHandle(e164) ?? ''));
    return [...new Set(scopes)];
  };
