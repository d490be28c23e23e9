import { dateText, words } from "#app/format.ts";
import { most } from "#app/retrospectives/content.ts";
import { type RetrospectivePart, retrospectiveParts } from "#app/retrospectives/parts.ts";
import type { RetrospectiveContent } from "#db/queries/retrospectives.ts";
import type { SecondFix } from "#db/queries/second-fixes.ts";
import { Notice } from "./notice.tsx";

export interface RetrospectiveFormProps {
  written: RetrospectiveContent;
  /** Second fixes that can be ticked, those that are ticked among them. */
  fixes: readonly Pick<SecondFix, "fix_id" | "title" | "kind" | "implemented_on">[];
  /** Factors of all retrospectives. */
  knownFactors: readonly string[];
  /** Of what the person has seen; `null`: it is new. */
  revision: number | null;
  cancelHref: string;
  /** Where it is sent; unless given, to the page that it stands on. */
  action?: string;
}

const emptyFactors = 3;
const emptyActions = 2;
const leastWhys = 5;

/** What a person writes, part by part, with what each asks for. Lists grow: what is saved gets further empty lines below. */
export function RetrospectiveForm(props: RetrospectiveFormProps) {
  const { written, knownFactors, revision, cancelHref, action } = props;
  return (
    <form method="post" action={action} className="retrospective-form">
      {revision !== null && <input type="hidden" name="revision" value={revision} />}
      <Notice kind="info" title="Without blame">
        Write what made each step reasonable at the time, and not who took it. Say “the agent” or “the first
        team” in place of a name: a retrospective in which people are named is the last one in which they tell
        what happened.
      </Notice>
      <label>
        <strong>Title</strong>
        <input name="title" required maxLength={most.title} defaultValue={written.title} />
      </label>
      {retrospectiveParts.map((part) => (
        <FormPart key={part.heading} part={part} {...props} />
      ))}
      <datalist id="known-factors">
        {knownFactors.map((factor) => (
          <option key={factor} value={factor} />
        ))}
      </datalist>
      <p className="button-row">
        <button type="submit" name="then" value="read">
          {revision === null ? "Save the draft" : "Save"}
        </button>
        <button type="submit" name="then" value="edit" className="quiet">
          Save and go on writing
        </button>
        <a href={cancelHref}>Leave without saving</a>
      </p>
      <p className="small soft">
        Texts may have Markdown in them: **bold**, lists, links, ### headings. It stays a draft until somebody
        reviews it.
      </p>
    </form>
  );
}

function FormPart({ part, written, fixes }: RetrospectiveFormProps & { part: RetrospectivePart }) {
  switch (part.kind) {
    case "text":
      return (
        <label>
          <strong>{part.heading}</strong>
          <span className="small soft">{part.asks}</span>
          <textarea name={part.key} rows={5} defaultValue={written.texts[part.key] ?? ""} />
        </label>
      );
    case "factors":
      return (
        <ItemFields
          part={part}
          name="factor"
          items={written.factors}
          empty={emptyFactors}
          list="known-factors"
        />
      );
    case "whys":
      return (
        <ItemFields
          part={part}
          name="why"
          items={written.whys}
          empty={Math.max(1, leastWhys - written.whys.length)}
        />
      );
    case "actions":
      return (
        <fieldset>
          <legend>
            <strong>{part.heading}</strong>
          </legend>
          <p className="small soft">{part.asks}</p>
          {fixes.map((fix) => (
            <label key={fix.fix_id} className="retrospective-fix">
              <input
                type="checkbox"
                name="fix"
                value={fix.fix_id}
                defaultChecked={written.fixIds.includes(fix.fix_id)}
              />
              <span>
                {fix.title} – {words(fix.kind)}
                {fix.implemented_on !== null && `, in place since ${dateText(fix.implemented_on)}`}
              </span>
            </label>
          ))}
          <ItemInputs
            label="Action that is no second fix yet"
            name="action"
            items={written.actions}
            empty={emptyActions}
          />
        </fieldset>
      );
    case "timeline":
      return null;
  }
}

interface ItemFieldsProps {
  part: RetrospectivePart;
  name: string;
  items: readonly string[];
  empty: number;
  list?: string;
}

function ItemFields({ part, ...inputs }: ItemFieldsProps) {
  return (
    <fieldset>
      <legend>
        <strong>{part.heading}</strong>
      </legend>
      <p className="small soft">{part.asks}</p>
      <ItemInputs label={part.kind === "whys" ? "Why" : "Factor"} {...inputs} />
    </fieldset>
  );
}

function ItemInputs({ label, name, items, empty, list }: Omit<ItemFieldsProps, "part"> & { label: string }) {
  const lines = [...items, ...Array.from({ length: empty }, () => "")];
  return lines.map((item, index) => (
    <input
      // Lines have no name but their place.
      key={`${index} ${item}`}
      name={name}
      aria-label={`${label} ${index + 1}`}
      placeholder={`${label} ${index + 1}`}
      maxLength={most.item}
      defaultValue={item}
      {...(list !== undefined && { list })}
    />
  ));
}
