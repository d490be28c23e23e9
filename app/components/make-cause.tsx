export interface MakeCauseProps {
  /** What the machine calls the group. */
  label: string;
  sentence: string;
  digest: string;
}

/** A person's word that a group of emerging cases is a cause; or the advice to wait. */
export function MakeCause({ label, sentence, digest }: MakeCauseProps) {
  return (
    <section className="section no-print">
      <h2>Is this a cause?</h2>
      <form method="post" className="stacked-form">
        <p>{sentence}</p>
        <input type="hidden" name="digest" value={digest} />
        <label>
          <span>Name of the new cause (empty: the machine's label)</span>
          <input name="name" maxLength={200} placeholder={label} />
        </label>
        <label>
          <span>Reason (kept with the decision)</span>
          <input name="reason" maxLength={500} />
        </label>
        <button type="submit">Make it a cause</button>
      </form>
      <p className="small soft">
        Or leave it: the next run looks at these cases again, and may find the cause by itself.
      </p>
    </section>
  );
}
