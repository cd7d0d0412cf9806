const LOCAL_DATE = /^(\d{4})-(\d\d)-(\d\d)$/;

/** A day on the calendar of a place, `2026-09-14`: it is no instant, and no time zone may move it. */
export const localDate = (value: unknown): string | undefined => {
  if (typeof value !== 'string') return undefined;
  const [, year, month, day] = LOCAL_DATE.exec(value) ?? [];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value) ? value : undefined;
};
