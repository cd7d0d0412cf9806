import {
  eventsScript,
  html,
  leavingDetails,
  scriptedPage,
  tokenScript,
  type Html,
  type LeavingText,
} from '#libs/platform';

import { askScript } from './ask-script.js';

const examples = [
  'How many arrivals tomorrow?',
  'Who called twice today without an answer?',
  'Which homes are free next weekend?',
  'Open balances this week',
  'Wer reist heute ab?',
];

const style = `
.page { max-width: 46rem; display: flex; flex-direction: column; min-height: 100dvh; padding-bottom: 0; }
main { flex: 1; display: flex; flex-direction: column; }
header.top { margin-bottom: 1.25rem; }
header.top button { background: none; border: 0; padding: 0; color: var(--brand); text-decoration: underline; text-underline-offset: .15em; font-size: .875rem; }
header.top > div { min-width: 0; flex: 1 1 18rem; }
#turns { list-style: none; margin: 0; padding: 0; display: grid; gap: 1.6rem; }
.turn { display: grid; gap: .7rem; scroll-margin-top: 1rem; }
.asked { justify-self: end; max-width: 85%; margin: 0; background: var(--code); border-radius: 14px 14px 4px 14px; padding: .55rem .9rem; overflow-wrap: anywhere; white-space: pre-wrap; }
.told { overflow-wrap: anywhere; }
.answer { white-space: pre-line; margin: 0; }
.growing .answer::after { content: '▍'; content: '▍' / ''; color: var(--soft); animation: waits 1.2s steps(2) infinite; }
@keyframes waits { to { opacity: 0; } }
@media (prefers-reduced-motion: reduce) { .growing .answer::after { animation: none; } }
.told > .pill { margin-bottom: .4rem; }
.mark { text-decoration: none; font-weight: 600; font-size: .85em; padding: 0 .1em; }
.sources { margin: .9rem 0 0; padding: .8rem 0 0 1.4rem; border-top: 1px solid var(--line); display: grid; gap: .5rem; font-size: .9375rem; }
.sources li::marker { color: var(--soft); }
.sources q { display: block; color: var(--soft); font-size: .875rem; quotes: none; border-left: 2px solid var(--line); padding-left: .6rem; margin-top: .2rem; }
.choices, .hints { display: flex; flex-wrap: wrap; gap: .5rem; margin-top: .8rem; }
.choices button, .hints button { background: var(--card); border: 1px solid var(--line); border-radius: 999px; padding: .4rem .9rem; text-align: left; }
.choices button { border-color: var(--brand); color: var(--brand); font-weight: 600; }
.choices button:hover, .hints button:hover { background: var(--code); }
.rating { display: flex; gap: .4rem; margin-top: .8rem; }
.rate { background: none; border: 1px solid transparent; border-radius: 8px; padding: .35rem .6rem; min-width: 2.75rem; min-height: 2.5rem; opacity: .65; }
.rate:hover, .rate[aria-pressed="true"] { opacity: 1; background: var(--code); }
.rate[aria-pressed="true"] { border-color: var(--brand); }
.dock { position: sticky; bottom: 0; margin: auto -1.25rem 0; padding: 1.25rem 1.25rem max(1rem, env(safe-area-inset-bottom)); background: linear-gradient(transparent, var(--paper) 1rem); }
#form { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: .5rem; align-items: end; }
#text { resize: none; min-height: 2.9rem; border-radius: 12px; padding: .65rem .9rem; }
#send { min-height: 2.9rem; border-radius: 12px; }
#status { min-height: 1.4em; margin: .4rem 0 0; }
`;

const bodyFor = (leaving: readonly LeavingText[]): Html =>
  html`<main hidden>
    <header class="top">
      <div>
        <h1>Ask</h1>
        <p class="soft small">Answers come from your own records, each with its sources.</p>
        ${leavingDetails(leaving)}
      </div>
      <nav class="small">
        <button type="button" id="fresh" hidden>New dialogue</button>
        <a href="/">Innkeeper</a>
      </nav>
    </header>
    <section id="hint">
      <p class="soft">For example:</p>
      <div class="hints">
        ${examples.map((text) => html`<button type="button" data-ask>${text}</button>`)}
      </div>
    </section>
    <ol id="turns" aria-live="polite" aria-label="Questions and answers"></ol>
    <div class="dock">
      <form id="form">
        <label class="unseen" for="text">Your question</label>
        <textarea
          id="text"
          rows="1"
          maxlength="4000"
          placeholder="Ask in any language …"
          enterkeyhint="send"
        ></textarea>
        <button class="main" id="send">Ask</button>
      </form>
      <p class="soft small" id="status" role="status"></p>
    </div>
  </main>`;

export const askPageScript = tokenScript + eventsScript + askScript;

/** A page to ask on: no framework, and nothing of anybody stands in it before a token is there. */
export const askPage = (leaving: readonly LeavingText[]): string =>
  scriptedPage({
    ...{ title: 'Ask – Innkeeper', style, script: askPageScript },
    body: bodyFor(leaving),
  });
