/* global open */
import { button, byId, make, textNodes } from './text.js';

const RATINGS = { ':+1:': ['👍', 'Helpful'], ':-1:': ['👎', 'Not helpful'] };
const shownTime = new Intl.DateTimeFormat(undefined, {
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

/** A record opens with a token of who is chosen here, so it shows what that person may read. */
const openSource = (page) => (event, address) => {
  if (!address.pathname.startsWith('/r/')) return;
  event.preventDefault();
  const tab = open('', '_blank');
  void page.token().then((token) => {
    if (token) address.hash = token;
    if (tab) tab.location = address.href;
  });
};

const reactionButtons = (page, message) => {
  const names = new Set([
    ...(page.isBot(message.author) ? Object.keys(RATINGS) : []),
    ...Object.keys(message.reactions),
  ]);
  return [...names].map((name) => {
    const [sign, means] = RATINGS[name] ?? [name, name];
    const who = message.reactions[name] ?? [];
    const toggle = button(
      who.length > 0 ? `${sign} ${who.length}` : sign,
      () => void page.act({ act: 'react', message: message.id, emoji: name }),
      { title: [means, ...who].join(' · ') },
    );
    toggle.setAttribute('aria-label', `${means}, ${who.length}`);
    toggle.setAttribute('aria-pressed', String(who.includes(page.me().userName)));
    return toggle;
  });
};

const editForm = (page, message) => {
  const text = make('textarea', { value: message.text, rows: 2, id: 'edited' });
  text.setAttribute('aria-label', 'Edit the message');
  const end = () => {
    page.is.editing = '';
    page.show();
  };
  const form = make(
    'form',
    { className: 'edit' },
    text,
    make(
      'div',
      {},
      make('button', { className: 'quiet' }, 'Save'),
      button('Cancel', end, { className: 'quiet' }),
    ),
  );
  form.onsubmit = (event) => {
    event.preventDefault();
    page.is.editing = '';
    void page.act({ act: 'edit', message: message.id, text: text.value });
  };
  return form;
};

/** The root of a thread is shown twice, and edited in one place. */
const placeOf = (id, isInThread) => `${isInThread ? 'thread' : 'room'} ${id}`;

const toolsOf = (page, message, isInThread) => {
  const own = message.author === page.is.me;
  const openThread = () => {
    page.is.thread = message.id;
    page.show();
    byId('reply-text').focus();
  };
  const repliesText = message.replies === 1 ? '1 reply' : `${message.replies} replies`;
  const edit = () => {
    page.is.editing = placeOf(message.id, isInThread);
    page.show();
    byId('edited').focus();
  };
  return make(
    'div',
    { className: 'tools' },
    ...reactionButtons(page, message),
    isInThread || message.thread
      ? ''
      : button(message.replies > 0 ? repliesText : 'Thread', openThread),
    own ? button('Edit', edit) : '',
    own ? button('Delete', () => void page.act({ act: 'delete', message: message.id })) : '',
  );
};

export const messageItem = (page, message, isInThread) => {
  const { id, name, at, text, isEdited, isRemoved, author } = message;
  const head = make(
    'div',
    { className: 'head' },
    make('strong', {}, name),
    make('time', { className: 'small soft', dateTime: at }, shownTime.format(new Date(at))),
    isEdited && !isRemoved ? make('span', { className: 'small soft' }, '(edited)') : '',
  );
  const item = make('li', { className: `message${page.isBot(author) ? ' of-bot' : ''}` }, head);
  // Equal words of another message, or shown to somebody else, are another item.
  item.dataset.of = `${page.is.me} ${id}`;
  if (isRemoved) item.append(make('div', { className: 'soft' }, 'This message was deleted.'));
  else if (page.is.editing === placeOf(id, isInThread)) item.append(editForm(page, message));
  else item.append(make('div', { className: 'text' }, ...textNodes(text, openSource(page))));
  if (!isRemoved || message.replies > 0) item.append(toolsOf(page, message, isInThread));
  return item;
};
