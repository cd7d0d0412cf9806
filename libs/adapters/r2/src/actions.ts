/** Operations by the names that R2 knows in credentials. */
export type R2Action = (typeof known)[number];

const known = [
  ...(['HeadObject', 'GetObject', 'GetBucketLocation', 'ListObjectsV1', 'ListObjectsV2'] as const),
  ...(['ListMultipartUploads', 'ListParts', 'PutObject', 'DeleteObject'] as const),
  ...(['CreateMultipartUpload', 'UploadPart', 'AbortMultipartUpload'] as const),
  ...(['CompleteMultipartUpload'] as const),
] as const;

/**
 * What it takes to save, check and restore. It deletes, because restic renews and removes its own locks: without that
 * right a long backup ends itself. It neither copies nor deletes many at a time, and it cannot change the bucket.
 */
export const repositoryActions: readonly R2Action[] = known;
