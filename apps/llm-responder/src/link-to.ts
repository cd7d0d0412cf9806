/** Where a person opens a record. Without a public address the link is a path of this platform. */
export const linkTo = (publicUrl: string | undefined, record: string): string => {
  const [kind = '', ...id] = record.split('/');
  const path = `/r/${encodeURIComponent(kind)}/${encodeURIComponent(id.join('/'))}`;
  return `${publicUrl?.replace(/\/$/, '') ?? ''}${path}`;
};
