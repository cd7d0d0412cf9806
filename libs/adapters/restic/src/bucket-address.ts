import { fault } from '#libs/kernel';

/** Where a bucket lies, by restic's own writing of it. */
export interface BucketAddress {
  readonly endpoint: URL;
  readonly bucket: string;
  /** What its keys begin with, with `/` at the end; empty where it has the bucket for itself. */
  readonly prefix: string;
}

/** `undefined`: it is a folder. */
export const bucketAddress = (repository: string): BucketAddress | undefined => {
  const [, address] = /^s3:(.+)$/.exec(repository) ?? [];
  if (address === undefined) return undefined;
  const text = /^https?:\/\//.test(address) ? address : `https://${address.replace(/^\/+/, '')}`;
  if (!URL.canParse(text)) throw fault('BACKUP_REPOSITORY_MISSING');
  const url = new URL(text);
  const [bucket, ...parts] = url.pathname.split('/').filter((part) => part !== '');
  if (bucket === undefined) throw fault('BACKUP_REPOSITORY_MISSING');
  return {
    endpoint: new URL('/', url),
    bucket,
    prefix: parts.map((part) => `${decodeURIComponent(part)}/`).join(''),
  };
};
