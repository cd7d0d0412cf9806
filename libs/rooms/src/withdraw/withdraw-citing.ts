import { doubted } from '../questions/changed-question.js';
import { questionShape, type RoomQuestionState } from '../questions/room-question.js';
import type { RoomsParts } from '../rooms-parts.js';
import { changeDocument } from '../stored/changed-document.js';
import { messagesCiting } from './citations.js';

/** Nothing of an answer is shown in these. */
const showsNothing: readonly RoomQuestionState[] = ['withdrawn', 'left', 'told'];

/**
 * Lets somebody look now at each question whose answer cites one of these records, which are gone. What cites them stays
 * noted: a record that comes back may go again.
 */
export const withdrawCiting =
  ({ documents, clock }: Pick<RoomsParts, 'clock' | 'documents'>) =>
  async (records: readonly string[]): Promise<void> => {
    for (const message of await messagesCiting(documents, records))
      await changeDocument(documents, questionShape, message, (now) =>
        now === undefined || showsNothing.includes(now.state) ? now : doubted(now, clock.now()),
      );
  };
