import { setTimeout as wait } from "node:timers/promises";
import { threadId } from "node:worker_threads";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { PageThreads } from "#app/server/page-threads.ts";
import type { Snapshot } from "#app/tables/view.ts";
import { factsOf } from "#test/support/facts.ts";
import { collectGarbage } from "#test/support/page-thread/collect-garbage.ts";
import type { testPages } from "#test/support/page-thread/test-pages.ts";

type Pages = typeof testPages;
const worker = new URL("../../support/page-thread/worker.ts", import.meta.url);

let threads: PageThreads<Pages>;
beforeEach(() => {
  threads = new PageThreads<Pages>(worker, {
    long: new Set(["long", "longGated"]),
    remembered: new Set(["counted"]),
  });
});
afterEach(() => threads.stop());

function snapshotOf(customers: number): Snapshot {
  const cases = Array.from({ length: customers }, (_, i) => ({ on: "2026-01-01", customerRef: `C${i}` }));
  const workspace = { id: 1, name: "w", timeZone: "UTC", fiscalYearStartMonth: 1, simulated: true };
  const facts = factsOf(cases);
  return { workspace, facts, notes: [], volumeIsArtefact: false, outcomesArePartial: false, exposure: null };
}

const snapshot = snapshotOf(3);
const closedGate = () => new Int32Array(new SharedArrayBuffer(4));
function open(gate: Int32Array): void {
  Atomics.store(gate, 0, 1);
  Atomics.notify(gate, 0);
}

describe("pages are computed on other threads", () => {
  it("over the memory of this one", async () => {
    expect(await threads.compute("thread", snapshot, undefined)).not.toBe(threadId);
    expect(await threads.compute("customers", snapshot, undefined)).toEqual([1, 2, 3]);
    snapshot.facts.customer[2] = 9;
    expect(await threads.compute("customers", snapshot, undefined)).toEqual([1, 2, 9]);
  });

  it("of which each drops a snapshot that this one no longer holds", async () => {
    const other = snapshotOf(1);
    await (async () => threads.compute("remember", snapshotOf(2), undefined))();
    expect(await threads.compute("isHeld", other, undefined)).toBe(true);
    await vi.waitUntil(
      async () => {
        collectGarbage();
        await wait(10);
        return !(await threads.compute("isHeld", other, undefined));
      },
      { timeout: 20_000 },
    );
  });

  it("so that one that is under way holds up no other, and no long one takes the thread of quick ones", async () => {
    const gates = [closedGate(), closedGate()] as const;
    const [first, second] = gates.map((gate) => threads.compute("longGated", snapshot, { gate }));
    const quick = await threads.compute("thread", snapshot, undefined);
    expect(quick).toBe(await threads.compute("thread", snapshot, undefined));
    for (const gate of gates) open(gate);
    expect(await first).toBe(await second);
    expect(await first).not.toBe(quick);
  });

  it("in the order in which they were asked for, where both are busy", async () => {
    const gates = [closedGate(), closedGate()] as const;
    const busy = gates.map((gate) => threads.compute("gated", snapshot, { gate }));
    const ended: number[] = [];
    const queued = [1, 2, 3].map((n) =>
      threads.compute("thread", snapshot, undefined).then(() => ended.push(n)),
    );
    open(gates[0]);
    await Promise.all(queued);
    expect(ended).toEqual([1, 2, 3]);
    open(gates[1]);
    expect(new Set(await Promise.all(busy)).size).toBe(2);
  });
});

describe("a page that many ask for alike", () => {
  const count = (day: number, of = snapshot) => threads.compute("counted", of, { day });

  it("is computed once for the same question about the same snapshot", async () => {
    const first = await count(1);
    expect(await count(1)).toBe(first);
    expect(await count(2)).not.toEqual(first);
    expect(await count(1)).toBe(first);
  });

  it("is computed anew from the next snapshot, though nothing in it has changed", async () => {
    const first = await count(1);
    expect(await count(1, snapshotOf(3))).not.toEqual(first);
  });

  it("is forgotten when enough others were asked for since", async () => {
    const first = await count(0);
    for (let day = 1; day <= 32; day++) await count(day);
    expect(await count(0)).not.toEqual(first);
    const last = await count(32);
    expect(await count(32)).toBe(last);
  });

  it("is no other page's answer, and a failure is none", async () => {
    await expect(threads.compute("fails", snapshot, undefined)).rejects.toThrow("sofa");
    await expect(threads.compute("fails", snapshot, undefined)).rejects.toThrow("sofa");
    const thread = await threads.compute("customers", snapshot, undefined);
    expect(await threads.compute("customers", snapshot, undefined)).not.toBe(thread);
  });
});

describe("a page that is not shown", () => {
  it("is dropped where the reader goes away before its turn", async () => {
    const gate = closedGate();
    const reader = new AbortController();
    const underWay = threads.compute("longGated", snapshot, { gate });
    const waiting = threads.compute("long", snapshot, undefined, reader.signal);
    reader.abort(new Error("gone"));
    await expect(waiting).rejects.toThrow("gone");
    await expect(threads.compute("long", snapshot, undefined, reader.signal)).rejects.toThrow("gone");
    open(gate);
    await underWay;
  });

  it("is a bad request where its filter can't be", async () => {
    const refusal = await threads.compute("refuses", snapshot, undefined).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ status: 400 });
    expect(await (refusal as Response).text()).toBe("There is no such colour.");
  });

  it("throws what it threw, and where", async () => {
    const error = await threads.compute("fails", snapshot, undefined).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TypeError);
    expect(error).toMatchObject({ message: "Expected a sofa." });
    expect((error as Error).stack).toContain("test-pages.ts");
    await expect(threads.compute("notPlain", snapshot, undefined)).rejects.toThrow("could not be cloned");
    const asked = { gate: (() => 0) as unknown as Int32Array };
    await expect(threads.compute("gated", snapshot, asked)).rejects.toThrow("could not be cloned");
  });

  it("can be asked for again where its thread has died", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const before = await threads.compute("thread", snapshot, undefined);
    const failure = await threads.compute("dies", snapshot, undefined).catch((error: unknown) => error);
    expect(failure).toMatchObject({ status: 503 });
    expect(await (failure as Response).text()).toMatch(/^The page could not be computed: /);
    expect(log.mock.calls).toHaveLength(1);
    log.mockRestore();
    expect(await threads.compute("customers", snapshot, undefined)).toHaveLength(3);
    expect(await threads.compute("thread", snapshot, undefined)).not.toBe(before);
  });

  it("is told so once the server ends", async () => {
    const gate = closedGate();
    const underWay = threads.compute("longGated", snapshot, { gate });
    const waiting = threads.compute("long", snapshot, undefined).catch((error: unknown) => error);
    const stopped = threads.stop();
    open(gate);
    await stopped;
    expect(await underWay).not.toBe(threadId);
    expect(await waiting).toMatchObject({ status: 503 });
    const late = threads.compute("thread", snapshot, undefined).catch((error: unknown) => error);
    expect(await late).toMatchObject({ status: 503 });
  });
});
