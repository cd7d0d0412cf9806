/** The page at `/backups`: everything that it shows is put in as text, never as HTML. */
export const backupsScript = `
const steps = ['admit', 'prepare', 'export', 'boot', 'save', 'check', 'preview', 'forget', 'drill', 'destroy', 'clean', 'close'];
/** Only a run with a server of its own has these. */
const stepsOfServer = ['boot', 'destroy'];
const stepsOf = ({ worksOn }) => worksOn === 'server' ? steps : steps.filter((step) => !stepsOfServer.includes(step));
const DAY = 86400000;
const DAYS = 35;

const bytes = (value) => {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let unit = 0;
  for (; Math.round(value) >= 1024 && unit < units.length - 1; unit++) value /= 1024;
  return (unit > 0 && value < 10 ? value.toFixed(1) : Math.round(value)) + ' ' + units[unit];
};
const duration = (ms) => {
  const units = [[86400000, 'days', 2], [3600000, 'h', 2], [60000, 'min', 2], [1000, 's', 1]];
  const [size, word] = units.find(([size, , least]) => ms >= size * least) || [1, 'ms'];
  return Math.round(ms / size) + ' ' + word;
};
const day = (at) => at.toLocaleDateString(undefined, { day: 'numeric', month: 'short' });
const when = (iso) => iso ? new Date(iso).toLocaleString(undefined, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }) : '';
const count = (value) => value.toLocaleString();
const sizeOf = (run) => run.sources.reduce((sum, source) => sum + source.bytes, 0);
const filesOf = (run) => run.sources.reduce((sum, source) => sum + source.files, 0);
const beganAt = (run) => run.startedAt || run.requestedAt;
const isGood = ({ status, drill }) => status.startsWith('succeeded') && (!drill || drill.verdict === 'good');
const toneOf = (run) => !run.endedAt ? 'wait' : !isGood(run) ? 'ill' : run.status === 'succeeded' ? 'well' : 'wait';
const signOf = (run) => ({ well: '✔', wait: run.endedAt ? '!' : '…', ill: '✖' })[toneOf(run)];
const wordOf = ({ status, warnings }) => status === 'succeeded_with_warnings' ? warnings.length + (warnings.length === 1 ? ' warning' : ' warnings') : status;

const clock = (iso) => iso ? new Date(iso).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' }) : '';
const money = (cents) => cents < 100 ? Number(cents.toFixed(2)) + ' ct' : (cents / 100).toFixed(2) + ' €';
const livedOf = ({ madeAt, goneAt }) => madeAt ? Math.max(0, (goneAt ? new Date(goneAt) : Date.now()) - new Date(madeAt)) : undefined;
const spentOf = (server) => [
  ...(livedOf(server) === undefined ? [] : [duration(livedOf(server))]), ...(server.cents === null ? [] : [money(server.cents)]),
].join(' · ');

const say = (text) => { byId('problem').textContent = text; };

const figure = (name, value) => make('div', {}, make('dt', {}, name), make('dd', {}, value));

const showState = ({ verdict, answer, troubles, good, drill }) => {
  byId('verdict').className = 'card verdict ' + ({ good: 'well', none_yet: 'wait' }[verdict] || 'ill');
  // What is wrong stands below it, one by one.
  byId('answer').textContent = verdict === 'not_good' ? 'The backup is not good.' : answer;
  for (const button of document.querySelectorAll('[data-kind="drill"]')) button.hidden = verdict === 'none_yet';
  byId('figures').replaceChildren(
    ...(good ? [figure('last good backup', when(good.endedAt)), figure('saved', bytes(good.bytes) + ', ' + count(good.files) + ' files')] : []),
    ...(drill ? [
      figure('last restored as proof', when(drill.endedAt) + (drill.verdict === 'good' ? '' : ' – bad')),
      ...(drill.verdict === 'good' ? [figure('would be lost', duration(drill.rpoMs)), figure('back after', duration(drill.rtoMs))] : []),
    ] : []));
  const list = byId('troubles');
  list.hidden = troubles.length === 0;
  list.replaceChildren(...troubles.map(({ code, says, since }) => make('li', {},
    make('strong', {}, says), make('div', { className: 'soft small' }, code + ' since ' + when(since)))));
};

/** How a day is told: by the last of its runs that saved, and by whether one of it was proved. */
const showDays = (runs) => {
  const midnight = new Date();
  midnight.setHours(0, 0, 0, 0);
  const days = Array.from({ length: DAYS }, (_, i) => {
    const from = new Date(midnight);
    from.setDate(from.getDate() - (DAYS - 1 - i));
    const to = new Date(from);
    to.setDate(to.getDate() + 1);
    return { from, runs: runs.filter((run) => { const at = new Date(beganAt(run)); return at >= from && at < to; }) };
  });
  const most = Math.max(1, ...days.flatMap(({ runs }) => runs.map(sizeOf)));
  byId('first-day').textContent = day(days[0].from);
  byId('days').replaceChildren(...days.map(({ from, runs }) => {
    const saved = runs.filter(({ kind }) => kind !== 'drill');
    const last = saved[0] || runs[0];
    const proved = runs.some(({ drill }) => drill && drill.verdict === 'good');
    const size = make('div', { className: 'size' });
    const largest = Math.max(0, ...saved.map(sizeOf));
    size.style.height = largest === 0 ? '0' : Math.round(100 * largest / most) * .8 + '%';
    const told = runs.map((run) => run.kind + ' ' + wordOf(run) + (sizeOf(run) ? ', ' + bytes(sizeOf(run)) : ''));
    return make('div', { className: 'day' + (last ? ' ' + toneOf(last) : '') + (proved ? ' proved' : ''), title: [day(from), ...(told.length ? told : ['no backup'])].join('\\n') },
      size, make('div', { className: 'mark' }, last ? signOf(last) : ''));
  }));
};

/** On a phone the time alone. */
const serverCell = ({ server }) => {
  if (!server) return '';
  const lived = livedOf(server);
  return make('span', {}, lived === undefined ? server.state : duration(lived), make('span', { className: 'cents' }, server.cents === null ? '' : ' · ' + money(server.cents)));
};

const cells = (tag, values) => make('tr', {}, ...values.map((value, i) => make(tag, { className: i > 2 && i < 5 ? 'right' : '' }, value)));

const showRuns = (runs) => {
  const rows = runs.slice(0, 15).map((run) => {
    const row = cells('td', [
      when(beganAt(run)), run.kind, make('span', { className: 'pill ' + toneOf(run) }, wordOf(run)),
      sizeOf(run) ? bytes(sizeOf(run)) : '', run.startedAt && run.endedAt ? duration(new Date(run.endedAt) - new Date(run.startedAt)) : '',
      run.drill ? run.drill.verdict : '', serverCell(run), run.error ? run.error.code : '',
    ]);
    row.title = [run.id, ...(run.error ? [run.error.next] : []), ...(run.server ? [run.server.name] : []), ...run.warnings.map(({ code, detail }) => code + ' ' + detail)].join('\\n');
    return row;
  });
  byId('runs').replaceChildren(...(rows.length ? [cells('th', ['when', 'kind', 'status', 'size', 'took', 'proof', 'server', 'why']), ...rows]
    : [make('tr', {}, make('td', { className: 'soft' }, 'Nothing was backed up yet.'))]));
};

const stamp = ({ id, time }, more) => {
  const at = new Date(time);
  const year = at.getFullYear() === new Date().getFullYear() ? '' : ' ' + at.getFullYear();
  return make('span', { className: 'stamp ' + (more || ''), title: id + '\\n' + time }, day(at) + year);
};
const shortest = ['daily', 'weekly', 'monthly'];

/** By why it stays; a snapshot that stays for several reasons stands at each. */
const showKept = ({ items }) => {
  byId('kept-note').textContent = 'by the rules of retention, if they ran now';
  byId('kept').replaceChildren(...items.flatMap(({ repository, keep, remove, unnamed }) => {
    const reasons = new Map();
    for (const kept of keep) for (const reason of kept.reasons) {
      const name = reason.replace(' snapshot', '');
      reasons.set(name, [...(reasons.get(name) || []), kept]);
    }
    const line = (name, stamps) => [make('dt', {}, name + ' (' + stamps.length + ')'), make('dd', {}, ...stamps)];
    return [make('h3', {}, repository), make('dl', { className: 'kept' },
      ...[...reasons].sort(([a], [b]) => shortest.indexOf(a) - shortest.indexOf(b)).flatMap(([reason, kept]) => line(reason, kept.map((one) => stamp(one)))),
      ...(remove.length ? line('goes', remove.map((one) => stamp(one, 'gone'))) : []),
      ...(unnamed.length ? line('of unknown origin', unnamed.map((one) => stamp(one, 'strange'))) : []),
      ...(keep.length + remove.length + unnamed.length ? [] : line('nothing yet', [])))];
  }));
};

const life = [['wanted', 'ordered'], ['made', 'made'], ['heard', 'heard'], ['gone', 'gone']];
/** From the order to its end: nobody should have to look at the provider for what stands there. */
const showServer = ({ server, step }) => {
  byId('server').hidden = !server;
  if (!server) return;
  const machine = [server.type, server.location && 'in ' + server.location].filter(Boolean).join(' ');
  byId('server-what').textContent = 'Server' + (server.number > 1 ? ' ' + server.number : '') + (machine ? ': ' + machine : '');
  byId('server-spent').textContent = spentOf(server);
  const at = life.findIndex(([state]) => state === server.state);
  byId('server-life').replaceChildren(...life.map(([state, word], i) => make('li',
    { className: (i <= at ? 'done' : '') + (i === at && state !== 'gone' ? ' now' : '') + (state === 'gone' ? ' gone' : '') },
    word, make('time', {}, clock(server[state + 'At'])))));
  byId('server-note').textContent = server.name + (server.goneAt ? '' : step === 'destroy' ? ', is being destroyed' : ', until ' + when(server.expiresAt) + ' at most');
};

const showRunning = (run) => {
  byId('running').hidden = Boolean(run.endedAt);
  byId('running-kind').textContent = run.kind + (run.attempt > 1 ? ', attempt ' + run.attempt : '');
  showServer(run);
  const path = stepsOf(run);
  const at = path.indexOf(run.step);
  byId('path').replaceChildren(...path.map((step, i) => make('li', { className: i < at ? 'done' : i === at ? 'now' : '', title: step }, step)));
  const { progress } = run;
  const bar = byId('bar');
  bar.hidden = !progress || !progress.bytes;
  if (!bar.hidden) {
    const share = Math.min(100, Math.round(100 * progress.bytesDone / progress.bytes));
    bar.firstElementChild.style.width = share + '%';
    bar.setAttribute('aria-valuenow', String(share));
  }
  byId('amounts').textContent = progress
    ? [progress.of, bytes(progress.bytesDone) + (progress.bytes ? ' of ' + bytes(progress.bytes) : ''), count(progress.filesDone) + (progress.files ? ' of ' + count(progress.files) : '') + ' files'].join(' · ')
    : '';
};

let followed;
const follow = async (id) => {
  if (followed === id) return;
  followed = id;
  let ended = false;
  try {
    for await (const { event, data } of eventsOf(await reach('/api/backups/' + id + '/events'))) {
      if (event === 'problem') break;
      showRunning(data);
      ended = event === 'answer';
    }
  } catch { /* The next look finds it again. */ }
  // Who serves it may be starting again: nobody knocks without a pause.
  if (!ended) await new Promise((resolve) => setTimeout(resolve, 3000));
  followed = undefined;
  await look();
  if (ended) await lookAtKept();
};

const look = async () => {
  try {
    const [state, { items }] = await Promise.all([api('/api/backups/state'), api('/api/backups?limit=200')]);
    say('');
    showState(state);
    showDays(items);
    showRuns(items);
    const open = items.find(({ endedAt }) => !endedAt);
    if (open) showRunning(open);
    else byId('running').hidden = true;
    if (open) follow(open.id);
  } catch (error) { if (known()) say(error.message); }
};

const lookAtKept = async () => {
  try { showKept(await api('/api/backups/retention')); }
  catch (error) { byId('kept-note').textContent = error.code === 'BACKUP_REPOSITORY_MISSING' ? 'Nothing yet: the first backup makes the repositories.' : error.message; }
};

for (const button of document.querySelectorAll('[data-kind]')) button.onclick = async () => {
  button.disabled = true;
  byId('said').textContent = '';
  try {
    const key = crypto.randomUUID ? crypto.randomUUID() : String(Math.random()) + Date.now();
    const run = await api('/api/backups', { body: { kind: button.dataset.kind }, headers: { 'idempotency-key': key } });
    showRunning(run);
    follow(run.id);
  } catch (error) {
    byId('said').textContent = error.status === 403 ? 'This takes the token of an operator: npx innkeeper token --role operator' : error.message;
  }
  button.disabled = false;
};

const lookAgain = async () => {
  if (!document.hidden && known()) await look();
  setTimeout(lookAgain, 60000);
};
let looks = false;
const start = () => {
  look();
  lookAtKept();
  if (!looks) setTimeout(lookAgain, 60000);
  looks = true;
};
begin();
`;
