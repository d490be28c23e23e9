import type { ReactNode } from "react";
import { dateText, sentenceCase, words } from "#app/format.ts";
import { type RetrospectivePart, retrospectiveParts } from "#app/retrospectives/parts.ts";
import type { TimelineLine } from "#app/retrospectives/timeline-lines.ts";
import type { RetrospectiveContent } from "#db/queries/retrospectives.ts";
import type { SecondFix } from "#db/queries/second-fixes.ts";
import { MarkdownText } from "./markdown-text.tsx";

export interface RetrospectiveTextProps {
  content: RetrospectiveContent;
  timeline: readonly TimelineLine[];
  /** The ones that came out of it, with where each stands. */
  fixes: readonly (Pick<SecondFix, "fix_id" | "title" | "state" | "implemented_on"> & { href: string })[];
}

/** A retrospective to be read, part by part; what is not written is left out. */
export function RetrospectiveText(props: RetrospectiveTextProps) {
  return retrospectiveParts.map((part) => {
    const body = bodyOf(part, props);
    return body === null ? null : (
      <section key={part.heading}>
        <h2>{part.heading}</h2>
        {body}
      </section>
    );
  });
}

function bodyOf(part: RetrospectivePart, { content, timeline, fixes }: RetrospectiveTextProps): ReactNode {
  switch (part.kind) {
    case "text": {
      const text = content.texts[part.key];
      return text === undefined ? null : <MarkdownText text={text} />;
    }
    case "factors":
      return content.factors.length === 0 ? null : (
        <ul className="plain-list">
          {content.factors.map((factor) => (
            <li key={factor}>{factor}</li>
          ))}
        </ul>
      );
    case "whys":
      return content.whys.length === 0 ? null : (
        <ol className="plain-list">
          {content.whys.map((why, index) => (
            // A why has no name but its place.
            <li key={`${index} ${why}`}>{why}</li>
          ))}
        </ol>
      );
    case "timeline":
      return timeline.length === 0 ? null : <Timeline lines={timeline} />;
    case "actions":
      return content.actions.length + fixes.length === 0 ? null : (
        <ul className="plain-list">
          {fixes.map((fix) => (
            <li key={fix.fix_id}>
              <a href={fix.href}>{fix.title}</a> – second fix, {words(fix.state)}
              {fix.implemented_on !== null && `, in place since ${dateText(fix.implemented_on)}`}
            </li>
          ))}
          {content.actions.map((action) => (
            <li key={action}>
              {action} <span className="soft small">(no second fix yet)</span>
            </li>
          ))}
        </ul>
      );
  }
}

function Timeline({ lines }: { lines: readonly TimelineLine[] }) {
  return (
    <ol className="timeline">
      {lines.map(({ when, what, href }) => (
        <li key={`${when} ${what}`}>
          <span className="timeline-when">{when}</span>
          <span>{href === null ? what : <a href={href}>{what}</a>}</span>
        </li>
      ))}
    </ol>
  );
}

/** The parts that nobody has written yet, as one would say them: "Lessons and Actions". */
export function unwrittenParts({ texts, factors, whys, actions, fixIds }: RetrospectiveContent): string[] {
  return retrospectiveParts.flatMap((part) => {
    const isWritten =
      part.kind === "text"
        ? texts[part.key] !== undefined
        : { factors, whys, actions: [...actions, ...fixIds], timeline: [true] }[part.kind].length > 0;
    return isWritten ? [] : [`“${sentenceCase(part.heading)}”`];
  });
}
