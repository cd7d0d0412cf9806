import { entry, type CodeEntry } from './entry.js';

/** The log, documents, the bus, jobs and keys. */
export const storeCodes = {
  LOG_CHAIN_BROKEN: entry(
    'misconfigured',
    'The log is not whole.',
    'Run `innkeeper verify`: it names the first wrong position. Restore the log from a backup, then run `innkeeper log restored`.',
  ),
  LOG_RESTORED: entry(
    'misconfigured',
    'The log is older than the records made from it.',
    'If the log was restored from a backup, run `innkeeper log restored`; if not, find the missing commits first.',
  ),
  LOG_FACT_TOO_LARGE: entry(
    'invalid',
    'A fact is larger than 256 KiB.',
    'The raw delivery is kept (`innkeeper deliveries show`). The normaliser must keep less.',
  ),
  LOG_FACT_INVALID: entry(
    'invalid',
    'The log cannot hold a fact.',
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
    'Deliveries wait on the bus. Look at the database that `innkeeper doctor` names.',
  ),
  LOG_VERSION_CONFLICT: entry(
    'conflict',
    'Somebody else changed this first.',
    'Load the current state and try again.',
  ),

  DOCUMENTS_UNAVAILABLE: entry(
    'unavailable',
    'The document store cannot be reached.',
    'Look at the database that `innkeeper doctor` names. Work resumes by itself.',
  ),
  DOCUMENT_TOO_LARGE: entry(
    'invalid',
    'A document is larger than 900 KiB.',
    'Every store behind the port has this limit: keep less in one document.',
  ),
  DOCUMENTS_CURSOR_INVALID: entry(
    'invalid',
    'This cursor does not belong to this list.',
    'Start again without `after`. Filters must stay the same from page to page.',
  ),
  DOCUMENTS_FIELD_UNKNOWN: entry(
    'invalid',
    'This list has no such field.',
    'The answer names the fields that can be filtered or sorted by.',
  ),

  BUS_UNAVAILABLE: entry(
    'unavailable',
    'The bus cannot be reached.',
    'The door answers 503, and providers send again. Look at the bus that `innkeeper doctor` names.',
  ),
  BUS_TOPIC_UNKNOWN: entry(
    'misconfigured',
    'A topic or subscription does not exist.',
    'Run `innkeeper bus create` (or apply Terraform), then `innkeeper bus verify`.',
  ),
  BUS_ACCESS_DENIED: entry(
    'misconfigured',
    'The bus refuses this account.',
    'Give the account the publisher and subscriber roles on the topics that Terraform names.',
  ),
  BUS_MESSAGE_TOO_LARGE: entry(
    'invalid',
    'A message is too large for the bus.',
    'The limit is that of Pub/Sub (10 MB a request); bodies over 1 MiB are refused at the door.',
  ),
  BUS_DELIVERED_TOO_OFTEN: entry(
    'defect',
    'Pub/Sub gave a message up: no handler answered it in a hundred deliveries.',
    'Handlers were killed, or their process stopped, again and again. Look for restarts in the logs. Then `innkeeper dead redrive <id>`.',
  ),
  BUS_DEAD_LETTER_UNREADABLE: entry(
    'invalid',
    'A message on a dead letter topic is not a dead letter of this platform.',
    'Find out who may publish there. Only this platform and Pub/Sub should. Then `innkeeper dead drop <id>`.',
  ),

  JOB_QUEUE_UNAVAILABLE: entry(
    'unavailable',
    'The job queue cannot be reached.',
    'No work is lost: jobs run again when the queue is back. Look at Redis: `innkeeper doctor`.',
  ),
  JOB_QUEUE_ACCESS_DENIED: entry(
    'misconfigured',
    'Redis refuses the user or the password.',
    'Set INNKEEPER_BULLMQ_URL with a user that may run scripts, and all commands on the keys of Innkeeper.',
  ),
  JOB_INVALID: entry(
    'invalid',
    'The queue cannot hold a job.',
    'A key has at most 512 characters, its data at most 16 KiB. This is a mistake of the code that enqueues it: report it.',
  ),

  KEYS_UNAVAILABLE: entry(
    'unavailable',
    'The key store cannot be reached.',
    'Nothing can be sealed or opened until it is back. Work waits.',
  ),
  KEYS_SEALED_BROKEN: entry(
    'defect',
    'Sealed bytes do not open with their key.',
    'The stored bytes were changed, or belong to another stream. Run `innkeeper verify`.',
  ),

  SEARCH_INDEX_UNAVAILABLE: entry(
    'unavailable',
    'The search index cannot be reached.',
    'Nothing is indexed and no question is answered until it is back. Work waits.',
  ),
  SEARCH_INDEX_REFUSED: entry(
    'misconfigured',
    'The search index refuses what is asked of it.',
    'The detail says why: the API key, the version of Qdrant, or a limit of its strict mode. See docs/how-to/search-on-qdrant.md.',
  ),
  SEARCH_INDEX_DIMENSION: entry(
    'defect',
    'A generation of the search index holds vectors of another dimension.',
    'Each model has a generation of its own. Run `innkeeper rebuild knowledge`; if it comes again, report it.',
  ),
  DIRECTORY_UNAVAILABLE: entry(
    'unavailable',
    'Nobody can tell now who may read this.',
    'The directory does not answer, so nobody is shown anything. It is the file that INNKEEPER_DIRECTORY_FILE names, which must hold valid JSON, or the chat.',
  ),

  STORED_BYTES_BROKEN: entry(
    'defect',
    'Stored bytes cannot be expanded.',
    'A newer version wrote them, or the store is damaged: restore it from a backup.',
  ),
  STORE_CORRUPT: entry(
    'misconfigured',
    'A file of the data directory is damaged.',
    'Stop the process, keep a copy of the data directory, and follow docs/runbooks/store-corrupt.md.',
  ),
  STORE_FULL: entry(
    'unavailable',
    'The disk is full.',
    'Free space on the disk of the data directory. Work resumes by itself, and nothing is lost.',
  ),
} satisfies Record<string, CodeEntry>;
