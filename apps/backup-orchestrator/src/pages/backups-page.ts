import { eventsScript, html, scriptedPage, tokenScript } from '#libs/platform';

import { backupsScript } from './backups-script.js';

const style = `
h2 { display: flex; flex-wrap: wrap; gap: .25rem .75rem; align-items: baseline; }
h2 .small { font-weight: 400; }
.rows > .card { overflow-wrap: anywhere; }
.verdict { border-left: .5rem solid var(--soft); }
.verdict.well { border-left-color: var(--well); } .verdict.wait { border-left-color: var(--wait); } .verdict.ill { border-left-color: var(--ill); }
.verdict.well, .verdict.wait, .verdict.ill { color: var(--ink); }
.verdict .answer { font-size: clamp(1.1875rem, 3.2vw, 1.5rem); line-height: 1.3; font-weight: 650; margin: 0; }
.verdict .answer::before { margin-right: .5rem; }
.verdict.well .answer::before { content: '✔'; color: var(--well); }
.verdict.wait .answer::before { content: '!'; color: var(--wait); }
.verdict.ill .answer::before { content: '✖'; color: var(--ill); }
.figures { display: flex; flex-wrap: wrap; gap: .6rem 2.2rem; margin: 1rem 0 0; }
.figures div { display: grid; }
.figures dt { color: var(--soft); font-size: .8125rem; } .figures dd { margin: 0; font-variant-numeric: tabular-nums; font-weight: 600; }
.troubles { margin: 1rem 0 0; padding: .9rem 0 0; border-top: 1px solid var(--line); list-style: none; display: grid; gap: .5rem; }
.actions { display: flex; flex-wrap: wrap; gap: .6rem; align-items: center; margin-top: 1.1rem; }
.actions button.other { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: .5rem 1rem; }
.path { display: flex; gap: .3rem; list-style: none; margin: 0 0 .8rem; padding: 0; }
.path li { flex: 1 1 0; min-width: 0; font-size: .75rem; color: var(--soft); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; border-top: .35rem solid var(--line); padding-top: .25rem; }
.path .done { border-top-color: var(--well); }
.path .now { border-top-color: var(--wait); color: var(--ink); font-weight: 600; animation: works 1.6s ease-in-out infinite; }
@keyframes works { 50% { border-top-color: var(--line); } }
@media (prefers-reduced-motion: reduce) { .path .now { animation: none; } }
@media (max-width: 46rem) { .path li { font-size: 0; } .path .now { font-size: .75rem; flex: 3 1 0; } }
.life { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: .2rem 1.5rem; align-items: baseline; margin-top: 1rem; padding-top: .9rem; border-top: 1px solid var(--line); }
.life[hidden] { display: none; }
.life h3 { margin: 0; overflow-wrap: anywhere; } .life .spent { text-align: right; font-variant-numeric: tabular-nums; font-weight: 600; }
.life ol { grid-column: 1 / -1; display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); list-style: none; margin: .55rem 0 .3rem; padding: 0; }
.life li { position: relative; padding-top: 1.15rem; font-size: .8125rem; color: var(--soft); }
.life li::before { content: ''; position: absolute; top: .2rem; left: 0; width: .65rem; height: .65rem; border-radius: 50%; background: var(--card); border: 2px solid var(--line); box-sizing: border-box; z-index: 1; }
.life li:not(:last-child)::after { content: ''; position: absolute; top: .46rem; left: .65rem; right: 0; border-top: 2px solid var(--line); }
.life .done { color: var(--ink); } .life .done::before { background: var(--well); border-color: var(--well); } .life .done:has(+ .done)::after { border-top-color: var(--well); }
.life .now::before { background: var(--wait); border-color: var(--wait); } .life .now { font-weight: 600; }
.life .gone.done::before { background: var(--soft); border-color: var(--soft); }
.life time { display: block; font-weight: 400; color: var(--soft); font-variant-numeric: tabular-nums; }
.life .soft { grid-column: 1 / -1; margin: 0; }
.bar { height: .7rem; border-radius: 999px; background: var(--code); overflow: hidden; }
.bar div { height: 100%; width: 0; background: var(--brand); border-radius: 999px; transition: width .4s; }
.days { display: flex; align-items: end; gap: 3px; height: 7.5rem; }
.days .day { flex: 1 1 0; min-width: 0; height: 100%; display: flex; flex-direction: column; justify-content: end; align-items: stretch; gap: 2px; }
.days .size { border-radius: 3px 3px 0 0; background: var(--soft); opacity: .35; min-height: 2px; }
.days .mark { height: 1.25rem; border-radius: 3px; display: grid; place-items: center; font-size: .7rem; line-height: 1; color: var(--card); background: var(--line); }
.days .well .mark { background: var(--well); } .days .wait .mark { background: var(--wait); } .days .ill .mark { background: var(--ill); }
.days .proved .mark { outline: 2px solid var(--well); outline-offset: 1px; }
.axis { display: flex; justify-content: space-between; margin-top: .35rem; }
.kept { display: grid; grid-template-columns: minmax(9rem, max-content) minmax(0, 1fr); gap: .5rem 1rem; align-items: baseline; margin: 0 0 1rem; }
.kept dt { color: var(--soft); font-size: .875rem; } .kept dd { margin: 0; display: flex; flex-wrap: wrap; gap: .3rem; }
.stamp { background: var(--code); border-radius: 6px; padding: .1rem .5rem; font-size: .8125rem; font-variant-numeric: tabular-nums; white-space: nowrap; }
.stamp.gone { text-decoration: line-through; color: var(--soft); } .stamp.strange { outline: 1px solid var(--ill); color: var(--ill); }
h3 { font-size: .9375rem; margin: 0 0 .6rem; }
.scroll { overflow-x: auto; } .scroll td, .scroll th { white-space: nowrap; }
#problem:empty { display: none; }
@media (max-width: 46rem) {
  #runs .right, #runs :is(th, td):nth-child(2) { display: none; }
  .days .mark, .cents { font-size: 0; }
  .kept { grid-template-columns: minmax(0, 1fr); gap: .3rem; }
  .kept dd { margin-bottom: .4rem; }
}
`;

const body = html`<main hidden>
  <header class="top">
    <div>
      <h1>Backups</h1>
      <p class="soft small">What was saved, whether it comes back, and what stays how long.</p>
    </div>
    <nav class="small"><a href="/">Innkeeper</a></nav>
  </header>
  <p class="ill" id="problem" role="status"></p>
  <div class="rows">
    <section class="card verdict" id="verdict" aria-live="polite">
      <p class="answer" id="answer">Looking …</p>
      <dl class="figures" id="figures"></dl>
      <ul class="troubles" id="troubles" hidden></ul>
      <div class="actions">
        <button type="button" class="main" data-kind="manual">Back up now</button>
        <button type="button" class="other" data-kind="drill">Prove the last one</button>
        <span class="soft small" id="said" role="status"></span>
      </div>
    </section>
    <section class="card" id="running" hidden>
      <h2>Running now <span class="soft small" id="running-kind"></span></h2>
      <ol class="path" id="path"></ol>
      <div class="bar" id="bar" role="progressbar" aria-label="Progress of this step" hidden>
        <div></div>
      </div>
      <p class="soft small" id="amounts"></p>
      <div class="life" id="server" hidden>
        <h3 id="server-what"></h3>
        <span class="spent" id="server-spent"></span>
        <ol id="server-life"></ol>
        <p class="soft small" id="server-note"></p>
      </div>
    </section>
    <section class="card">
      <h2>
        The last five weeks
        <span class="soft small"
          >each bar is a day: its size, how it ended, framed where proved</span
        >
      </h2>
      <div class="days" id="days" role="img" aria-label="Backups by day"></div>
      <div class="axis soft small"><span id="first-day"></span><span>today</span></div>
    </section>
    <section class="card">
      <h2>Runs</h2>
      <div class="scroll"><table id="runs"></table></div>
    </section>
    <section class="card">
      <h2>What stays <span class="soft small" id="kept-note">Reading the repositories …</span></h2>
      <div id="kept"></div>
    </section>
  </div>
</main>`;

export const backupsPageScript = tokenScript + eventsScript + backupsScript;

/** A page to look at: nothing of the backups stands in it before a token is there. */
export const backupsPage = (): string =>
  scriptedPage({ ...{ title: 'Backups – Innkeeper', style, script: backupsPageScript }, body });
