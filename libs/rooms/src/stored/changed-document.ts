import type { Json } from '#libs/kernel';
import type { Collection, Documents, FieldValue, NewDocument } from '#libs/ports/documents';

/** How documents of one shape are kept. */
export interface DocumentShape<Body> {
  readonly collection: Collection;
  readonly fieldsOf?: (body: Body) => Readonly<Record<string, FieldValue>>;
  readonly expiresAtOf?: (body: Body) => number;
}

export const storedAs = <Body>(
  { fieldsOf, expiresAtOf }: DocumentShape<Body>,
  id: string,
  body: Body,
): NewDocument => ({
  id,
  // Members that are `undefined` are not stored.
  body: JSON.parse(JSON.stringify(body)) as Json,
  ...(fieldsOf && { fields: fieldsOf(body) }),
  ...(expiresAtOf && { expiresAt: expiresAtOf(body) }),
});

/**
 * Changes a document while others do: what they wrote is read again and changed again. A change to
 * `undefined`, or to the same, writes nothing. Answers what stands there then.
 */
export const changeDocument = async <Body>(
  documents: Pick<Documents, 'get' | 'swap'>,
  shape: DocumentShape<Body>,
  id: string,
  change: (now: Body | undefined) => Body | undefined,
): Promise<Body | undefined> => {
  const { collection } = shape;
  for (;;) {
    const [stored] = await documents.get(collection, [id]);
    const now = stored?.body as Body | undefined;
    const next = change(now);
    if (next === undefined || next === now) return now;
    const document = storedAs(shape, id, next);
    if ((await documents.swap(collection, document, stored?.version ?? 0)).swapped) return next;
  }
};
