import { Notice } from "./notice.tsx";

export interface MappingQuestionsProps {
  questions: readonly { sentence: string; href: string }[];
  warnings: readonly string[];
}

/** What must be settled before a load, each with a link to the place of its answer; and what is good to know. */
export function MappingQuestions({ questions, warnings }: MappingQuestionsProps) {
  return (
    <section>
      {questions.length === 0 ? (
        <p className="lead">
          Nothing is open: look it over, then have every row checked. Nothing is stored by that.
        </p>
      ) : (
        <>
          <p className="lead">
            {questions.length === 1 ? "One thing" : `${questions.length} things`} must be settled before it
            can be loaded:
          </p>
          <ol className="import-questions">
            {questions.map(({ sentence, href }) => (
              <li key={sentence}>
                <a href={href}>{sentence}</a>
              </li>
            ))}
          </ol>
        </>
      )}
      {warnings.map((warning) => (
        <Notice key={warning} kind="info">
          {warning}
        </Notice>
      ))}
    </section>
  );
}
