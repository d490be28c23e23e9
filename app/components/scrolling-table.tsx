import { type ReactNode, useId } from "react";

export interface ScrollingTableProps {
  caption: string;
  /** Where the heading above says the same, the caption is for the ear only. */
  captionHidden?: boolean;
  /** A class of the table's own. */
  look?: string | undefined;
  /** Head and body. */
  children: ReactNode;
}

/** A table in a frame that scrolls where the page is too narrow for it: the keyboard must be able to enter that. */
export function ScrollingTable({ caption, captionHidden = false, look, children }: ScrollingTableProps) {
  const captionId = useId();
  return (
    <div className="table-scroll" role="group" aria-labelledby={captionId} tabIndex={0}>
      <table className={look}>
        <caption id={captionId} className={captionHidden ? "visually-hidden" : undefined}>
          {caption}
        </caption>
        {children}
      </table>
    </div>
  );
}
