import type { CauseTrustView } from "#app/server/cause-trust.ts";
import { DescriptionList } from "./description-list.tsx";

/** How far to trust the causes above, and where a person's word is worth most. */
export function CauseTrust({ items, toConfirm }: CauseTrustView) {
  return (
    <section>
      <h2>How far to trust these causes</h2>
      <DescriptionList items={items} />
      {toConfirm.length > 0 && (
        <>
          <h3>Say first what kind these are</h3>
          <p className="soft small">The largest and least certain ones that no person has confirmed.</p>
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
