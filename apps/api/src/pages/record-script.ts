/** The page of a record: everything that it shows is put in as text, never as HTML. */
export const recordScript = `
const record = byId('record');
const named = JSON.parse(byId('named').textContent);
const [, , kind, ...rest] = location.pathname.split('/');
const id = decodeURIComponent(rest.join('/'));
const skipped = new Set(['history', 'historyNext', 'kind', 'id', 'source', 'displayName', 'updatedAt', 'deleted']);

const spoken = (name) => {
  const words = name.replace(/([a-z])([A-Z])/g, '$1 $2').replaceAll('_', ' ').toLowerCase();
  return words[0].toUpperCase() + words.slice(1);
};
const timeOf = (text) => new Date(text).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const isTime = (value) => typeof value === 'string' && /^\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z$/.test(value);

const linked = (name, value) => {
  const target = (named[kind] || {})[name];
  const other = typeof value === 'string' ? value : value && value.id;
  if (!target || typeof other !== 'string') return undefined;
  const text = (typeof value === 'object' && (value.name || value.displayName)) || other;
  return make('a', { href: '/r/' + target + '/' + encodeURIComponent(other) }, text);
};

/** Amounts are whole numbers of the smallest unit of their currency. */
const moneyOf = (amount, currency) => {
  const format = new Intl.NumberFormat(undefined, { style: 'currency', currency });
  return format.format(amount / 10 ** format.resolvedOptions().maximumFractionDigits);
};

const shown = (name, value, currency) => {
  if (value === null || value === undefined || value === '') return undefined;
  const link = linked(name, value);
  if (link) return link;
  if (Array.isArray(value)) {
    const items = value.map((one) => shown(name, one, currency)).filter(Boolean);
    if (items.length === 0) return undefined;
    if (value.every((one) => typeof one !== 'object')) return value.join(', ');
    return make('ul', { className: 'items' }, ...items.map((one) => make('li', {}, one)));
  }
  if (typeof value === 'object') return table(value, currency);
  if (typeof value === 'number' && currency) return moneyOf(value, currency);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return isTime(value) ? timeOf(value) : String(value);
};

const table = (object, outer) => {
  const currency = /^[A-Z]{3}$/.test(object.currency) ? object.currency : outer;
  const list = make('dl', {});
  for (const [name, value] of Object.entries(object)) {
    // The same amounts again, as text.
    if (skipped.has(name) || (name === 'text' && currency)) continue;
    const content = shown(name, value, currency);
    if (content) list.append(make('dt', {}, spoken(name)), make('dd', {}, content));
  }
  return list;
};

const historyOf = ({ history = [] }) => history.length === 0 ? '' : make('details', { className: 'card' },
  make('summary', {}, 'What made it so: ' + history.length + ' facts'),
  make('ol', { className: 'facts' }, ...history.map(({ event, occurredAt, type }) =>
    make('li', {}, make('span', { className: 'soft small when' }, timeOf(occurredAt) + ' '), event || type))));

const start = async () => {
  try {
    const found = await api('/api/pages/' + kind + '/' + encodeURIComponent(id) + '?limit=200');
    document.title = found.displayName + ' – Innkeeper';
    byId('name').textContent = found.displayName;
    byId('what').textContent = spoken(kind) + ' · ' + found.source + ' · ' + timeOf(found.updatedAt);
    record.replaceChildren(
      found.deleted ? make('p', { className: 'pill ill' }, 'deleted at its source') : '',
      make('section', { className: 'card' }, table(found)),
      historyOf(found),
      make('p', { className: 'soft small' }, make('code', {}, kind + '/' + id)));
  } catch (error) {
    byId('name').textContent = error.status === 404 ? 'Nothing here' : 'This did not work';
    record.replaceChildren(make('p', { className: 'soft' }, error.status === 404
      ? 'There is no such record, or it is not for you.' : error.message));
  }
};
begin();
`;
