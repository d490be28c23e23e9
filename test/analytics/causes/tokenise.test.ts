import { expect, test } from "vitest";
import { tokenise } from "#analytics/causes/tokenise.ts";

test("words are lower-cased and lose their apostrophes", () => {
  expect(tokenise("It DIDN'T arrive at Anna’s")).toEqual(["it", "didnt", "arrive", "at", "anna"]);
});

test("links, e-mails, amounts, numbers and redactions are folded", () => {
  expect(tokenise("see https://x.example/a?b=1 now")).toEqual(["see", "#link", "now"]);
  expect(tokenise("www.example.org")).toEqual(["#link"]);
  expect(tokenise("mail jo.smith@x.example today")).toEqual(["mail", "#email", "today"]);
  expect(tokenise("paid $1,200.50 on 12th, or 30 €")).toEqual([
    "paid",
    "#amount",
    "on",
    "#number",
    "#break",
    "or",
    "#amount",
  ]);
  expect(tokenise("on XX/XX/2019 XXXX said")).toEqual([
    "on",
    "#mask",
    "#break",
    "#mask",
    "#break",
    "#number",
    "#mask",
    "said",
  ]);
});

test("a word that only begins like a link stays a word", () => {
  expect(tokenise("httpd wwwhat")).toEqual(["httpd", "wwwhat"]);
});

test("letters of other scripts are letters", () => {
  expect(tokenise("Zahlung überfällig, задержка")).toEqual(["zahlung", "überfällig", "#break", "задержка"]);
});

test("words of scripts without spaces are found by the segmenter, beside others", () => {
  expect(tokenise("ケトルの蓋から水が漏れる。Acme返金")).toEqual(
    expect.arrayContaining(["ケトル", "蓋", "水", "acme", "返金"]),
  );
  expect(tokenise("กาต้มน้ำรั่ว").length).toBeGreaterThan(1);
});

test("punctuation gives one break between thoughts and none at the start", () => {
  expect(tokenise("... late!!! (again)")).toEqual(["late", "#break", "again", "#break"]);
});

test("a text is read up to the limit", () => {
  expect(tokenise("a b c d", 2)).toEqual(["a", "b"]);
});

test("an empty text has no tokens", () => {
  expect(tokenise("")).toEqual([]);
  expect(tokenise("'' @ 🙂")).toEqual([]);
});
