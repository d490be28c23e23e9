import { type ComponentType, createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";

/** What the server sends for a component. */
export function markup<P extends object>(component: ComponentType<P>, props: P): string {
  return renderToStaticMarkup(createElement(component, props));
}

/** What a reader sees of it: tags and comments dropped, spaces folded. */
export function textOf(html: string): string {
  return html
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&")
    .replaceAll(/\s+/g, " ")
    .trim();
}

/** The rows of the first table in the markup, each as the texts of its cells. */
export function tableTexts(html: string): string[][] {
  const table = /<table>.*?<\/table>/s.exec(html)?.[0] ?? "";
  return Array.from(table.matchAll(/<tr[^>]*>(.*?)<\/tr>/gs), ([, row = ""]) =>
    Array.from(row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs), ([, cell = ""]) => textOf(cell)),
  );
}
