import type { Definition, Nodes, Root, RootContent } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { createElement, Fragment, type ReactNode } from "react";

/** Deeper texts than anybody writes are shown as they were typed. */
const deepest = 40;

/**
 * CommonMark that a person wrote, as elements of ours: HTML in it is shown as the characters that it is, pictures are links
 * (nothing is loaded from elsewhere), and links go to the web and to mail alone. Its headings stand below an `<h2>`.
 */
export function MarkdownText({ text }: { text: string }) {
  const root = fromMarkdown(text);
  const context = contextOf(root);
  return (
    <div className="markdown">
      {context === null ? <p className="narrative">{text}</p> : childrenOf(root, context)}
    </div>
  );
}

interface Context {
  definitions: ReadonlyMap<string, Definition>;
  /** The depths of the headings that there are: they become h3, h4 … without a gap. */
  depths: readonly number[];
}

/** What a node must know of the whole text; `null` where that is too deep. */
function contextOf(root: Root): Context | null {
  const definitions = new Map<string, Definition>();
  const depths = new Set<number>();
  let level: Nodes[] = [root];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest) return null;
    for (const node of level) {
      // Of two definitions the first holds.
      if (node.type === "definition" && !definitions.has(node.identifier))
        definitions.set(node.identifier, node);
      if (node.type === "heading") depths.add(node.depth);
    }
    level = level.flatMap((node): Nodes[] => ("children" in node ? node.children : []));
  }
  return { definitions, depths: [...depths].sort((one, other) => one - other) };
}

function childrenOf(parent: { children: RootContent[] }, context: Context): ReactNode[] {
  return parent.children.map((node, index) => (
    // A text never reorders itself.
    <Fragment key={index}>{elementOf(node, context)}</Fragment>
  ));
}

function elementOf(node: RootContent, context: Context): ReactNode {
  switch (node.type) {
    case "text":
      return node.value;
    case "html":
      return node.value;
    case "paragraph":
      return <p>{childrenOf(node, context)}</p>;
    case "heading":
      return createElement(
        `h${Math.min(6, 3 + context.depths.indexOf(node.depth))}`,
        null,
        ...childrenOf(node, context),
      );
    case "emphasis":
      return <em>{childrenOf(node, context)}</em>;
    case "strong":
      return <strong>{childrenOf(node, context)}</strong>;
    case "inlineCode":
      return <code>{node.value}</code>;
    case "code":
      return (
        // It scrolls sideways, so the keyboard must reach it.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <pre tabIndex={0}>
          <code>{node.value}</code>
        </pre>
      );
    case "blockquote":
      return <blockquote>{childrenOf(node, context)}</blockquote>;
    case "list":
      return node.ordered === true ? (
        <ol start={node.start ?? 1}>{childrenOf(node, context)}</ol>
      ) : (
        <ul>{childrenOf(node, context)}</ul>
      );
    case "listItem":
      return <li>{childrenOf(node, context)}</li>;
    case "break":
      return <br />;
    case "thematicBreak":
      return <hr />;
    case "link":
      return <SafeLink url={node.url}>{childrenOf(node, context)}</SafeLink>;
    case "image":
      return <SafeLink url={node.url}>{node.alt || node.url}</SafeLink>;
    case "linkReference":
      return (
        <SafeLink url={context.definitions.get(node.identifier)?.url ?? ""}>
          {childrenOf(node, context)}
        </SafeLink>
      );
    case "imageReference": {
      const url = context.definitions.get(node.identifier)?.url ?? "";
      return <SafeLink url={url}>{node.alt || url}</SafeLink>;
    }
    default:
      return null; // definitions; and what is no CommonMark, which the parser does not make
  }
}

/** A link where it leads to the web or to mail; else its words, and where it would have led. */
function SafeLink({ url, children }: { url: string; children: ReactNode }) {
  if (/^(?:https?:\/\/|mailto:)/i.test(url))
    return (
      <a href={url} rel="noopener noreferrer nofollow">
        {children}
      </a>
    );
  return (
    <>
      {children}
      {url !== "" && ` (${url})`}
    </>
  );
}
