/* global document, EventSource, history, location, URLSearchParams */
import { messageItem } from './messages.js';
import { button, byId, make } from './text.js';

const MARKS_OF_ROOMS = { channel: '#', group: '🔒', direct: '@' };

const ask = async (path, body) => {
  const response = await fetch(path, {
    ...(body && { method: 'POST', headers: { 'content-type': 'application/json' } }),
    ...(body && { body: JSON.stringify(body) }),
  });
  return response.json();
};

const { people, note } = await ask('/api/people');
/** The address says who one is and what is open, so that a reload shows the same. */
const said = new URLSearchParams(location.hash.slice(1));
const open_ = {
  me: said.get('as') ?? people[0].id,
  room: said.get('room') ?? '',
  thread: said.get('thread') ?? '',
  editing: '',
};
let view = { rooms: [], messages: [], readers: [], others: [], hints: [] };
byId('note').textContent = note;

const me = () => people.find(({ id }) => id === open_.me) ?? people[0];
const isBot = (id) => !people.some((person) => person.id === id);

const act = async (what) => {
  const { done, why } = await ask('/api/do', { as: open_.me, room: open_.room, ...what });
  byId('problem').textContent = done ? '' : `The chat says: ${why}`;
  await refresh();
  return done;
};

/** What shows the same as before stays: it keeps the focus, and nobody hears it read aloud twice. */
const put = (list, items) => {
  const before = new Map([...list.children].map((item) => [item.dataset.key, item]));
  const kept = items.map((item) => {
    item.dataset.key = item.outerHTML;
    return before.get(item.dataset.key) ?? item;
  });
  for (const item of [...list.children]) if (!kept.includes(item)) item.remove();
  kept.forEach((item, i) => {
    if (list.children[i] !== item) list.insertBefore(item, list.children[i] ?? null);
  });
};

/** Stays at the end where one was, and where one looked elsewhere. */
const fill = (list, items) => {
  if (items.length === 0)
    items.push(make('li', { className: 'empty' }, 'Nothing was said here yet.'));
  const isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 80;
  const { scrollTop } = list;
  put(list, items);
  list.scrollTop = isAtEnd ? list.scrollHeight : scrollTop;
};

const showRooms = () => {
  const items = view.rooms.map(({ id, name, form }) => {
    const choose = button(
      `${MARKS_OF_ROOMS[form]} ${name}`,
      () => void go({ room: id, thread: '' }),
    );
    choose.setAttribute('aria-current', String(id === open_.room));
    return make('li', { id: `room-${id}` }, choose);
  });
  put(byId('rooms'), items);
};

const readerItem = ({ id, name, work, isStaff }, isIn) => {
  const change = () => void act({ act: isIn ? 'remove' : 'join', person: id });
  const item = make(
    'li',
    { className: isIn ? '' : 'out', id: `reader-${id}-${view.room?.id}` },
    make('span', { className: 'reader' }, name, make('span', { className: 'small soft' }, work)),
    view.room.form === 'direct'
      ? ''
      : button(isIn ? 'Remove' : 'Add', change, {
          className: 'quiet',
          ariaLabel: `${isIn ? 'Remove' : 'Add'} ${name}`,
        }),
  );
  if (!isStaff && !isBot(id))
    item.firstChild.append(make('span', { className: 'pill' }, 'not staff'));
  return item;
};

const showReaders = () => {
  const { readers, others, room } = view;
  byId('who').hidden = !room;
  byId('who').textContent = `Who reads this: ${readers.filter(({ id }) => !isBot(id)).length}`;
  const items = [
    ...readers.map((each) => readerItem(each, true)),
    ...others.map((each) => readerItem(each, false)),
  ];
  put(byId('reader-list'), items);
  const people_ = readers.filter(({ id }) => !isBot(id));
  const outsider = people_.some(({ isStaff }) => !isStaff);
  byId('reader-note').textContent = outsider
    ? 'Somebody here is not staff: answers use no business records, and only what all of these people may read.'
    : 'All are staff: answers may use business records, and messages that all of these people may read.';
};

/** What a message needs of the page that it stands on. */
const page = {
  is: open_,
  me,
  isBot,
  act: (what) => act(what),
  show: () => show(),
  token: async () => (await ask(`/api/token?as=${open_.me}`)).token,
};

const show = () => {
  const { room, messages, hints } = view;
  showRooms();
  showReaders();
  byId('room-name').textContent = room
    ? `${MARKS_OF_ROOMS[room.form]} ${room.name}`
    : 'You do not read this room';
  byId('topic').textContent = room?.topic ?? 'Choose another one, or be somebody else.';
  const roots = messages.filter(({ thread }) => !thread);
  fill(
    byId('messages'),
    roots.map((each) => messageItem(page, each, false)),
  );
  const root = roots.find(({ id }) => id === open_.thread);
  byId('thread').hidden = !root;
  byId('frame').classList.toggle('with-thread', Boolean(root));
  if (root) {
    const replies = messages.filter(({ thread }) => thread === root.id);
    fill(
      byId('replies'),
      [root, ...replies].map((each) => messageItem(page, each, true)),
    );
  }
  byId('write').hidden = !room;
  byId('hints').replaceChildren(
    hints.length > 0 ? make('span', { className: 'small soft' }, 'Try:') : '',
    ...hints.map((text) => button(text, () => void say(byId('text'), text))),
  );
};

const refresh = async () => {
  const { me: as, room } = open_;
  const fresh = await ask(`/api/view?as=${as}&room=${room}`);
  // Somebody may have gone elsewhere meanwhile.
  if (as !== open_.me || room !== open_.room) return;
  view = fresh;
  // What is being written into stays as it is.
  if (open_.editing === '') show();
};

const go = async (where) => {
  Object.assign(open_, { editing: '' }, where);
  byId('problem').textContent = '';
  const { me: as, room, thread } = open_;
  history.replaceState(null, '', `#${new URLSearchParams({ as, room, thread })}`);
  await refresh();
  if (open_.room !== '' || view.rooms.length === 0) return;
  await go({ room: view.rooms[0].id });
};

const say = async (field, text, thread) => {
  if (text.trim() === '') return;
  const known = new Set(view.messages.map(({ id }) => id));
  if (!(await act({ act: 'send', text, ...(thread && { thread }) }))) return;
  field.value = '';
  // A question is answered in its thread: open it, so that one sees the answer grow.
  const own = view.messages.find(
    ({ id, author, thread: in_ }) => author === open_.me && !in_ && !known.has(id),
  );
  const isQuestion = /^(!ask|@innkeeper)/u.test(text);
  if (own && isQuestion) await go({ thread: own.id });
};

const writesBy = (form, field, thread) => {
  byId(form).onsubmit = (event) => {
    event.preventDefault();
    void say(byId(field), byId(field).value, thread());
  };
  byId(field).onkeydown = (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    byId(form).requestSubmit();
  };
};
writesBy('write', 'text', () => undefined);
writesBy('reply', 'reply-text', () => open_.thread);

byId('me').replaceChildren(
  ...people.map(({ id, name, work }) =>
    make('option', { value: id, selected: id === open_.me }, `${name} – ${work}`),
  ),
);
byId('me').onchange = () => {
  void go({ me: byId('me').value, thread: '' });
};
byId('close-thread').onclick = () => void go({ thread: '' });
byId('who').onclick = () => {
  const panel = byId('readers');
  panel.hidden = !panel.hidden;
  byId('who').setAttribute('aria-expanded', String(!panel.hidden));
};
document.onkeydown = ({ key }) => {
  if (key === 'Escape' && open_.thread !== '') void go({ thread: '' });
};

await go({});
new EventSource('/api/events').onmessage = () => void refresh();
