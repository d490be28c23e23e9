import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

type Theme = "light" | "dark";
type Palette = ReadonlyMap<string, Record<Theme, string>>;

const palette = readPalette(new URL("../../app/styles/tokens.css", import.meta.url));
const themes: readonly Theme[] = ["light", "dark"];
const categories = ["product", "process", "staff-training", "unclassified"].map((name) => `category-${name}`);
const grounds = ["paper", "panel"];

/** `--name: light-dark(#rrggbb, #rrggbb);` of the tokens. */
function readPalette(file: URL): Palette {
  const pairs = readFileSync(file, "utf8").matchAll(
    /--([\w-]+): light-dark\((#[\da-f]{6}), (#[\da-f]{6})\);/g,
  );
  return new Map(Array.from(pairs, ([, name = "", light = "", dark = ""]) => [name, { light, dark }]));
}

function colour(name: string, theme: Theme): string {
  const pair = palette.get(name);
  if (pair === undefined) throw new Error(`tokens.css has no pair of colours --${name}`);
  return pair[theme];
}

/** Contrast of two colours as WCAG 2.2 defines it (relative luminance), 1 to 21. */
function contrast(a: string, b: string): number {
  const [darker = 0, lighter = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((start) => Number.parseInt(hex.slice(start, start + 2), 16) / 255)
    .map((channel) => (channel <= 0.040_45 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

describe.each(themes)("the %s palette", (theme) => {
  it.each(["ink", "ink-soft", "accent", "info", "warning", "problem"])(
    "has %s text of 4.5:1 on every ground",
    (name) => {
      for (const ground of grounds)
        expect(contrast(colour(name, theme), colour(ground, theme))).toBeGreaterThanOrEqual(4.5);
    },
  );

  it.each([...categories, "mark", "mark-quiet", "edge"])("has %s marks of 3:1 on every ground", (name) => {
    for (const ground of grounds)
      expect(contrast(colour(name, theme), colour(ground, theme))).toBeGreaterThanOrEqual(3);
  });

  it("has text of 4.5:1 on a button, at rest and under the pointer", () => {
    for (const button of ["ink", "accent"])
      expect(contrast(colour("paper", theme), colour(button, theme))).toBeGreaterThanOrEqual(4.5);
  });

  it("gives each category a colour of its own, which is not the accent's", () => {
    const used = [...categories, "accent"].map((name) => colour(name, theme));
    expect(new Set(used).size).toBe(used.length);
  });
});

it("computes the contrasts that WCAG gives as examples", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5);
  expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
});

it("holds every colour of the tokens as a pair, so that no theme lacks one", () => {
  const css = readFileSync(new URL("../../app/styles/tokens.css", import.meta.url), "utf8");
  expect(css.match(/#[\da-f]{3,8}\b/gi)).toHaveLength(palette.size * 2);
});
