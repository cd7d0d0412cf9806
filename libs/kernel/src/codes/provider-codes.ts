import { entry, type CodeEntry } from './entry.js';

/** Doors, intake, and requests to providers. */
export const providerCodes = {
  INTAKE_SOURCE_UNKNOWN: entry(
    'missing',
    'There is no such source.',
    'Check the URL at the provider; `innkeeper settings` shows which sources are on.',
  ),
  INTAKE_BODY_TOO_LARGE: entry(
    'invalid',
    'The body is larger than 1 MiB.',
    'No provider sends bodies of this size. Check who sends it.',
    413,
  ),
  INTAKE_NOTE_UNREADABLE: entry(
    'invalid',
    'The note cannot be read.',
    'The front matter between the two lines `---` is YAML: `listing:`, `title:`, `tags:`, `language:`, each with a text. Below it stands the text.',
    422,
  ),
  INTAKE_NOTE_NAMELESS: entry(
    'invalid',
    'The note has neither a name nor a title.',
    'Give it a `name`, which stays the same when the note changes, or a `title:` in its front matter.',
    422,
  ),
  INTAKE_NOTE_EMPTY: entry(
    'invalid',
    'The note says nothing.',
    'Write its text below the front matter. To take a note away, say `deleted: true` or use `innkeeper notes remove`.',
    422,
  ),
  INTAKE_NOTE_ERASED: entry(
    'conflict',
    'A note of this name was erased.',
    'Nothing personal is kept under an erased name any more: save the note under another name.',
  ),
  INTAKE_NOTE_TOO_LONG: entry(
    'invalid',
    'The note is longer than 65,536 characters.',
    'Divide it: one note for each subject is also found better.',
    413,
  ),
  INTAKE_NOTE_LISTING_UNKNOWN: entry(
    'invalid',
    'No listing has this id, nickname or title.',
    'See their names by `innkeeper records listing`. A note about the whole company names no listing.',
    422,
  ),
  INTAKE_NOTE_LISTING_AMBIGUOUS: entry(
    'invalid',
    'Several listings have this name.',
    'Name the listing by its id: `innkeeper records listing` shows them.',
    422,
  ),
  DOOR_OVERLOADED: entry(
    'unavailable',
    'The door is busy with too many requests.',
    'Send it again a little later. `innkeeper doctor` says what makes answers slow. Many strangers at once can do it, too.',
  ),
  DOOR_SENDER_TOO_SLOW: entry(
    'invalid',
    'The request came in too slowly while the door was full.',
    'Send it again. A full door closes the slowest senders first. If it happens each time, check the network.',
    408,
  ),
  INTAKE_TOKEN_INVALID: entry(
    'unauthenticated',
    'The delivery does not prove who sent it.',
    'If it is real, set the right token (INNKEEPER_AIRCALL_TOKENS) and run `innkeeper quarantine retry`.',
  ),
  INTAKE_SIGNATURE_INVALID: entry(
    'unauthenticated',
    'The signature does not prove who sent the delivery.',
    'If it is real, set the secret of this URL (`innkeeper sources` names its setting), then run `innkeeper quarantine retry`.',
  ),
  INTAKE_SIGNATURE_EXPIRED: entry(
    'unauthenticated',
    'The delivery was signed too long ago, or in the future.',
    'Somebody sends an old delivery again, or a clock is wrong by more than five minutes. Check the time of this machine. If it was wrong, run `innkeeper quarantine retry --within <duration>`.',
  ),
  INTAKE_BODY_UNREADABLE: entry(
    'unauthenticated',
    'The body cannot be read, so it proves nothing.',
    'It waits in quarantine: `innkeeper quarantine list`.',
  ),
  INTAKE_SECRET_MISSING: entry(
    'unavailable',
    'This source has no secret yet, so nothing can be proved.',
    'Set the source’s secret (INNKEEPER_AIRCALL_TOKENS). The provider sends again what was refused.',
  ),
  INTAKE_BUS_UNAVAILABLE: entry(
    'unavailable',
    'The delivery cannot be stored safely now.',
    'The provider sends it again. Look at the bus and the disk: `innkeeper doctor`.',
  ),
  SYNC_SOURCE_UNKNOWN: entry(
    'missing',
    'No API of such a provider is read here.',
    'Set the credentials of its API, and start the role `provider-sync`. `innkeeper sync` lists what can be read.',
  ),
  INTAKE_HINT_MALFORMED: entry(
    'invalid',
    'A message on the topic of hints is not a hint.',
    'Another program publishes to this topic: check its permissions.',
  ),
  INTAKE_DELIVERY_MALFORMED: entry(
    'invalid',
    'A message on the deliveries topic is not a delivery.',
    'Another program publishes to this topic: check its permissions.',
  ),

  OUTBOUND_UNREACHABLE: entry(
    'unavailable',
    'An outside server cannot be reached.',
    'Nothing was sent. Look at the network and at the host in the details. Work resumes by itself.',
  ),
  OUTBOUND_UNANSWERED: entry(
    'unavailable',
    'An outside server gave no complete answer in time.',
    'The server may have done what was asked. Look at the provider’s status page. Work resumes by itself.',
  ),
  OUTBOUND_ADDRESS_REFUSED: entry(
    'misconfigured',
    'An outside address leads to a network that is not allowed.',
    'The details name the host and the reason. If it is right, allow its network (INNKEEPER_OUTBOUND_ALLOWED).',
  ),
  OUTBOUND_ANSWER_TOO_LARGE: entry(
    'invalid',
    'An answer from outside is larger than the limit.',
    'The details name the host and the limit. Ask the provider what changed.',
  ),
  OUTBOUND_THROTTLED: entry(
    'throttled',
    'The other side says to wait, or the budget for it is spent.',
    'Do nothing: it goes on by itself. If it never ends, look for another program that uses the same account.',
  ),

  PROVIDER_API_CREDENTIALS_MISSING: entry(
    'misconfigured',
    'There are no credentials for a provider’s API.',
    'Set the settings named in the details. Until then only this provider’s webhooks come in.',
  ),
  PROVIDER_API_CREDENTIALS_REFUSED: entry(
    'misconfigured',
    'A provider’s API refuses the credentials.',
    'Make new credentials at the provider and set them. `innkeeper settings` shows the settings.',
  ),
  PROVIDER_API_TOKENS_SPENT: entry(
    'throttled',
    'A provider gives no more tokens for now.',
    'It goes on by itself when the quota allows. If it happens daily, another program uses the same credentials.',
  ),
  PROVIDER_API_FORBIDDEN: entry(
    'misconfigured',
    'A provider’s API does not allow this request.',
    'Give the API key the right that the details name.',
  ),
  PROVIDER_API_FAILED: entry(
    'unavailable',
    'A provider’s API fails.',
    'Look at the provider’s status page. Work resumes by itself.',
  ),
  PROVIDER_API_REQUEST_REFUSED: entry(
    'invalid',
    'A provider’s API does not understand a request.',
    'The details name entity and status. The provider has changed its API: report it.',
  ),
  PROVIDER_API_ANSWER_UNREADABLE: entry(
    'invalid',
    'An answer of a provider’s API does not have the expected form.',
    'The details name entity and field. The provider has changed its API: report it.',
  ),
  PROVIDER_API_NOT_YET: entry(
    'missing',
    'A provider’s API does not have this yet.',
    'The platform asks again by itself. Some things exist only minutes after they are announced.',
  ),
  PROVIDER_ENTITY_UNKNOWN: entry(
    'invalid',
    'A provider’s API client does not know this kind of thing.',
    'A newer version wrote the hint, or it is a defect: report it.',
  ),
  PROVIDER_PLACE_INVALID: entry(
    'invalid',
    'The cursor of a provider’s list does not belong to this recipe.',
    'Start this pass again from its beginning. Nothing is lost; some things are read twice.',
  ),
} satisfies Record<string, CodeEntry>;
