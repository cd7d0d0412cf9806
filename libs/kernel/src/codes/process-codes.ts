import { entry, type CodeEntry } from './entry.js';

/** What stops a process, and what fits no other file. */
export const processCodes = {
  DEFECT_UNKNOWN: entry(
    'defect',
    'Something went wrong inside Innkeeper.',
    'Look for the trace id in the logs. The line with outcome "failed" has the cause. Then report it.',
  ),

  JSON_NUMBER_INVALID: entry(
    'invalid',
    'A number is not finite.',
    'The sender writes numbers that JSON cannot hold. The delivery is kept. Ask the provider.',
  ),
  JSON_TOO_DEEP: entry(
    'invalid',
    'A JSON value is nested too deeply.',
    'No provider sends this. If the delivery was proved, ask the provider what changed.',
  ),
  JSON_VALUE_INVALID: entry(
    'invalid',
    'A value cannot be written as JSON.',
    'This is a mistake of the code that builds the value: report it.',
  ),

  SETTINGS_INVALID: entry(
    'misconfigured',
    'The settings are wrong.',
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
    'Another process uses this data directory.',
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
    'Set the key that this data was made with (INNKEEPER_MASTER_KEY or data/secrets/master-key).',
  ),
  ADAPTER_MISSING: entry(
    'misconfigured',
    'The driver of a chosen adapter is not installed.',
    'Run `npm ci`, or choose another adapter for the port named in the details.',
  ),
} satisfies Record<string, CodeEntry>;
