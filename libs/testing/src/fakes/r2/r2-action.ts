/** What a request asks for, by the names that credentials of R2 use; `…Bucket` and such cannot be lent. */
export interface AskedOfR2 {
  readonly action: string;
  readonly bucket: string;
  /** Empty: of the bucket itself. */
  readonly key: string;
  /** Of a list. */
  readonly prefix: string;
}

export const askedOfR2 = (method: string, url: URL, headers: HeadersOf): AskedOfR2 => {
  const [bucket = '', ...parts] = url.pathname.slice(1).split('/').map(decodeURIComponent);
  const key = parts.join('/');
  const query = url.searchParams;
  const action =
    key === '' ? ofBucket(method, query) : ofObject(method, query, 'x-amz-copy-source' in headers);
  return { action, bucket, key, prefix: query.get('prefix') ?? '' };
};

type HeadersOf = Readonly<Record<string, unknown>>;

const BUCKETS: Readonly<Record<string, string>> = {
  HEAD: 'HeadBucket',
  PUT: 'CreateBucket',
  DELETE: 'DeleteBucket',
};

const ofBucket = (method: string, query: URLSearchParams): string => {
  if (query.has('location')) return 'GetBucketLocation';
  if (query.has('uploads')) return 'ListMultipartUploads';
  if (query.has('delete')) return 'DeleteObjects';
  if (query.get('list-type') === '2') return 'ListObjectsV2';
  const administers = ['policy', 'lifecycle', 'cors', 'acl', 'versioning', 'lock'];
  if (administers.some((name) => query.has(name))) return 'AdministerBucket';
  return BUCKETS[method] ?? 'ListObjectsV1';
};

const ofObject = (method: string, query: URLSearchParams, copies: boolean): string => {
  const isOfUpload = query.has('uploadId');
  switch (method) {
    case 'HEAD':
      return 'HeadObject';
    case 'GET':
      return isOfUpload ? 'ListParts' : 'GetObject';
    case 'DELETE':
      return isOfUpload ? 'AbortMultipartUpload' : 'DeleteObject';
    case 'POST':
      return isOfUpload ? 'CompleteMultipartUpload' : 'CreateMultipartUpload';
    default:
      if (isOfUpload) return copies ? 'UploadPartCopy' : 'UploadPart';
      return copies ? 'CopyObject' : 'PutObject';
  }
};
