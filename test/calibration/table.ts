/** What a simulation showed, as docs/calibration.md prints it. */
export interface CalibrationTable {
  title: string;
  /** What was simulated, how often, and what is wanted; in sentences. */
  says: string;
  columns: string[];
  rows: string[][];
}

export interface CalibrationOptions {
  /** Every draw follows from it. */
  seed: number;
  /** 1 in `npm run test:calibration`; the suite runs a hundredth or so, with wider bounds. */
  effort: number;
}
