// The vendor's OpenAPI document, as we use it. The whole one has no licence, so it is not kept here: only what our calls need
// of it, without its prose.

/** What the adapter calls, and nothing else. */
const CALLS = {
  '/servers': ['get', 'post'],
  '/servers/{id}': ['get', 'delete'],
  '/servers/{id}/actions': ['get'],
  '/actions/{id}': ['get'],
  '/images': ['get'],
  '/images/{id}': ['get'],
};

/** Each is written once, where the document repeats it in every call. By the place where it stands first. */
const NAMED = {
  ErrorAnswer: ['/servers/{id}', 'get', '4XX'],
  Action: ['/actions/{id}', 'get', '200', 'action'],
  ServerType: ['/servers/{id}', 'get', '200', 'server', 'server_type'],
  Location: ['/servers/{id}', 'get', '200', 'server', 'location'],
  Image: ['/images/{id}', 'get', '200', 'image'],
  Server: ['/servers/{id}', 'get', '200', 'server'],
  Pages: ['/servers', 'get', '200', 'meta'],
};

const PROSE = new Set(['description', 'example', 'examples', 'summary', 'title', 'tags']);

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

const mapped = (value, change) => {
  if (Array.isArray(value)) return value.map((each) => mapped(each, change));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, mapped(inner, change)]);
  return change(Object.fromEntries(entries));
};

/** What the document says wrongly, or no longer. Each is looked for, so that one which is mended is noticed. */
export const adjusted = (document) => {
  let [ranges, datacenters] = [0, 0];
  const paths = mapped(document.paths, (value) => {
    const changed = {};
    for (const [key, inner] of Object.entries(value)) {
      // OpenAPI writes ranges of answers in capitals. Otherwise proxies do not look at errors at all.
      if (/^[45]xx$/.test(key)) ranges++;
      changed[key.replace(/^([45])xx$/, '$1XX')] = inner;
    }
    // Announced for 1 July 2026: a server has a location, and no datacenter.
    if (isObject(changed.datacenter) && 'status' in changed && 'server_type' in changed) {
      delete changed.datacenter;
      datacenters++;
    }
    if (Array.isArray(changed.required) && changed.required.includes('server_type'))
      changed.required = changed.required.filter((name) => name !== 'datacenter');
    return changed;
  });
  if (ranges === 0 || datacenters === 0)
    throw new Error(
      'The document is another one than before: see which adjustments it still needs.',
    );
  return { ...document, paths };
};

const withoutProse = (value) =>
  mapped(value, (inner) => {
    const kept = Object.entries(inner).filter(([key, v]) => {
      // A property may be called as prose is: then it holds a schema.
      const isSchema = isObject(v) && ('type' in v || '$ref' in v) && key !== 'example';
      return (!PROSE.has(key) && !key.startsWith('x-')) || isSchema;
    });
    return Object.fromEntries(kept);
  });

const schemaAt = (paths, [path, method, status, ...properties]) =>
  properties.reduce(
    (schema, name) => schema.properties[name],
    paths[path][method].responses[status].content['application/json'].schema,
  );

/** Two schemas that differ in `nullable` alone are one; the place where it is null says so. */
const withoutNull = (value) => {
  const { nullable: _nullable, ...schema } = value;
  return schema;
};
const keyOf = (value) => JSON.stringify(withoutNull(value));

/** The calls we use, each schema that repeats written once. It allows exactly what the whole one allows for these calls. */
export const cut = (whole) => {
  const { paths: all, ...rest } = adjusted(whole);
  const used = Object.entries(CALLS).map(([path, methods]) => [
    path,
    Object.fromEntries(methods.map((method) => [method, all[path][method]])),
  ]);
  const paths = withoutProse(Object.fromEntries(used));
  const named = Object.entries(NAMED).map(([name, place]) => [name, schemaAt(paths, place)]);
  const names = new Map(named.map(([name, schema]) => [keyOf(schema), name]));
  const shortened = (value, top) =>
    Array.isArray(value)
      ? value.map((each) => shortened(each))
      : isObject(value)
        ? referred(value, top)
        : value;
  const referred = (value, top) => {
    const name = top ? undefined : names.get(keyOf(value));
    const ref = { $ref: `#/components/schemas/${name}` };
    if (name !== undefined) return value.nullable === true ? { nullable: true, allOf: [ref] } : ref;
    return Object.fromEntries(Object.entries(value).map(([key, v]) => [key, shortened(v)]));
  };
  const schemas = named.map(([name, schema]) => [name, shortened(withoutNull(schema), true)]);
  return {
    openapi: rest.openapi,
    info: { title: 'Hetzner Cloud API: the calls of backups', version: rest.info.version },
    servers: rest.servers,
    security: rest.security,
    paths: shortened(paths),
    components: {
      securitySchemes: rest.components.securitySchemes,
      schemas: Object.fromEntries(schemas),
    },
  };
};
