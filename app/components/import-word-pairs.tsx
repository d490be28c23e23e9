import { countText } from "#app/format.ts";
import { type ControlValues, control, notChosen, saysNothing } from "#app/imports/mapping-controls.ts";
import type { RuleView, WordChoice, WordView } from "#app/imports/mapping-view.ts";

export interface WordPairsProps {
  rule: Extract<RuleView, { as: "words" }>;
  values: ControlValues;
}

/** Their words beside ours. Words that nothing names yet stand first. */
export function WordPairs({ rule, values }: WordPairsProps) {
  const { index, pairs, unnamed, choices } = rule;
  const otherwise = control.rule(index, "otherwise");
  return (
    <>
      <table className="import-words">
        <caption className="visually-hidden">Their words and ours</caption>
        <thead>
          <tr>
            <th scope="col">Their word</th>
            <th scope="col" className="number">
              Rows
            </th>
            <th scope="col">Our word</th>
          </tr>
        </thead>
        <tbody>
          {unnamed.map((word, i) => (
            <WordRow
              key={word.theirs}
              word={word}
              name={control.newWord(index, i)}
              value={notChosen}
              choices={choices}
            >
              <input type="hidden" name={control.theirs(index, i)} value={JSON.stringify(word.theirs)} />
            </WordRow>
          ))}
          {pairs.map((word) => {
            const name = control.word(index, word.pair);
            return (
              <WordRow
                key={word.theirs}
                word={word}
                name={name}
                value={values[name] ?? ""}
                choices={choices}
              />
            );
          })}
        </tbody>
      </table>
      <label>
        <span>Any other word</span>
        <select name={otherwise} defaultValue={values[otherwise]}>
          <option value="reject">rejects its row</option>
          <option value="same">is taken where it is one of ours</option>
          <option value={`=${saysNothing}`}>says nothing</option>
          {(choices ?? []).map(({ value, label }) => (
            <option key={value} value={`=${value}`}>
              means {label}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}

interface WordRowProps {
  word: WordView;
  name: string;
  value: string;
  choices: readonly WordChoice[] | null;
  children?: React.ReactNode;
}

function WordRow({ word, name, value, choices, children }: WordRowProps) {
  const label = `Our word for “${word.theirs}”`;
  return (
    <tr>
      <th scope="row">{word.theirs}</th>
      <td className="number">{word.count === null ? "" : countText(word.count)}</td>
      <td>
        {children}
        {choices === null ? (
          <input name={name} defaultValue={value} aria-label={label} />
        ) : (
          <select name={name} defaultValue={value} aria-label={label}>
            {value === notChosen && <option value={notChosen}>not chosen yet</option>}
            <option value={saysNothing}>says nothing</option>
            {choices.map((choice) => (
              <option key={choice.value} value={choice.value}>
                {choice.label}
              </option>
            ))}
          </select>
        )}
      </td>
    </tr>
  );
}
