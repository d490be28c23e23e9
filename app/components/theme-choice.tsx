import type { Theme } from "#app/server/theme.ts";

export interface ThemeChoiceProps {
  /** What holds now. */
  theme: Theme;
  /** The page to come back to. */
  back: string;
}

const choices: readonly [theme: Theme, label: string][] = [
  ["system", "As the system"],
  ["light", "Light"],
  ["dark", "Dark"],
];

/** Light or dark: a plain form, and the server keeps the answer in a cookie, so that no page ever flashes. */
export function ThemeChoice({ theme, back }: ThemeChoiceProps) {
  return (
    <form method="post" action="/preferences/theme" className="theme-choice">
      <input type="hidden" name="back" value={back} />
      <div role="group" aria-label="Colours">
        {choices.map(([choice, label]) => (
          <button key={choice} type="submit" name="theme" value={choice} aria-pressed={choice === theme}>
            {label}
          </button>
        ))}
      </div>
    </form>
  );
}
