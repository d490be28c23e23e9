/**
 * A text that a spreadsheet would run as a formula gets an apostrophe in front (OWASP, CSV injection; ASVS 5.0
 * 1.2.10), and so does one that already looks guarded: so taking exactly one away always gives the text back.
 */
const formula = /^'*[=+\-@\t\r\n＝＋－＠]/;
const guarded = /^'+[=+\-@\t\r\n＝＋－＠]/;

export function guardFormula(text: string): string {
  return formula.test(text) ? `'${text}` : text;
}

export function unguardFormula(text: string): string {
  return guarded.test(text) ? text.slice(1) : text;
}
