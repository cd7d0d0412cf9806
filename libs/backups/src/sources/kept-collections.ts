/**
 * What a backup of Innkeeper keeps of its documents, and why. The log and everything of this list are kept. What stands
 * under `derivedCollections` is made again from the log, or means nothing after a start. What stands in neither list is
 * kept: a collection that somebody forgot here is too much in a backup, and never lost.
 * `test/architecture/kept-collections.spec.ts` finds every collection of the tree and asks for its place.
 */
export const keptCollections: Readonly<Record<string, string>> = {
  deliveries: 'What providers sent, sealed: nobody sends it again.',
  delivery_parts: 'The rest of deliveries that do not fit one document.',
  repeated_facts: 'Which deliveries said what another had said first: no fact says so.',
  quarantine: 'What came without a proof and may yet be let in.',
  handed_in: 'What was handed in last, by digests. It counts within its era only.',
  api_answers: 'What APIs answered last, by digests. It counts within its era only.',
  wanted_entities: 'What must still be looked up at providers.',
  history_runs: 'How far lists of providers were read, and which stretches are whole.',
  sync_sources: 'What can be asked of providers. A start tells it again; it costs nothing.',
  webhook_registrations: 'Which registration at a provider is ours.',
  provider_tokens:
    'How often tokens were asked for: some providers give five a day. Tokens are sealed.',
  capture_places: 'How far each feed is told. A new era makes it read everything again.',
  capture_states:
    'Which life of a document was told last. A destroyed key must not be wanted again.',
  capture_groups: 'Which groups were followed, so that a change is found after the restore.',
  capture_orders: 'Scans and confirmations that operators asked for.',
  capture_wanted: 'Documents that a webhook announced and nobody has read yet.',
  capture_parked: 'Documents that were set aside.',
  capture_removals: 'Whose keys must be destroyed, and when: an erasure that is still due.',
  room_questions: 'Which questions of the chat were answered: none is answered twice.',
  room_threads: 'Which dialogue goes on in which thread.',
  room_votes: 'Which reactions were seen: none counts twice.',
  room_citations: 'Which answers must be withdrawn when a record goes.',
  answers_in_flight: 'Answers that were being made: somebody looks at them after a stop.',
  model_use: 'What models have cost: budgets go on.',
  known_secrets: 'Since when each secret is in use.',
  source_tallies: 'What became of deliveries in the last day. Refusals leave nothing else.',
  alerts: 'Which alerts are open and announced.',
  dead_letters: 'Messages that failed for good, sealed: they may be sent once more.',
  dead_letter_parts: 'The rest of letters that do not fit one document.',
  sweep_clock: 'When our clock was right last: a wrong one after a restore must remove nothing.',
};

/** `*` stands for a kind of record or the number of a generation, or both. */
export const derivedCollections: Readonly<Record<string, string>> = {
  'records_*': 'Records are folded from the log. They are in clear, so no backup may have them.',
  'handles_*': 'Who is reached by what, from the log.',
  'rulings_*': 'Who is who, from the facts in which operators said it.',
  'questions_*': 'Where nobody can tell who is who, from the log.',
  'former_names_*': 'Whom records named once, from the log.',
  parked_facts: 'Facts that could not be folded: the next reader tries them again.',
  generations: 'Which generation of the records is live: there is none yet.',
  projections: 'How far readers of the log are. All begin again from its first fact.',
  rebuilds: 'Rebuilds of records that are not there.',
  index_generations: 'Which generation of the index is live: there is none yet.',
  index_rebuilds: 'Rebuilds of an index that is not there.',
  index_sweeps: 'How far the index was compared with the records.',
  index_vectors: 'How far vectors of the index are.',
  wanted_bundles: 'Records that must be indexed: all of them must.',
  parked_units: 'Records that could not be indexed: they are tried again.',
  told_backups: 'What was wrong with the backups a minute ago.',
  outbound_budgets: 'How many calls servers of others have had in the last minutes.',
};

const patterns = Object.keys(derivedCollections).map(
  (name) => new RegExp(`^${name.replace('*', '[a-z0-9_]+')}$`),
);

export const isDerivedCollection = (name: string): boolean =>
  patterns.some((pattern) => pattern.test(name));
