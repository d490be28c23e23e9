import type { Step } from "#app/imports/import-steps.ts";

export interface ImportStepsProps {
  /** The import's own page; the steps lie below it. */
  href: string;
  current: Step;
}

const steps: readonly (readonly [Step, string])[] = [
  ["format", "Format"],
  ["mapping", "Mapping"],
  ["check", "Check and load"],
];

/** Where a file stands on its way to cases. The steps behind are links; those ahead are reached by their buttons. */
export function ImportSteps({ href, current }: ImportStepsProps) {
  const reached = steps.findIndex(([step]) => step === current);
  return (
    <nav className="import-steps small" aria-label="Steps of this import">
      <ol>
        {steps.map(([step, label], i) => (
          <li key={step}>
            {i < reached ? (
              <a href={`${href}/${step}`}>{label}</a>
            ) : (
              <span aria-current={i === reached ? "step" : undefined}>{label}</span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
