import { type MessagePort, receiveMessageOnPort, workerData } from "node:worker_threads";
import { standBack } from "../thread-priority.ts";
import type { Jobs } from "./jobs.ts";
import { openJob } from "./team.ts";
import { noteFinished, takePieces, waitForCall } from "./team-control.ts";
import type { Call, TeamWorkerData } from "./team-of-threads.ts";

/** Another thread of a team: sleeps until it is called, and helps. What it throws is told to the one who called. */
standBack("background");
const { control, worker, port }: TeamWorkerData & { port: MessagePort } = workerData;
for (let seen = 0; ; ) {
  seen = waitForCall(control, seen);
  const message: Call | undefined = receiveMessageOnPort(port)?.message;
  if (message === undefined) continue;
  if (message === "end") break;
  try {
    // The name and the data were together where they came from.
    takePieces(control, message.count, openJob(message.name as keyof Jobs, message.data as never, worker));
  } catch (error) {
    port.postMessage(error);
  }
  noteFinished(control);
}
port.close();
