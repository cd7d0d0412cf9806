import { entry, type CodeEntry } from './entry.js';

/** Doors, intake, and what is asked of providers. */
export const providerCodes = {
  INTAKE_SOURCE_UNKNOWN: entry(
    'missing',
    'There is no such source.',
    'Check the URL at the provider; `innkeeper settings` shows which sources are on.',
  ),
  INTAKE_BODY_TOO_LARGE: entry(
    'invalid',
    'The body is larger than 1 MiB.',
    'No provider sends bodies of this size; check who is calling.',
    413,
  ),
  DOOR_OVERLOADED: entry(
    'unavailable',
    'The door has too much in hand.',
    'Send it again a little later. `innkeeper doctor` says what makes answers slow; many strangers at once do too.',
  ),
  DOOR_SENDER_TOO_SLOW: entry(
    'invalid',
    'The request came in too slowly while the door was full.',
    'Send it again. The slowest senders make room first; if it always happens, look at the network between.',
    408,
  ),
  INTAKE_TOKEN_INVALID: entry(
    'unauthenticated',
    'The delivery does not prove its origin.',
    'If it is real, set the right token (INNKEEPER_AIRCALL_TOKENS) and run `innkeeper quarantine retry`.',
  ),
  INTAKE_SIGNATURE_INVALID: entry(
    'unauthenticated',
    'The signature does not prove the delivery’s origin.',
    'If it is real, give us the secret of this URL (`innkeeper sources` names its setting), then run `innkeeper quarantine retry`.',
  ),
  INTAKE_SIGNATURE_EXPIRED: entry(
    'unauthenticated',
    'The delivery was signed too long ago, or in the future.',
    'Somebody sends an old delivery again, or a clock is wrong by more than five minutes: check the time of this machine. Was it ours? `innkeeper quarantine retry --within <duration>`.',
  ),
  INTAKE_BODY_UNREADABLE: entry(
    'unauthenticated',
    'The body cannot be read, so it proves nothing.',
    'It waits in quarantine: `innkeeper quarantine list`.',
  ),
  INTAKE_SECRET_MISSING: entry(
    'unavailable',
    'This source has no secret yet, so nothing can be proved.',
    'Set the source’s secret (INNKEEPER_AIRCALL_TOKENS); the provider repeats what was refused.',
  ),
  INTAKE_BUS_UNAVAILABLE: entry(
    'unavailable',
    'The delivery cannot be kept safely right now.',
    'The provider repeats it. Look at the bus and the disk: `innkeeper doctor`.',
  ),
  SYNC_SOURCE_UNKNOWN: entry(
    'missing',
    'Nothing is read from such a provider’s API.',
    'Set its API’s credentials, and start the role `provider-sync`; `innkeeper sync` lists what there is.',
  ),
  INTAKE_HINT_MALFORMED: entry(
    'invalid',
    'A message on the topic of hints is not a hint.',
    'Somebody else publishes to this topic: check its permissions.',
  ),
  INTAKE_DELIVERY_MALFORMED: entry(
    'invalid',
    'A message on the deliveries topic is not a delivery.',
    'Somebody else publishes to this topic: check its permissions.',
  ),

  OUTBOUND_UNREACHABLE: entry(
    'unavailable',
    'A server of somebody else cannot be reached.',
    'Nothing was sent. Look at the network and at the host in the details; work resumes by itself.',
  ),
  OUTBOUND_UNANSWERED: entry(
    'unavailable',
    'A server of somebody else gave no whole answer in time.',
    'The request may have been done. Look at the provider’s status page; work resumes by itself.',
  ),
  OUTBOUND_ADDRESS_REFUSED: entry(
    'misconfigured',
    'An address outside leads where Innkeeper does not go.',
    'The details name the host and the reason. If it is right, allow its network (INNKEEPER_OUTBOUND_ALLOWED).',
  ),
  OUTBOUND_ANSWER_TOO_LARGE: entry(
    'invalid',
    'An answer from outside is larger than what is read of one.',
    'The details name the host and the limit. Ask the provider what changed.',
  ),
  OUTBOUND_THROTTLED: entry(
    'throttled',
    'The other side says to wait, or the budget for it is spent.',
    'Nothing: it goes on by itself. If it never ends, look for another program that uses the same account.',
  ),

  PROVIDER_API_CREDENTIALS_MISSING: entry(
    'misconfigured',
    'There are no credentials for a provider’s API.',
    'Set the settings named in the details; until then this provider is only listened to.',
  ),
  PROVIDER_API_CREDENTIALS_REFUSED: entry(
    'misconfigured',
    'A provider’s API refuses our credentials.',
    'Make new ones at the provider and set them; `innkeeper settings` shows which settings they are.',
  ),
  PROVIDER_API_TOKENS_SPENT: entry(
    'throttled',
    'A provider gives us no more tokens for now.',
    'It goes on by itself when the quota allows. If it happens daily, another program uses the same credentials.',
  ),
  PROVIDER_API_FORBIDDEN: entry(
    'misconfigured',
    'A provider’s API does not let us do this.',
    'Give the API key the right that the details name.',
  ),
  PROVIDER_API_FAILED: entry(
    'unavailable',
    'A provider’s API fails.',
    'Look at the provider’s status page; work resumes by itself.',
  ),
  PROVIDER_API_REQUEST_REFUSED: entry(
    'invalid',
    'A provider’s API does not understand what we ask.',
    'The details name entity and status. The provider has changed its API: report it.',
  ),
  PROVIDER_API_ANSWER_UNREADABLE: entry(
    'invalid',
    'An answer of a provider’s API is not what it should be.',
    'The details name entity and field. The provider has changed its API: report it.',
  ),
  PROVIDER_API_NOT_YET: entry(
    'missing',
    'A provider’s API does not have this yet.',
    'It is asked for again by itself; some things are made minutes after they are announced.',
  ),
  PROVIDER_ENTITY_UNKNOWN: entry(
    'invalid',
    'A provider’s API client does not know this kind of thing.',
    'The hint was written by a newer version, or by a mistake of ours: report it.',
  ),
  PROVIDER_PLACE_INVALID: entry(
    'invalid',
    'A place in a provider’s list does not belong to this recipe.',
    'Start this pass again from its beginning: nothing is lost, some things are read twice.',
  ),
} satisfies Record<string, CodeEntry>;
