/** Who follows the log, and the role that does it. Each works under the lease `projector/<name>`. */
export const projectors = [
  { name: 'catalog', role: 'catalog' },
  { name: 'relay', role: 'catalog' },
] as const;

export type ProjectorName = (typeof projectors)[number]['name'];
