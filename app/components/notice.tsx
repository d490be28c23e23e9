import type { ReactNode } from "react";

export interface NoticeProps {
  kind: "info" | "warning" | "problem";
  /** In place of the kind's own word. */
  title?: string;
  children: ReactNode;
}

const ownWords = { info: "Note", warning: "Careful", problem: "Problem" } as const;

/** Something that the reader should know before the numbers. The word carries the meaning, the colour repeats it. */
export function Notice({ kind, title = ownWords[kind], children }: NoticeProps) {
  return (
    <div className="notice" data-kind={kind}>
      <strong>{title}.</strong> {children}
    </div>
  );
}
