/**
 * As many of a list as the other side takes, if it refuses the whole list for one unknown item. It tries the whole,
 * then halves, each together with what was taken before. A few refusals among many cost a few tries each.
 */
export const acceptedOf = async (
  wanted: readonly string[],
  takes: (names: readonly string[]) => Promise<boolean>,
): Promise<readonly string[]> => {
  let taken: readonly string[] = [];
  const waiting = [wanted];
  for (let names = waiting.shift(); names; names = waiting.shift()) {
    if (names.length === 0) continue;
    if (await takes([...taken, ...names])) taken = [...taken, ...names];
    else if (names.length > 1) {
      const middle = Math.ceil(names.length / 2);
      waiting.unshift(names.slice(0, middle), names.slice(middle));
    }
  }
  return taken;
};
