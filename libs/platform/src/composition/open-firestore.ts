import { systemClock } from '#libs/kernel';
import type { Collection, Documents } from '#libs/ports/documents';

import type { Settings } from '../settings/read-settings.js';
import type { Opening } from './opening.js';

type FirestoreSettings = Extract<Settings['documents'], { kind: 'firestore' }>;

const pinged: Collection = { name: 'projections', fields: [] };

/** Firestore, for the documents only: it has no order to keep a log in. */
export class OpenFirestore {
  constructor(private readonly opening: Opening) {}

  async documents({ project, emulatorHost }: FirestoreSettings): Promise<Documents> {
    const { FirestoreDatabase, firestoreDocuments } = await import('#libs/adapters/firestore');
    const { opened, backEnds } = this.opening;
    const database = opened.add(
      new FirestoreDatabase({ project, ...(emulatorHost !== undefined && { emulatorHost }) }),
      (it) => it.close(),
    );
    const documents = firestoreDocuments({ database, clock: systemClock });
    const ping = async (): Promise<void> => void (await documents.get(pinged, ['catalog']));
    backEnds.push({ name: 'firestore', ping });
    return documents;
  }
}
