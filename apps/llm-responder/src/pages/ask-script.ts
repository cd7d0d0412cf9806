/** The page at `/ask`: everything that it shows is put in as text, never as HTML. */
export const askScript = `
const turns = byId('turns');
const box = byId('text');
const send = byId('send');
let question = new URLSearchParams(said.find((part) => part.startsWith('q='))).get('q');
/** One question to look at, as a link from the chat names it. */
let opened = new URLSearchParams(location.search).get('question');
let conversation = sessionStorage.getItem('conversation') || undefined;

const link = (address, text, properties) =>
  make('a', { href: address, target: '_blank', rel: 'noopener', ...properties }, text);

/** A text whose numbers in brackets lead to the sources below. */
const marked = (text, citations) => text.split(/(\\[\\d+\\])/).map((part) => {
  const number = Number((/^\\[(\\d+)\\]$/.exec(part) || [])[1]);
  const cited = citations[number - 1];
  return cited ? link(cited.link, part, { className: 'mark', title: cited.name }) : part;
});

/** Seen beside the answer, and not read aloud with it. */
const quiet = (element) => {
  element.setAttribute('aria-live', 'off');
  return element;
};

const source = ({ link: address, name, quote, record }) =>
  make('li', {},
    link(address, name),
    make('span', { className: 'soft small' }, ' ' + record.split('/')[0].replace('_', ' ')),
    make('q', { hidden: !quote }, quote || ''));

const choices = (answer) => answer.choices.length === 0 ? '' : make('div', { className: 'choices' },
  ...answer.choices.map(({ id, name }) => make('button', { type: 'button', onclick: () => ask(name, [id]) }, name)));

const rating = (answer) => {
  const button = (value, sign, label) => {
    const it = make('button', { type: 'button', className: 'rate', title: label }, sign);
    it.setAttribute('aria-label', label);
    it.setAttribute('aria-pressed', String(answer.rating === value));
    it.onclick = async () => {
      try {
        await api('/api/questions/' + answer.id + '/rating', { body: { rating: value } });
        for (const other of it.parentNode.children) other.setAttribute('aria-pressed', String(other === it));
      } catch (error) { say(error.message); }
    };
    return it;
  };
  return make('div', { className: 'rating' }, button('up', '👍', 'This helped'), button('down', '👎', 'This did not help'));
};

const stateOf = ({ outcome }) => ({
  abstained: make('span', { className: 'pill wait' }, 'not known'),
  asked_back: make('span', { className: 'pill wait' }, 'which one?'),
  withdrawn: make('span', { className: 'pill ill' }, 'withdrawn'),
  open: make('span', { className: 'pill wait' }, 'no answer yet'),
}[outcome] || '');

const turnOf = (text) => {
  const turn = make('li', { className: 'turn' }, make('p', { className: 'asked' }, text));
  turns.append(turn);
  byId('hint').hidden = true;
  byId('fresh').hidden = false;
  return turn;
};

/** One answer. What stands there already is not put there again: it neither flickers nor is read aloud twice. */
const cardIn = (turn) => {
  const told = make('div', { className: 'card told growing' });
  const said = make('p', { className: 'answer' });
  const list = quiet(make('ol', { className: 'sources' }));
  told.append(said);
  let text = '';
  let cited = [];
  const cite = (citations) => {
    cited = citations;
    for (const [i, { link: address, name, quote }] of citations.entries()) {
      const [shown, , quoted] = list.children[i]?.children || [];
      // While it grows, a name may also say in which part of its record the source is.
      if (!shown) list.append(source(citations[i]));
      else if (shown.getAttribute('href') !== address || !shown.textContent.startsWith(name)) list.children[i].replaceWith(source(citations[i]));
      else if (quoted.textContent !== quote) Object.assign(quoted, { textContent: quote, hidden: !quote });
    }
    while (list.children.length > citations.length) list.lastChild.remove();
    if (citations.length === 0) list.remove();
    else if (!list.parentNode) said.after(list);
  };
  const add = (more) => {
    text += more;
    said.append(...marked(more, cited));
    if (!told.parentNode) turn.append(told);
    show(turn);
  };
  return {
    // They come before the sentence that names them, and are shown with it.
    sources: ({ citations }) => {
      if (text) cite(citations);
      else cited = citations;
      say('Answering …');
    },
    sentence: ({ text: sentence }) => {
      add((text && ' ') + sentence);
      cite(cited);
    },
    end: (answer) => {
      // Those who listen hear it in its own language.
      told.lang = answer.language;
      told.classList.remove('growing');
      cited = answer.citations;
      if (!answer.answer.startsWith(text)) { text = ''; said.replaceChildren(); }
      add(answer.answer.slice(text.length));
      // Each line of a counted list leads to its record already.
      cite(answer.way === 'records' ? [] : answer.citations);
      said.before(stateOf(answer));
      said.after(choices(answer));
      if (answer.outcome === 'answered' || answer.outcome === 'abstained') told.append(quiet(rating(answer)));
      show(turn);
    },
  };
};

const fill = (turn, answer) => cardIn(turn).end(answer);

/** A connection that breaks loses nothing: with the same key the same answer comes again, whole. */
const answerTo = async (card, asked) => {
  try {
    const headers = { ...asked.headers, accept: 'text/event-stream' };
    for await (const { event, data } of eventsOf(await reach('/api/questions', { ...asked, headers }))) {
      if (event === 'answer') return data;
      if (event === 'problem') throw failed(data);
      if (event === 'sources' || event === 'sentence') card[event](data);
    }
  } catch (error) {
    if (error.status) throw error;
  }
  return api('/api/questions', asked);
};

const say = (text) => { if (byId('status').textContent !== text) byId('status').textContent = text; };

/** The question stays at the top while its answer grows below, until somebody scrolls elsewhere. */
let follows = false;
for (const moved of ['wheel', 'touchmove']) addEventListener(moved, () => { follows = false; }, { passive: true });
const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
const show = (turn) => { if (follows) turn.scrollIntoView({ block: 'start', behavior: calm ? 'auto' : 'smooth' }); };

const ask = async (text, about) => {
  if (!text.trim() || send.disabled) return;
  send.disabled = true;
  if (about) write();
  say('Looking …');
  const turn = turnOf(text);
  follows = true;
  show(turn);
  try {
    const body = { text, ...(conversation && { conversation }), ...(about && { about }) };
    const key = crypto.randomUUID ? crypto.randomUUID() : String(Math.random()) + Date.now();
    const card = cardIn(turn);
    const answer = await answerTo(card, { body, headers: { 'idempotency-key': key } });
    conversation = answer.conversation;
    sessionStorage.setItem('conversation', conversation);
    card.end(answer);
    say('');
  } catch (error) {
    turn.remove();
    box.value = text;
    grow();
    // An archived or a foreign dialogue takes no questions: the next one begins another.
    if (error.status === 404 || error.status === 409) fresh();
    say(error.message);
  }
  send.disabled = false;
  // Who went on to a source meanwhile stays there.
  if (document.activeElement === document.body) write();
};

const fresh = () => {
  conversation = undefined;
  sessionStorage.removeItem('conversation');
  opened = undefined;
  if (location.search) history.replaceState(null, '', location.pathname);
  turns.replaceChildren();
  byId('hint').hidden = false;
  byId('fresh').hidden = true;
  say('');
  write();
};

/** Ready for the next question. On a phone that would open the keyboard over what was just answered. */
const write = () => { if (matchMedia('(hover: hover)').matches) box.focus(); };

byId('form').onsubmit = (event) => {
  event.preventDefault();
  const text = box.value;
  box.value = '';
  grow();
  ask(text);
};
const grow = () => { box.style.height = 'auto'; box.style.height = Math.min(box.scrollHeight + 2, 200) + 'px'; };
box.oninput = grow;
box.onkeydown = (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  byId('form').requestSubmit();
};
byId('fresh').onclick = fresh;
for (const example of document.querySelectorAll('[data-ask]')) example.onclick = () => ask(example.textContent);

/** Who asks on from here begins a dialogue of their own: others may read the one that it came from. */
const openOne = async (id) => {
  conversation = undefined;
  try {
    const answer = await api('/api/questions/' + encodeURIComponent(id));
    turns.replaceChildren();
    fill(turnOf(answer.question), answer);
  } catch (error) {
    if (!known()) return;
    if (error.status !== 404) return say(error.message);
    turns.replaceChildren(make('li', { className: 'turn' }, make('div', { className: 'card told' },
      make('span', { className: 'pill wait' }, 'not there'),
      make('p', { className: 'answer' }, 'This question is not there for you. An answer opens here for the person who asked it, and for nobody else: it rests on what that person may read. If it was asked in a room, ask it yourself below.'))));
    byId('hint').hidden = true;
    byId('fresh').hidden = false;
  }
};

const start = async () => {
  const wanted = question;
  question = undefined;
  if (opened && !wanted) await openOne(opened);
  else if (conversation && !wanted) {
    try {
      const { archived, questions } = await api('/api/dialogues/' + conversation);
      turns.replaceChildren();
      if (archived) fresh();
      else for (const answer of questions) fill(turnOf(answer.question), answer);
    } catch { if (known()) fresh(); }
  }
  if (wanted) { fresh(); ask(wanted); }
  else write();
};
begin();
`;
