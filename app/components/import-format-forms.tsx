import {
  delimiterChoices,
  delimiterText,
  encodingChoices,
  encodingText,
} from "#app/imports/describe-import.ts";
import type { FormatChoices, UnsureEncoding } from "#app/imports/format-view.ts";

/** Another way to read the file; what stays as it stands is found by the program. */
export function ReadAnotherWay({ choices }: { choices: FormatChoices }) {
  const encodings = [...new Set([...encodingChoices, choices.encoding])].filter((name) => name !== "");
  return (
    <form method="post" className="stacked-form">
      <label>
        <span>Encoding</span>
        <select name="encoding" defaultValue={choices.encoding}>
          {choices.encoding === "" && <option value="">found by the program</option>}
          {encodings.map((encoding) => (
            <option key={encoding} value={encoding}>
              {encodingText(encoding)}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>Columns are separated by</span>
        <select name="delimiter" defaultValue={choices.delimiter}>
          <option value="">found by the program</option>
          {delimiterChoices.map((delimiter) => (
            <option key={delimiter} value={delimiter}>
              {delimiterText(delimiter)}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>Line of the header (empty: found by the program)</span>
        <input name="headerLine" type="number" min={1} max={9999} defaultValue={choices.headerLine} />
      </label>
      <label>
        <span>Kind of export</span>
        <select name="preset" defaultValue={choices.preset}>
          <option value="">recognised by its header</option>
          {choices.presets.map(({ name, title }) => (
            <option key={name} value={name}>
              {title}
            </option>
          ))}
        </select>
      </label>
      <button type="submit">Read it this way</button>
    </form>
  );
}

/** Bytes that may be several encodings: the one whose letters are right is the right one. */
export function ChooseEncoding({ unsure }: { unsure: UnsureEncoding }) {
  return (
    <form method="post" className="import-choices">
      <fieldset>
        <legend>In which of these lines is every letter right?</legend>
        {unsure.candidates.map(({ encoding, sample }) => (
          <label key={encoding}>
            <input type="radio" name="encoding" value={encoding} required />
            <span>
              {sample} <span className="small soft">{encodingText(encoding)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <button type="submit">Read it this way</button>
    </form>
  );
}
