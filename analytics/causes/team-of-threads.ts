import { MessageChannel, receiveMessageOnPort, Worker } from "node:worker_threads";
import { alone, openJob, type Team } from "./team.ts";
import { type Control, call, openControl, takePieces, waitForOthers } from "./team-control.ts";

export interface ThreadTeam extends Team {
  /** Ends the other threads. */
  close(): void;
}

/** What another thread is told. */
export type Call = { name: string; data: unknown; count: number } | "end";
export interface TeamWorkerData {
  control: Control;
  worker: number;
}

/**
 * A team of this thread and `workers` - 1 others. `run` blocks this thread, so that it is for a thread that serves
 * nobody else (`clusterInWorker` has one).
 */
export function openTeam(workers: number): ThreadTeam {
  const control = openControl();
  const ports = Array.from({ length: workers - 1 }, (_, index) => {
    const { port1, port2 } = new MessageChannel();
    const workerData = { control, worker: index + 1, port: port2 };
    new Worker(new URL("./team-worker.ts", import.meta.url), { workerData, transferList: [port2] }).unref();
    port1.unref();
    return port1;
  });
  const tell = (message: Call) => {
    for (const port of ports) port.postMessage(message);
    call(control);
  };
  return {
    workers,
    run(name, data, count) {
      if (count < 2 || ports.length === 0) return alone.run(name, data, count);
      control.fill(0, 1);
      tell({ name, data, count });
      takePieces(control, count, openJob(name, data, 0));
      waitForOthers(control, ports.length);
      for (const port of ports) {
        const failure = receiveMessageOnPort(port);
        if (failure !== undefined) throw failure.message;
      }
    },
    close: () => tell("end"),
  };
}
