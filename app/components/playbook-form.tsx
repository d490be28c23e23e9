import { sentenceCase, words } from "#app/format.ts";
import type { PlaybookFields } from "#app/server/playbook-form.ts";

export interface PlaybookFormProps {
  fields: PlaybookFields;
  /** The teams that have most of the cause's cases. */
  teams: readonly string[];
  offerable: readonly string[];
  isFirst: boolean;
}

/** Writes a version; what is left empty is no rule. */
export function PlaybookForm({ fields, teams, offerable, isFirst }: PlaybookFormProps) {
  return (
    <section className="section no-print">
      <h2>{isFirst ? "Write the first version" : "Write a new version"}</h2>
      <p>
        {isFirst
          ? "What you leave empty is no rule."
          : "It takes the place of the one before from its day on; nothing that was written is changed. What you leave empty is no rule."}
      </p>
      <form method="post" className="stacked-form">
        <label>
          <span>In force from (cases resolved on that day or later)</span>
          <input name="from" type="date" required defaultValue={fields.from} />
        </label>
        <Helpers fields={fields} teams={teams} />
        <label>
          <span>Highest level that it may be escalated to (0: not at all)</span>
          <input name="level" type="number" min={0} max={100} defaultValue={fields.level} />
        </label>
        <Offers fields={fields} offerable={offerable} />
        <label>
          <span>The most that may be paid</span>
          <input name="amount" inputMode="decimal" maxLength={20} defaultValue={fields.amount} />
        </label>
        <label>
          <span>Its currency, such as GBP</span>
          <input name="currency" maxLength={3} size={3} defaultValue={fields.currency} autoComplete="off" />
        </label>
        <label>
          <span>Notes: what else to know, and what not to do</span>
          <textarea name="notes" rows={4} maxLength={4000} defaultValue={fields.notes} />
        </label>
        <label>
          <span>{isFirst ? "Why it is written (may stay empty)" : "Why it changes"}</span>
          <input name="reason" required={!isFirst} maxLength={500} defaultValue={fields.reason} />
        </label>
        <button type="submit">Add the version</button>
      </form>
    </section>
  );
}

function Helpers({ fields, teams }: Pick<PlaybookFormProps, "fields" | "teams">) {
  return (
    <>
      {teams.length > 0 && (
        <fieldset>
          <legend>Teams that help with it</legend>
          {teams.map((team) => (
            <label key={team}>
              <input type="checkbox" name="team" value={team} defaultChecked={fields.teams.includes(team)} />
              {team}
            </label>
          ))}
        </fieldset>
      )}
      <label>
        <span>
          {teams.length === 0 ? "Teams that help with it" : "Other teams"}, one a line, spelled as in the
          cases
        </span>
        <textarea name="other_teams" rows={2} maxLength={4000} defaultValue={fields.otherTeams} />
      </label>
    </>
  );
}

function Offers({ fields, offerable }: Pick<PlaybookFormProps, "fields" | "offerable">) {
  return (
    <fieldset>
      <legend>What may be offered</legend>
      <label>
        <input type="radio" name="offers_rule" value="" defaultChecked={!fields.offersRule} />
        No rule
      </label>
      <label>
        <input type="radio" name="offers_rule" value="only" defaultChecked={fields.offersRule} />
        Only what is ticked here
      </label>
      {offerable.map((remedy) => (
        <label key={remedy}>
          <input
            type="checkbox"
            name="offer"
            value={remedy}
            defaultChecked={fields.offers.includes(remedy)}
          />
          {sentenceCase(words(remedy))}
        </label>
      ))}
    </fieldset>
  );
}
