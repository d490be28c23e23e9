import { describe, expect, it } from "vitest";
import { type Period, parseDay } from "#analytics/period.ts";
import {
  categoryText,
  cellText,
  chanceText,
  counted,
  countText,
  dateText,
  expectedText,
  instantText,
  intervalText,
  listText,
  momentText,
  moneyText,
  monthText,
  openingText,
  partText,
  periodText,
  quarterText,
  rangeText,
  ratioText,
  scoreText,
  sentenceCase,
  shareText,
  similarityText,
  words,
} from "#app/format.ts";

function period(start: string, end: string): Period {
  const [first, last] = [parseDay(start), parseDay(end)];
  if (first === null || last === null) throw new Error(`no period: ${start} ${end}`);
  return { start: first, end: last };
}

describe("numbers", () => {
  it("has commas between thousands, and a dash for what is not known", () => {
    expect([0, 999, 12_345, null].map((n) => countText(n))).toEqual(["0", "999", "12,345", "–"]);
  });

  it("prints a ratio with two decimals where one would hide on which side of 1 it lies", () => {
    expect(ratioText(2.248, { low: 1.53, high: 3.35 })).toBe("2.2 (1.5–3.4)");
    expect(ratioText(1.3, { low: 1.04, high: 1.62 })).toBe("1.30 (1.04–1.62)");
    expect(ratioText(0.8, { low: 0.66, high: 0.97 })).toBe("0.80 (0.66–0.97)");
    expect(ratioText(null, { low: 3.44, high: Infinity })).toBe("3.4 or more");
    expect(ratioText(0, { low: 0, high: 0.06 })).toBe("0.00 (0.00–0.06)");
  });

  it("prints a chance as small as it is read, and no expectation as none", () => {
    expect([0.0004, 0.0123, 0.2].map(chanceText)).toEqual(["below 0.001", "0.012", "0.20"]);
    expect([0, 0.04, 0.1, 12.34].map(expectedText)).toEqual([
      "less than 0.1",
      "less than 0.1",
      "0.1",
      "12.3",
    ]);
  });

  it.each([
    [1, "case", "1 case"],
    [0, "case", "0 cases"],
    [1200, "reply", "1,200 replies"],
    [2, "day", "2 days"],
    [3, "second fix", "3 second fixes"],
  ])("counts %i %s as %s", (count, noun, text) => {
    expect(counted(count, noun)).toBe(text);
  });

  it("takes an irregular plural as given", () => {
    expect(counted(2, "person", "people")).toBe("2 people");
  });

  it.each([
    [0, 20, "0%"],
    [1, 20, "100%"],
    [0.4137, 58, "41%"],
    [0.4137, null, "41%"],
    [0.4137, 580, "41.4%"],
    [0.034_56, 58, "3.5%"],
    [0.034_56, 5800, "3.5%"],
    [0.0001, 20_000, "<0.1%"],
    [0.999, 50, ">99%"],
    [0.9999, 20_000, ">99.9%"],
    [0.1803, 6588, "18.0%"],
    [0.0102, 98, "1.0%"],
    [0.0996, 50, "10%"],
    [null, 0, "–"],
  ])("prints a share of %s over %s cases as %s", (share, n, text) => {
    expect(shareText(share, n)).toBe(text);
  });

  it("gives both ends of an interval the same number of decimals", () => {
    expect(rangeText(0.301, 0.526)).toBe("30–53%");
    expect(rangeText(0.008, 0.031)).toBe("0.8–3.1%");
    expect(rangeText(0, 1)).toBe("0–100%");
    expect(rangeText(0.512, 0.514)).toBe("51.2–51.4%");
  });

  it("cuts a long text between two words and says that it goes on", () => {
    expect(openingText("It rained all day", 17)).toBe("It rained all day");
    expect(openingText("It rained all day", 16)).toBe("It rained all…");
    expect(openingText("It rained, all day", 11)).toBe("It rained…");
    expect(openingText("Unbelievable", 5)).toBe("Unbel…");
  });

  it("prints an interval like its value", () => {
    expect(intervalText(0.301, 0.526, "share")).toBe("30–53%");
    expect(intervalText(1306, 1379, "count")).toBe("1,306–1,379");
    expect(intervalText(12.31, null, "days")).toBe("12.3 or more");
  });

  it("knows how many minor units a currency has", () => {
    expect(moneyText(123_450, "GBP")).toBe("£1,234.50");
    expect(moneyText(123_450, "JPY")).toBe("¥123,450");
    expect(moneyText(123_450, null)).toBe("1,234.50 (currency unknown)");
    expect(moneyText(null, "GBP")).toBe("–");
  });

  it("writes how like two cases are with two decimals, and 1.00 for copies alone", () => {
    expect([0.7149, 0.5, 0.9951, 0.99995, 1, -0.2].map(similarityText)).toEqual([
      "0.71",
      "0.50",
      "0.99",
      "1.00",
      "1.00",
      "-0.20",
    ]);
  });

  it("keeps one decimal of a mean score", () => {
    expect([4, 4.25, null].map((n) => scoreText(n))).toEqual(["4.0", "4.3", "–"]);
  });

  it("says a part of a whole", () => {
    expect(partText(6588, 6623)).toBe("6,588 of 6,623");
  });
});

describe("dates", () => {
  it("prints a day, a month, and an unknown one", () => {
    expect(dateText("2026-09-05")).toBe("5 Sep 2026");
    expect(dateText(null)).toBe("unknown");
    expect(monthText("2026-09")).toBe("September 2026");
    expect(monthText("2026-09-15", "short")).toBe("Sep 2026");
  });

  it.each([
    ["2026-01-01", "2027-01-01", "2026"],
    ["2025-01-01", "2027-01-01", "2025–2026"],
    ["2026-03-01", "2026-04-01", "March 2026"],
    ["2026-01-01", "2026-04-01", "Jan–Mar 2026"],
    ["2025-11-01", "2026-02-01", "Nov 2025 – Jan 2026"],
    ["2026-01-05", "2026-02-08", "5 Jan – 7 Feb 2026"],
    ["2025-12-30", "2026-01-03", "30 Dec 2025 – 2 Jan 2026"],
    ["2026-05-04", "2026-05-05", "4 May 2026"],
    ["2026-05-04", "2026-05-04", "no days"],
  ])("names the days from %s to before %s as %s", (start, end, text) => {
    expect(periodText(period(start, end))).toBe(text);
  });

  it("names a quarter with its months, and a fiscal one by its year", () => {
    expect(quarterText(period("2026-07-01", "2026-10-01"), 1)).toBe("Q3 2026 (Jul–Sep 2026)");
    expect(quarterText(period("2026-01-01", "2026-04-01"), 7)).toBe("FY26 Q3 (Jan–Mar 2026)");
  });

  it.each([
    ["UTC", "22 Nov 2026, 23:30 UTC"],
    ["Europe/Berlin", "23 Nov 2026, 00:30 UTC+1"],
    ["Asia/Kolkata", "23 Nov 2026, 05:00 UTC+5:30"],
    ["America/New_York", "22 Nov 2026, 18:30 UTC-5"],
  ])("prints an instant in the zone %s and names its offset", (zone, text) => {
    expect(instantText("2026-11-22T23:30:00Z", zone)).toBe(text);
  });

  it("leaves a moment without a time of day a day", () => {
    expect(momentText("2026-11-22", "Asia/Kolkata")).toBe("22 Nov 2026");
    expect(momentText("2026-11-22T23:30:00Z", "UTC")).toBe("22 Nov 2026, 23:30 UTC");
  });

  it("refuses what is not a date and says what it expected", () => {
    expect(() => dateText("22.11.2026")).toThrow('Expected a date like 2026-11-22, got "22.11.2026".');
    expect(() => dateText("2026-13-01")).toThrow("2026-13-01");
    expect(() => instantText("yesterday", "UTC")).toThrow('got "yesterday"');
  });
});

describe("words", () => {
  it("says code words as people do", () => {
    expect([words("staff_training"), words(null), categoryText(null)]).toEqual([
      "staff training",
      "unknown",
      "unclassified",
    ]);
    expect(sentenceCase("staff training")).toBe("Staff training");
    expect(listText(["refund", "apology", "explanation"])).toBe("refund, apology and explanation");
  });
});

describe("cells", () => {
  it.each([
    ["not_a_code", "text", "not_a_code"],
    [null, "text", "unknown"],
    [1234, "count", "1,234"],
    [null, "count", "–"],
    [0.123, "share", "12%"],
    [3.25, "days", "3.3"],
    [3.25, "hours", "3.3"],
    [4, "score", "4.0"],
    [1234.5, "money", "1,234.50"],
    ["2026-11-22", "date", "22 Nov 2026"],
    ["2026-11", "date", "Nov 2026"],
    ["2026-11-22T23:30:00Z", "instant", "22 Nov 2026, 23:30 UTC"],
    ["0.6–1.4", "interval", "0.6–1.4"],
    [null, "interval", "–"],
  ] as const)("prints %s of the kind %s as %s", (value, kind, text) => {
    expect(cellText(value, kind)).toBe(text);
  });

  it("gives a share its third figure when the column of n carries it", () => {
    expect(cellText(0.1234, "share", { n: 100 })).toBe("12.3%");
  });
});
