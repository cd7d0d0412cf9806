import { entry, type CodeEntry } from './entry.js';

/** Facts, records, the API and the composition. */
export const catalogCodes = {
  CATALOG_FACT_UNFOLDABLE: entry(
    'invalid',
    'A fact cannot be folded into its record.',
    'The catalog parks it and goes on. `innkeeper doctor` names it. After the fix, rebuild the catalog.',
  ),
  CATALOG_REBUILD_DIFFERS: entry(
    'conflict',
    'The rebuilt records differ from the live ones.',
    'Look at the list of records. If the new ones are right, switch with `--accept-changes`.',
  ),
  FACT_DATA_INVALID: entry(
    'invalid',
    'A fact does not have the shape of its type.',
    'The catalog parks it, and `innkeeper doctor` names it. A released type never changes its shape: report it.',
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
  CATALOG_IDENTITY_UNKNOWN: entry(
    'missing',
    'There is no such record to rule on.',
    'Give two records as `innkeeper link` shows them: `guest/…`, `contact/…`, `colleague/…`.',
  ),
  CATALOG_IDENTITY_UNSETTLABLE: entry(
    'invalid',
    'Only two different contacts, guests or colleagues can be ruled to be one person or two.',
    'A call is linked by its number and its contact. Settle who has these.',
  ),
  FACT_ENVELOPE_INVALID: entry(
    'invalid',
    'A message on a topic of facts is not a fact.',
    'Another program publishes to this topic: check its permissions.',
  ),
  FACT_SCHEMA_UNKNOWN: entry(
    'invalid',
    'A fact has a type that this version does not know.',
    'A newer version wrote it: start that version.',
  ),

  API_TOKEN_INVALID: entry(
    'unauthenticated',
    'A valid token is needed.',
    'Make one with `innkeeper token` and send it as `Authorization: Bearer …`.',
  ),
  API_ROLE_INSUFFICIENT: entry(
    'unauthenticated',
    'This token may not do that.',
    'Ask for a token with a higher operator role (viewer < operator < admin).',
    403,
  ),
  API_NOT_FOUND: entry('missing', 'There is nothing here.', 'Check the id or the address.'),
  API_REQUEST_INVALID: entry(
    'invalid',
    'The request cannot be understood.',
    'The detail says which part. The routes are described at /docs.',
  ),
  API_REQUEST_TIMEOUT: entry(
    'invalid',
    'The request did not arrive in time.',
    'Send it again. If it happens each time, check the network.',
    408,
  ),
  API_MEDIA_TYPE_UNSUPPORTED: entry(
    'invalid',
    'This route does not take this form of body.',
    'Send JSON.',
    415,
  ),
  PLATFORM_REACTORS_WRONG: entry(
    'misconfigured',
    'A subscription of this process has no reactor or several, or a reactor has no subscription.',
    'This is a mistake of the composition: the details name the subscriptions. Report it.',
  ),
  ALERT_NOT_TAKEN: entry(
    'missing',
    'The server that gets the alerts does not take them.',
    'Look at the address in INNKEEPER_ALERTS_URL and at its server. The alert is sent again.',
  ),
  PLATFORM_JOBS_WRONG: entry(
    'misconfigured',
    'A kind of job of this process has no handler or several, or a handler has no kind.',
    'This is a mistake of the composition: the details name the kinds. Report it.',
  ),
  PLATFORM_UNREACHABLE: entry(
    'unavailable',
    'The platform does not answer.',
    'Start it with `npm start`, or name it with `--to URL` and INNKEEPER_TOKEN.',
  ),
} satisfies Record<string, CodeEntry>;
