import { type Foreign, objectOf } from '#libs/foreign';

/** The API wraps some of its answers, `{ status, data: { <name>: … } }`, and others not. */
export const answerIn = (body: Foreign, name: string): Foreign => {
  if (body._id !== undefined) return body;
  const data = objectOf(body.data);
  return objectOf(body[name]) ?? objectOf(data?.[name]) ?? data ?? body;
};
