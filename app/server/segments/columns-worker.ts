import { parentPort } from "node:worker_threads";
import { standBack } from "#analytics/thread-priority.ts";
import { CaseIdsFile } from "#app/pages/case-ids-file.ts";
import { sentFacts } from "#app/pages/sent-facts.ts";
import type { FromColumnsThread, ToColumnsThread } from "./columns-thread.ts";
import { MonthColumns } from "./month-columns.ts";

/** The other end of `ColumnsThread`. What it throws ends it, and is told there. */
if (parentPort === null) throw new Error("columns-worker.ts runs only as a worker of ColumnsThread.");
const port = parentPort;
standBack("pages");
const columns = new MonthColumns();

port.on("message", (message: ToColumnsThread) => {
  if (message.kind === "segment") columns.addSegment(message.segment);
  else if (message.kind === "find") answer({ found: columns.found() });
  else if (message.kind === "made") columns.addMade(message.month, message.columns);
  else if (message.kind === "assemble") {
    const { file, names, causes } = message;
    answer({ facts: sentFacts(columns.assemble({ names, causes, caseIds: new CaseIdsFile(file) })) });
  } else port.close();
});

function answer(message: FromColumnsThread): void {
  port.postMessage(message);
}
