export interface DrawSampleProps {
  sizes: { least: number; most: number; usual: number };
  isFirst: boolean;
}

/** Draws a sample of cases to be coded. */
export function DrawSample({ sizes, isFirst }: DrawSampleProps) {
  return (
    <section className="section no-print">
      <h2>{isFirst ? "Draw the first sample" : "Draw another sample"}</h2>
      <form method="post" className="stacked-form">
        <label>
          <span>
            Cases, {sizes.least} to {sizes.most}
          </span>
          <input
            name="size"
            type="number"
            required
            min={sizes.least}
            max={sizes.most}
            defaultValue={sizes.usual}
          />
        </label>
        <button type="submit">Draw them</button>
      </form>
      <p className="small soft">
        From all cases that have something to read, each as likely as any other. What is published of them is
        kept as it is at the draw, so that a later change does not change what the sample says.
      </p>
    </section>
  );
}
