/** What a time may look like in a record, for the sentences that refuse one. */
export const expectedMoment = "a date such as 2026-03-29, 2026/3/29 or 2026-03-29T17:51:31Z";

const momentForm = /^(\d{4})-(\d{2})-(\d{2})(?:T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z)?$/;

/** Whether the text is a day or a UTC instant as a record holds it. */
export function isMoment(text: string): boolean {
  const form = momentForm.exec(text);
  return form !== null && isDate(Number(form[1]), Number(form[2]), Number(form[3]));
}

/** Whether the calendar has this day: asked of every time of every row, so by counting alone. */
export function isDate(year: number, month: number, day: number): boolean {
  if (!(month >= 1 && month <= 12 && day >= 1)) return false; // NaN too
  if (month !== 2) return day <= (month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31);
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= (isLeap ? 29 : 28);
}
