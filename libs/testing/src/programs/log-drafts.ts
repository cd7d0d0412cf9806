import { createHash } from 'node:crypto';

import { derivedId } from '#libs/kernel';
import type { DraftFact } from '#libs/ports/event-log';

/** The facts of one batch of one writer: always the same, so that a batch can be sent again. */
export const logDrafts = (writer: string, batch: number, size: number): readonly DraftFact[] =>
  Array.from({ length: size }, (_, i) => {
    const digest = createHash('sha256').update(`${writer}/${batch}/${i}`).digest();
    return {
      id: derivedId(1_760_000_000_000 + batch, digest),
      type: 'test.thing.observed.v1',
      stream: `test/${writer}/${batch % 16}`,
      occurredAt: 1_760_000_000_000 + batch,
      meta: `{"source":"test/${writer}"}`,
      data: `{"batch":${batch},"number":${i},"text":"${'x'.repeat(300)}"}`,
    };
  });
