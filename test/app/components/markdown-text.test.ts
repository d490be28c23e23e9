import { describe, expect, it } from "vitest";
import { MarkdownText } from "#app/components/markdown-text.tsx";
import { markup, textOf } from "./markup.ts";

const html = (text: string) => markup(MarkdownText, { text });

describe("Markdown that a person wrote", () => {
  it("shows paragraphs, emphasis, lists, code and quotes as what they are", () => {
    const shown = html("One **two** *three*  \n`four`\n\n3. a\n4. b\n\n- c\n\n> d\n\n```\ne < f\n```\n\n---");
    expect(shown).toContain("<strong>two</strong> <em>three</em><br/>");
    expect(shown).toContain('<ol start="3">');
    expect(shown).toContain("<blockquote><p>d</p></blockquote>");
    expect(shown).toContain("<code>e &lt; f</code>");
    expect(shown).toContain("<hr/>");
  });

  it("never makes HTML of what was typed", () => {
    const shown = html('<script>alert(1)</script>\n\nan <img src=x onerror="alert(1)"> and <b>bold</b>');
    expect(shown).not.toMatch(/<(script|img|b)\b/);
    expect(textOf(shown)).toContain("<script>alert(1)</script>");
  });

  it.each([
    ["[a](javascript:alert(1))", "a (javascript:alert(1))"],
    ["[a](JaVaScRiPt:alert(1))", "a (JaVaScRiPt:alert(1))"],
    ["[a](data:text/html,x)", "a (data:text/html,x)"],
    ["[a](//evil.example)", "a (//evil.example)"],
    ["<javascript:alert(1)>", "javascript:alert(1) (javascript:alert(1))"],
    ["[a][r]\n\n[r]: vbscript:x", "a (vbscript:x)"],
    ["![a](javascript:x)", "a (javascript:x)"],
  ])("leads nowhere but to the web and to mail: %s", (text, shown) => {
    expect(html(text)).not.toContain("<a ");
    expect(textOf(html(text))).toBe(shown);
  });

  it("links to the web and to mail, and makes links of pictures", () => {
    expect(html("[a](https://example.org/?a=b&c)")).toContain('href="https://example.org/?a=b&amp;c"');
    expect(html("<me@example.org>")).toContain('href="mailto:me@example.org"');
    expect(html("![plan](https://example.org/p.png)")).toMatch(/<a [^>]*>plan<\/a>/);
    expect(html("[a][R]\n\n[r]: https://example.org/1\n[r]: https://example.org/2")).toContain("/1");
  });

  it("sets headings below those of the page, without a gap", () => {
    const shown = html("# One\n\n#### Two\n\n###### Three\n\n#### Four");
    expect([...shown.matchAll(/<(h\d)/g)].map(([, tag]) => tag)).toEqual(["h3", "h4", "h5", "h4"]);
  });

  it("shows a text that nests deeper than anybody writes as it was typed", () => {
    const text = `${">".repeat(3000)} deep`;
    expect(textOf(html(text))).toBe(textOf(text.replaceAll(">", "&gt;")));
  });
});
