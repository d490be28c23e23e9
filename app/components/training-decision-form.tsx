const trainingAnswers = [
  ["individual", "Individual: a quiet talk"],
  ["unit", "Unit: a training"],
  ["neither", "Neither"],
] as const;

/** Decides whom the training for a cause is for. */
export function TrainingDecisionForm({ causeId }: { causeId: number }) {
  return (
    <form method="post" className="stacked-form no-print">
      <input type="hidden" name="decide" value="training" />
      <input type="hidden" name="cause" value={causeId} />
      <label>
        <span>Decide</span>
        <select name="answer" required defaultValue="">
          <option value="" disabled>
            choose
          </option>
          {trainingAnswers.map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>Reason (kept with the decision)</span>
        <input name="reason" required maxLength={500} />
      </label>
      <button type="submit">Keep the decision</button>
    </form>
  );
}
