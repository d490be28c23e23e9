export interface QuotedCaseProps {
  title: string;
  /** The narrative, or as much of it as there is room for. */
  text: string;
  href: string;
  /** Where and when: "Phone, 5 March 2026". */
  source: string;
}

/** A case that stands for many: what the customer said, in their own words. */
export function QuotedCase({ title, text, href, source }: QuotedCaseProps) {
  return (
    <figure className="quoted-case">
      <blockquote cite={href}>
        <p className="narrative">{text}</p>
      </blockquote>
      <figcaption className="small soft">
        <a href={href}>{title}</a>, {source}
      </figcaption>
    </figure>
  );
}
