import type { FixPreview as Preview } from "#app/server/fix-preview.ts";
import { FixFigure } from "./fix-figure.tsx";

/** What a check could tell, while it is chosen. */
export function FixPreview({ figure, sentences }: Preview) {
  return (
    <section className="section" id="preview">
      <h2>What this check could tell, and when</h2>
      {sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {figure !== null && <FixFigure {...figure} />}
    </section>
  );
}
