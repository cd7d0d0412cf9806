import { leavingText, type LeavingText } from '../composition/what-leaves.js';
import { html, type Html } from './html.js';

/** Stands where nobody has shown a token yet: a server of one's own is not named to strangers. */
const leavingLine = (leaving: LeavingText): Html => {
  const host = leaving.isOwn ? 'a server in your own network' : leaving.host;
  return html`<li>For the ${leaving.for}, ${leavingText({ ...leaving, host })}.</li>`;
};

/** Which text goes to which server; nothing where all is local. */
export const leavingDetails = (leaving: readonly LeavingText[]): Html =>
  leaving.length === 0
    ? html``
    : html`<details class="small soft leaving">
        <summary>What leaves this platform</summary>
        <ul>
          ${leaving.map(leavingLine)}
        </ul>
      </details>`;
