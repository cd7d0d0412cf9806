// One line per step on stderr; on a terminal it moves while the step runs.
const terminal = Boolean(process.stderr.isTTY) && !process.env.CI;
const frames = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏';
const width = 24;

export const seconds = (ms) =>
  ms < 9950 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`;

const bar = (share) => {
  const full = Math.round(Math.min(1, share) * width);
  return ` ${'█'.repeat(full)}${'░'.repeat(width - full)} ${Math.floor(Math.min(1, share) * 100)} %`;
};

const animate = (title, started, progress) => {
  let tick = 0;
  const draw = () => {
    const share = progress?.();
    const shown = share === undefined ? '' : bar(share);
    const time = seconds(Date.now() - started);
    process.stderr.write(`\r\x1b[K${frames[tick++ % frames.length]} ${title}${shown} ${time}`);
  };
  draw();
  const timer = setInterval(draw, 100);
  return () => {
    clearInterval(timer);
    process.stderr.write('\r\x1b[K');
  };
};

/**
 * Runs `work`; `progress` gives the share that is done, where that can be told. `still`: its line does not move,
 * because another step runs beside it.
 */
export const step = async (title, work, { progress, still = false } = {}) => {
  const started = Date.now();
  const clear = terminal && !still ? animate(title, started, progress) : announce(title);
  try {
    const result = await work();
    clear();
    process.stderr.write(`✓ ${title} (${seconds(Date.now() - started)})\n`);
    return result;
  } catch (error) {
    clear();
    process.stderr.write(`✗ ${title} (${seconds(Date.now() - started)})\n`);
    throw error;
  }
};

const announce = (title) => {
  process.stderr.write(`… ${title}\n`);
  return () => undefined;
};
