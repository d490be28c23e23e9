import type { CauseTrustView } from "#app/server/cause-trust.ts";
import { DescriptionList } from "./description-list.tsx";

/** How far to trust the causes above, and where a person's word is worth most. */
export function CauseTrust({ items, toConfirm, confirmHref, coding, codingHref }: CauseTrustView) {
  return (
    <section>
      <h2>How far to trust these causes</h2>
      <DescriptionList items={items} />
      <h3>Does a person say the same?</h3>
      {coding === null ? (
        <p>
          No sample is coded yet. <a href={codingHref}>Let a second person code some cases, blind</a>: it
          shows how far these causes can be trusted.
        </p>
      ) : (
        <>
          <DescriptionList items={coding.agreements} />
          <p className="small soft">
            {coding.sentence} <a href={codingHref}>All samples</a>
          </p>
        </>
      )}
      {toConfirm.length > 0 && (
        <>
          <h3>Say first what kind these are</h3>
          <p className="soft small">
            The largest and least certain ones that no person has confirmed.{" "}
            <a href={confirmHref}>Confirm one after the other</a>
          </p>
          <ol>
            {toConfirm.map(({ name, href, sentence }) => (
              <li key={href}>
                <a href={href}>{name}</a> <span className="soft">– {sentence}</span>
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  );
}
