/** Exit codes of sysexits.h for what a caller can do something about; 1 for the rest. */
const exitCodes: Readonly<Record<string, number>> = {
  BadInput: 65,
  EncodingUnsure: 65,
  CannotUndo: 65,
  NoInputFile: 66,
  DatabaseUnavailable: 69,
  SourceUnavailable: 69,
  NewerSchema: 69,
  DataDirectoryBusy: 75,
  StatementTooLong: 75,
  /** It waits for a decision, and goes on when the command is given again with it. */
  ImportPaused: 75,
  ImportStopped: 1,
  ServerEnded: 1,
  CannotDistribute: 78,
  EmbedderError: 78,
  SettingError: 78,
  FilterError: 64,
  RangeError: 64,
  UsageError: 64,
};

export function exitCodeOf(error: unknown): number {
  if (isUsageError(error)) return 64;
  return (error instanceof Error ? exitCodes[error.name] : undefined) ?? 1;
}

/** A known failure is a sentence; one that nobody foresaw keeps its stack, on the terminal and nowhere else. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const known = error.name in exitCodes || isUsageError(error);
  return known ? error.message : (error.stack ?? error.message);
}

/** What node:util's parseArgs throws for an option that it does not know. */
function isUsageError(error: unknown): boolean {
  return error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
}
