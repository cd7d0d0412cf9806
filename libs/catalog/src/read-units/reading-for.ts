import type { Keys } from '#libs/ports/keys';

import { phoneHandle } from '../identities/handles.js';
import { printsOf } from '../identities/prints.js';
import { recordKinds } from '../kinds/index.js';
import { createRecordReading } from '../kinds/record-reading.js';
import type { RecordReaders } from '../read-records/readers.js';
import type { RecordInUnit } from './record-unit.js';

interface ReadingForParts {
  readonly keys: Pick<Keys, 'fingerprint'>;
  readonly readers: Pick<RecordReaders, 'audienceOf'>;
}

/** How search reads these records: what they say, who may read it, and what it is about, numbers as keyed hashes. */
export const readingFor =
  ({ keys, readers }: ReadingForParts) =>
  async (
    records: readonly Pick<RecordInUnit, 'kind' | 'state'>[],
  ): Promise<ReturnType<typeof createRecordReading>> => {
    const phones = records.flatMap(({ kind, state }) => recordKinds[kind].phonesOf(state));
    const prints = await printsOf(
      keys,
      phones.flatMap((phone) => phoneHandle(phone) ?? []),
    );
    const reading = createRecordReading((e164) => prints.get(phoneHandle(e164) ?? ''));
    return { ...reading, audienceOf: readers.audienceOf };
  };
