import { expect, test } from "vitest";
import { nameBlanker } from "#analytics/causes/company-names.ts";

const blank = nameBlanker([
  "BANK OF AMERICA, NATIONAL ASSOCIATION",
  "Experian Information Solutions Inc.",
  "Credit Bureau Systems LLC",
]);
const after = (sentence: string) => blank(sentence.split(" ")).join(" ");

test("a name is blanked without its legal form, and by a beginning of its own", () => {
  expect(after("i called bank of america twice")).toBe("i called #name #break #break twice");
  expect(after("experian refused")).toBe("#name refused");
});

test("ordinary words that some name begins with stay", () => {
  expect(after("my bank and the credit bureau")).toBe("my bank and the credit bureau");
  expect(after("credit bureau systems called")).toBe("#name #break #break called");
});

test("without names nothing changes", () => {
  expect(nameBlanker([])(["experian"])).toEqual(["experian"]);
});
