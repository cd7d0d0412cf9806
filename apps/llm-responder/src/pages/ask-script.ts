/** The page at `/ask`: everything that it shows is put in as text, never as HTML. */
export const askScript = `
const turns = byId('turns');
const box = byId('text');
const send = byId('send');
let question = new URLSearchParams(said.find((part) => part.startsWith('q='))).get('q');
let conversation = sessionStorage.getItem('conversation') || undefined;

const link = (address, text, properties) =>
  make('a', { href: address, target: '_blank', rel: 'noopener', ...properties }, text);

/** Server-sent events, one by one; what is none of them is left out. */
const eventsOf = async function* (response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let rest = '', read = await reader.read(); !read.done; read = await reader.read()) {
    const parts = (rest + read.value).split('\\n\\n');
    rest = parts.pop();
    for (const part of parts) {
      const [, event, data] = /^event: (.*)\\ndata: (.*)$/.exec(part) || [];
      if (event) yield { event, data: JSON.parse(data) };
    }
  }
};

/** Its numbers in brackets lead to the sources below. */
const answerText = (answer) => {
  const shown = make('p', { className: 'answer' });
  for (const part of answer.answer.split(/(\\[\\d+\\])/)) {
    const number = Number((/^\\[(\\d+)\\]$/.exec(part) || [])[1]);
    const cited = answer.citations[number - 1];
    shown.append(cited ? link(cited.link, part, { className: 'mark', title: cited.name }) : part);
  }
  return shown;
};

const sources = ({ citations, way }) => {
  // Each line of a counted list leads to its record already.
  if (citations.length === 0 || way === 'records') return '';
  return make('ol', { className: 'sources' }, ...citations.map(({ link: address, name, quote, record }) =>
    make('li', {},
      link(address, name),
      make('span', { className: 'soft small' }, ' ' + record.split('/')[0].replace('_', ' ')),
      quote ? make('q', {}, quote) : '')));
};

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
}[outcome] || '');

const turnOf = (text) => {
  const turn = make('li', { className: 'turn' }, make('p', { className: 'asked' }, text));
  turns.append(turn);
  byId('hint').hidden = true;
  byId('fresh').hidden = false;
  return turn;
};

/** An answer while it grows: its sources first, then each sentence once it is checked. */
const growing = (turn) => {
  const told = make('div', { className: 'card told growing' });
  const answer = { answer: '', citations: [] };
  const show = () => {
    told.replaceChildren(answerText(answer), sources(answer));
    if (!told.parentNode) turn.append(told);
  };
  return {
    sources: ({ citations }) => {
      answer.citations = citations;
      say(citations.length === 1 ? 'Reading one source …' : 'Reading ' + citations.length + ' sources …');
    },
    sentence: ({ text }) => {
      answer.answer += (answer.answer && ' ') + text;
      show();
    },
    end: () => told.remove(),
  };
};

const fill = (turn, answer) => {
  const isRated = answer.outcome === 'answered' || answer.outcome === 'abstained';
  const told = make('div', { className: 'card told' }, stateOf(answer), answerText(answer), choices(answer), sources(answer), isRated ? rating(answer) : '');
  // Those who listen hear it in its own language.
  told.lang = answer.language;
  turn.append(told);
};

/** A connection that breaks loses nothing: with the same key the same answer comes again, whole. */
const answerTo = async (turn, asked) => {
  const grown = growing(turn);
  try {
    const headers = { ...asked.headers, accept: 'text/event-stream' };
    for await (const { event, data } of eventsOf(await reach('/api/questions', { ...asked, headers }))) {
      if (event === 'answer') return data;
      if (event === 'problem') throw failed(data);
      if (Object.hasOwn(grown, event)) grown[event](data);
    }
  } catch (error) {
    if (error.status) throw error;
  } finally { grown.end(); }
  return api('/api/questions', asked);
};

const say = (text) => { byId('status').textContent = text; };

const ask = async (text, about) => {
  if (!text.trim() || send.disabled) return;
  send.disabled = true;
  say('Looking …');
  const turn = turnOf(text);
  turn.scrollIntoView({ block: 'start', behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
  try {
    const body = { text, ...(conversation && { conversation }), ...(about && { about }) };
    const key = crypto.randomUUID ? crypto.randomUUID() : String(Math.random()) + Date.now();
    const answer = await answerTo(turn, { body, headers: { 'idempotency-key': key } });
    conversation = answer.conversation;
    sessionStorage.setItem('conversation', conversation);
    fill(turn, answer);
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
  box.focus();
};

const fresh = () => {
  conversation = undefined;
  sessionStorage.removeItem('conversation');
  turns.replaceChildren();
  byId('hint').hidden = false;
  byId('fresh').hidden = true;
  say('');
  box.focus();
};

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

const start = async () => {
  const wanted = question;
  question = undefined;
  if (conversation && !wanted) {
    try {
      const { archived, questions } = await api('/api/dialogues/' + conversation);
      turns.replaceChildren();
      if (archived) fresh();
      else for (const answer of questions) fill(turnOf(answer.question), answer);
    } catch { if (known()) fresh(); }
  }
  if (wanted) { fresh(); ask(wanted); }
  else box.focus();
};
begin();
`;
