import type { JsonObject } from '#libs/kernel';
import type { Collection, Documents, StoredDocument } from '#libs/ports/documents';

import type { Alert, AlertName } from './alert.js';

const collection: Collection = {
  name: 'alerts',
  fields: ['state', 'startedAt', 'announced'],
  orderedBy: 'startedAt',
};

const MOST = 200;

/** Alerts as they are now, for lists; the log is what holds. */
export class AlertDocuments {
  constructor(private readonly documents: Documents) {}

  async find(name: AlertName): Promise<Alert | undefined> {
    const stored = await this.#stored(name);
    return stored && alertOf(stored);
  }

  async list(state: Alert['state'] | undefined): Promise<readonly Alert[]> {
    const { items } = await this.documents.query(collection, {
      ...(state && { where: { state } }),
      order: { field: 'startedAt', descending: true },
      limit: MOST,
    });
    return items.map(alertOf);
  }

  async unannounced(): Promise<readonly Alert[]> {
    const query = { where: { announced: 'no' }, limit: MOST };
    return (await this.documents.query(collection, query)).items.map(alertOf);
  }

  /** Over what is older; answers what stands there then. */
  async write(alert: Alert): Promise<Alert> {
    for (;;) {
      const stored = await this.#stored(alert);
      if (stored && alertOf(stored).version > alert.version) return alertOf(stored);
      if (await this.#swap(alert, stored?.version ?? 0)) return alert;
    }
  }

  async #swap(alert: Alert, version: number): Promise<boolean> {
    const { state, startedAt } = alert;
    const announced = alert.announced === state ? 'yes' : 'no';
    const body = JSON.parse(JSON.stringify(alert)) as JsonObject;
    const fields = { state, startedAt, announced };
    const document = { id: idOf(alert), body, fields };
    return (await this.documents.swap(collection, document, version)).swapped;
  }

  async #stored(name: AlertName): Promise<StoredDocument | undefined> {
    return (await this.documents.get(collection, [idOf(name)]))[0];
  }
}

const idOf = ({ cause, about }: AlertName): string => `${cause}/${about}`;
const alertOf = ({ body }: StoredDocument): Alert => body as unknown as Alert;
