import type { FaultKind } from './kinds.js';

export interface CodeEntry {
  readonly kind: FaultKind;
  /** Safe for outsiders: says what is wrong, holds no value. */
  readonly title: string;
  /** What the operator does next. */
  readonly remedy: string;
  /** Only where HTTP has a more exact status than the kind's. */
  readonly http?: number;
}

const entry = (kind: FaultKind, title: string, remedy: string, http?: number): CodeEntry => ({
  kind,
  title,
  remedy,
  ...(http !== undefined && { http }),
});

/** Every error code there is. A code is never renamed and never used for something else. */
export const codes = {
  DEFECT_UNKNOWN: entry(
    'defect',
    'Something went wrong inside Innkeeper.',
    'Look up the trace id in the logs; the line with outcome "failed" carries the cause. Then report it.',
  ),

  JSON_NUMBER_INVALID: entry(
    'invalid',
    'A number is not finite.',
    'The sender writes numbers that JSON cannot hold; the delivery is kept, ask the provider.',
  ),
  JSON_TOO_DEEP: entry(
    'invalid',
    'A JSON value is nested too deeply.',
    'No provider sends this; if it was proved, ask the provider what changed.',
  ),
  JSON_VALUE_INVALID: entry(
    'invalid',
    'A value cannot be written as JSON.',
    'This is a mistake of the code that builds the value: report it.',
  ),

  SETTINGS_INVALID: entry(
    'misconfigured',
    'The settings are not usable.',
    'The lines above name every bad setting and what is expected. See docs/reference/settings.md.',
  ),
  ROLE_UNKNOWN: entry(
    'misconfigured',
    'There is no such role.',
    'Set INNKEEPER_ROLES to names from the list, or leave it empty for all.',
  ),
  PORT_TAKEN: entry(
    'misconfigured',
    'The HTTP port is in use.',
    'Stop the program that holds it, or set INNKEEPER_HTTP_PORT (0 picks a free one).',
  ),
  DATA_IN_USE: entry(
    'misconfigured',
    'Another process holds this data directory.',
    'Stop that process, or set INNKEEPER_DATA_DIR to another directory.',
  ),
  DATA_FORMAT_NEWER: entry(
    'misconfigured',
    'The data was written by a newer Innkeeper.',
    'Start the newer version. Nothing was touched.',
  ),
  MASTER_KEY_WRONG: entry(
    'misconfigured',
    'The master key does not open this data.',
    'Give the key the data was made with (INNKEEPER_MASTER_KEY or data/secrets/master-key).',
  ),
  ADAPTER_MISSING: entry(
    'misconfigured',
    'The driver of a chosen adapter is not installed.',
    'Run `npm ci`, or choose another adapter for the port named in the details.',
  ),

  LOG_CHAIN_BROKEN: entry(
    'misconfigured',
    'The log is not whole.',
    'Run `innkeeper verify`: it names the first wrong position. Restore the log from a backup, then run `innkeeper log restored`.',
  ),
  LOG_RESTORED: entry(
    'misconfigured',
    'The log is older than what was derived from it.',
    'If the log was restored from a backup, run `innkeeper log restored`; if not, find the missing commits first.',
  ),
  LOG_FACT_TOO_LARGE: entry(
    'invalid',
    'A fact is larger than 256 KiB.',
    'The raw delivery is kept (`innkeeper deliveries show`). A normaliser that keeps less is needed.',
  ),
  LOG_FACT_INVALID: entry(
    'invalid',
    'A fact is not fit for the log.',
    'The detail names the field. This is a mistake of the code that builds the fact: report it.',
  ),
  LOG_ERA_NOT_NEWER: entry(
    'conflict',
    'The log is already in this era or a later one.',
    'Check the clock of this machine, then run `innkeeper log restored` again.',
  ),
  LOG_UNAVAILABLE: entry(
    'unavailable',
    'The log cannot be reached.',
    'Deliveries wait on the bus. Look at the database named in `innkeeper doctor`.',
  ),
  LOG_VERSION_CONFLICT: entry(
    'conflict',
    'Somebody else changed this first.',
    'Load the current state and try again.',
  ),

  DOCUMENTS_UNAVAILABLE: entry(
    'unavailable',
    'The document store cannot be reached.',
    'Look at the database named in `innkeeper doctor`; work resumes by itself.',
  ),
  DOCUMENT_TOO_LARGE: entry(
    'invalid',
    'A document is larger than 900 KiB.',
    'This is a limit of every store behind the port: keep less in one document.',
  ),
  DOCUMENTS_CURSOR_INVALID: entry(
    'invalid',
    'This page marker does not belong to this list.',
    'Start again without `after`; filters must stay the same from page to page.',
  ),
  DOCUMENTS_FIELD_UNKNOWN: entry(
    'invalid',
    'This list has no such field.',
    'The answer names the fields that can be filtered or sorted by.',
  ),

  BUS_UNAVAILABLE: entry(
    'unavailable',
    'The bus cannot be reached.',
    'The door answers 503 and senders repeat. Look at the bus named in `innkeeper doctor`.',
  ),
  BUS_TOPIC_UNKNOWN: entry(
    'misconfigured',
    'A topic or subscription does not exist.',
    'Run `innkeeper bus create` (or apply Terraform), then `innkeeper bus verify`.',
  ),
  BUS_ACCESS_DENIED: entry(
    'misconfigured',
    'The bus refuses our account.',
    'Give the account the publisher and subscriber roles on the topics that Terraform names.',
  ),
  BUS_MESSAGE_TOO_LARGE: entry(
    'invalid',
    'A message is too large for the bus.',
    'The limit is that of Pub/Sub (10 MB a request); bodies over 1 MiB are refused at the door.',
  ),

  JOB_QUEUE_UNAVAILABLE: entry(
    'unavailable',
    'The job queue cannot be reached.',
    'What has to run is kept elsewhere and is woken once the queue is back. Look at Redis: `innkeeper doctor`.',
  ),
  JOB_QUEUE_ACCESS_DENIED: entry(
    'misconfigured',
    'Redis refuses our user or password.',
    'Set INNKEEPER_BULLMQ_URL to one with a user that may run scripts and all commands on our keys.',
  ),
  JOB_INVALID: entry(
    'invalid',
    'A job is not fit for the queue.',
    'A key has at most 512 characters, its data at most 16 KiB. This is a mistake of the code that enqueues it: report it.',
  ),

  KEYS_UNAVAILABLE: entry(
    'unavailable',
    'The key store cannot be reached.',
    'Nothing can be sealed or opened until it is back; work waits.',
  ),
  KEYS_SEALED_BROKEN: entry(
    'defect',
    'Sealed bytes do not open with their key.',
    'The stored bytes were changed, or belong to another stream. Run `innkeeper verify`.',
  ),

  STORED_BYTES_BROKEN: entry(
    'defect',
    'Stored bytes cannot be expanded.',
    'They were written by a newer version, or the store is damaged: restore it from a backup.',
  ),
  STORE_FULL: entry(
    'unavailable',
    'The disk is full.',
    'Free space on the disk of the data directory; work resumes by itself and nothing is lost.',
  ),

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
  INTAKE_TOKEN_INVALID: entry(
    'unauthenticated',
    'The delivery does not prove its origin.',
    'If it is real, set the right token (INNKEEPER_AIRCALL_TOKENS) and run `innkeeper quarantine retry`.',
  ),
  INTAKE_SIGNATURE_INVALID: entry(
    'unauthenticated',
    'The signature does not prove the delivery’s origin.',
    'If it is real, set the secret of this URL at the sender (INNKEEPER_GUESTY_SECRETS) and run `innkeeper quarantine retry`.',
  ),
  INTAKE_SIGNATURE_EXPIRED: entry(
    'unauthenticated',
    'The delivery was signed too long ago, or in the future.',
    'Somebody sends an old delivery again, or a clock is wrong by more than five minutes: check the time of this machine.',
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

  CATALOG_FACT_UNFOLDABLE: entry(
    'invalid',
    'A fact cannot be folded into its record.',
    'It is parked and the catalog goes on. `innkeeper doctor` names it; after the fix, rebuild the catalog.',
  ),
  CATALOG_REBUILD_DIFFERS: entry(
    'conflict',
    'The rebuilt records differ from the live ones.',
    'Look at the list of records; if the new ones are right, switch with `--accept-changes`.',
  ),
  FACT_DATA_INVALID: entry(
    'invalid',
    'A fact does not have the shape of its type.',
    'It is parked and named by `innkeeper doctor`. A released type never changes its shape: report it.',
  ),
  CATALOG_REBUILD_STOPPED: entry(
    'unavailable',
    'The rebuild was stopped before its end.',
    'The process that ran it stopped or lost its lease. Ask for the rebuild again.',
  ),
  CATALOG_ERASE_NOTHING: entry(
    'missing',
    'There is nothing to erase under this name.',
    'Give a stream (`call/…`) or a record’s id as `innkeeper records` shows it.',
  ),
  FACT_ENVELOPE_INVALID: entry(
    'invalid',
    'A message on a topic of facts is not a fact.',
    'Somebody else publishes to this topic: check its permissions.',
  ),
  FACT_SCHEMA_UNKNOWN: entry(
    'invalid',
    'A fact has a type that this version does not know.',
    'It was written by a newer version: start that one.',
  ),

  API_TOKEN_INVALID: entry(
    'unauthenticated',
    'A valid token is needed.',
    'Make one with `innkeeper token` and send it as `Authorization: Bearer …`.',
  ),
  API_ROLE_INSUFFICIENT: entry(
    'unauthenticated',
    'This token may not do that.',
    'Ask for a token with a higher role (viewer < operator < admin).',
    403,
  ),
  API_NOT_FOUND: entry('missing', 'There is nothing here.', 'Check the id or the address.'),
  API_REQUEST_INVALID: entry(
    'invalid',
    'The request is not understood.',
    'The detail says which part; docs at /docs.',
  ),
  API_REQUEST_TIMEOUT: entry(
    'invalid',
    'The request did not arrive in time.',
    'Send it again; if it always happens, look at the network between.',
    408,
  ),
  API_MEDIA_TYPE_UNSUPPORTED: entry(
    'invalid',
    'This form of body is not understood here.',
    'Send JSON.',
    415,
  ),
  PLATFORM_REACTORS_WRONG: entry(
    'misconfigured',
    'A subscription of this process has no reactor, or more than one, or one that is nobody’s.',
    'This is a mistake of the composition: the details name the subscriptions. Report it.',
  ),
  PLATFORM_JOBS_WRONG: entry(
    'misconfigured',
    'A kind of job of this process has no handler, or more than one, or one that is nobody’s.',
    'This is a mistake of the composition: the details name the kinds. Report it.',
  ),
  PLATFORM_UNREACHABLE: entry(
    'unavailable',
    'The platform does not answer.',
    'Start it with `npm start`, or name it with `--to URL` and INNKEEPER_TOKEN.',
  ),
} satisfies Record<string, CodeEntry>;

export type Code = keyof typeof codes;
