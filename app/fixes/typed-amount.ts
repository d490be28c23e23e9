import { decimalsOf } from "#app/amount-fields.ts";
import type { FixFields } from "#db/queries/second-fixes.ts";
import type { Add, FixForm } from "./form-fields.ts";

/** The cost that was typed; `null`: none; `undefined`: it can't be read. */
export function readCost({ cost, currency }: FixForm, add: Add): FixFields["cost"] | undefined {
  if (cost === "") return null;
  const code = currency.toUpperCase();
  if (!Intl.supportedValuesOf("currency").includes(code)) {
    const got = currency === "" ? "The cost has no currency." : `The currency is “${currency}”.`;
    add("currency", `${got} Expected a code of three letters, such as EUR.`);
    return undefined;
  }
  const decimals = decimalsOf(code);
  const text = cost.replaceAll(/[\s,'’](?=\d{3}(\D|$))/g, "").replace(",", ".");
  const [, fraction = ""] = text.split(".");
  const amount = Number(text);
  if (!/^\d{1,12}(\.\d+)?$/.test(text) || fraction.length > decimals || amount > 1e11) {
    add(
      "cost",
      `The cost is “${cost}”. Expected an amount such as 1500${decimals > 0 ? " or 1500.50" : ""}.`,
    );
    return undefined;
  }
  return { minor: Math.round(amount * 10 ** decimals), currency: code };
}

/** An amount as it is typed: 150050 in cents -> "1500.50". */
export function typedAmount({ minor, currency }: NonNullable<FixFields["cost"]>): string {
  const decimals = decimalsOf(currency);
  return (minor / 10 ** decimals).toFixed(minor % 10 ** decimals === 0 ? 0 : decimals);
}
