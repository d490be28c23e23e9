import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { limitChange } from "#db/engine/statement-limit.ts";
import { Watchdog } from "#db/engine/watchdog.ts";

describe("what a query says about the time limit", () => {
  test.each([
    ["set statement_timeout = 0", 0, false],
    ["SET SESSION statement_timeout TO '30s';", 30_000, false],
    ["set statement_timeout='2min'", 120_000, false],
    ["set local statement_timeout = 250", 250, true],
    ["set statement_timeout = 100us", 1, false],
    ["set statement_timeout = '90d'", 2 ** 31 - 1, false],
    ["set statement_timeout to default", null, false],
    ["reset statement_timeout", null, false],
    ["  reset all", null, false],
    ["discard all", null, false],
    ["set statement_timeout = '60s'; set lock_timeout = '5s'", 60_000, false],
  ])("%j sets it", (query, milliseconds, local) => {
    expect(limitChange(query)).toEqual({ kind: "set", milliseconds, local });
  });

  test.each(["commit", "ROLLBACK;", "end transaction", "abort work"])(
    "%j ends what was set for the transaction",
    (query) => {
      expect(limitChange(query)).toEqual({ kind: "transactionEnds" });
    },
  );

  test.each([
    "select 1",
    "show statement_timeout",
    "set lock_timeout = 5",
    "rollback to savepoint s",
    "set statement_timeout = 'soon'",
    "select 'set statement_timeout = 0'",
  ])("%j says nothing about it", (query) => {
    expect(limitChange(query)).toBeUndefined();
  });
});

describe("the clock", () => {
  const bitten: number[] = [];
  let watchdog: Watchdog;
  beforeEach(() => {
    vi.useFakeTimers();
    bitten.length = 0;
    watchdog = new Watchdog(1000, (limit) => bitten.push(limit));
  });
  afterEach(() => vi.useRealTimers());

  test("stands still until the engine is there, and while nothing is at work", () => {
    watchdog.handedOver();
    vi.advanceTimersByTime(5000);
    watchdog.ready();
    vi.advanceTimersByTime(999);
    watchdog.done();
    vi.advanceTimersByTime(5000);
    expect(bitten).toEqual([]);
  });

  test("begins anew for each piece of work, also for one that waited behind another", () => {
    watchdog.ready();
    watchdog.handedOver();
    watchdog.handedOver();
    vi.advanceTimersByTime(900);
    watchdog.done();
    vi.advanceTimersByTime(900);
    expect(bitten).toEqual([]);
    vi.advanceTimersByTime(200);
    expect(bitten).toEqual([1000]);
  });

  test("does not bite what is done by the time that our own thread has a moment", () => {
    watchdog.ready();
    watchdog.handedOver();
    vi.advanceTimersToNextTimer(); // the clock has run out; the thread was busy, and the word of the end comes now
    watchdog.done();
    vi.advanceTimersByTime(5000);
    expect(bitten).toEqual([]);
  });

  test("follows the session, and inside a transaction what was set for it", () => {
    watchdog.ready();
    watchdog.handedOver({ kind: "set", milliseconds: 300, local: false });
    watchdog.done();
    watchdog.handedOver({ kind: "set", milliseconds: 50, local: true });
    watchdog.done();
    expect(limitOfNext()).toBe(50);
    watchdog.handedOver({ kind: "transactionEnds" });
    watchdog.done();
    expect(limitOfNext()).toBe(300);
    watchdog.handedOver({ kind: "set", milliseconds: null, local: false });
    watchdog.done();
    expect(limitOfNext()).toBe(1000);
  });

  test("does not run for the opening of a session, which forgets what its predecessor set", () => {
    watchdog.ready();
    watchdog.handedOver({ kind: "set", milliseconds: 0, local: false });
    watchdog.done();
    watchdog.sessionHandedOver();
    vi.advanceTimersByTime(5000);
    expect(bitten).toEqual([]);
    watchdog.done();
    expect(limitOfNext()).toBe(1000);
  });

  function limitOfNext(): number | undefined {
    watchdog.handedOver();
    vi.advanceTimersByTime(5000);
    watchdog.done();
    return bitten.at(-1);
  }
});
