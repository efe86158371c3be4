import { AsyncResource } from "node:async_hooks";
import { runInNewContext } from "node:vm";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { callOffAtEnd, evaluateAs, guardProcess, requestEngine, runAsRequest } from "./requests.ts";
import { actionHost } from "./test-hosts.ts";

describe("a request", () => {
  test("is found by everything that its code starts", async () => {
    const host = actionHost({ asyncSyscall: async (operation) => `${operation} answered` });
    const answer = runAsRequest(host, async () => {
      await Promise.resolve();
      return requestEngine.asyncSyscall("op", "{}");
    });
    expect(await answer).toBe("op answered");
  });

  test("is not found outside", async () => {
    await expect(requestEngine.asyncSyscall("op", "{}")).rejects.toThrow("outside of a running action");
    expect(() => requestEngine.syscall("op", "{}")).toThrow("outside of a running action");
    await expect(requestEngine.jsSyscall("op", {})).rejects.toThrow("outside of a running action");
    expect(requestEngine.environment("GREETING")).toBeUndefined();
  });

  test("refuses what is asked after its end", async () => {
    let late: (() => string) | undefined;
    const host = actionHost({ syscall: () => "answered" });
    await runAsRequest(host, async () => {
      late = AsyncResource.bind(() => requestEngine.syscall("op", "{}"));
      expect(late()).toBe("answered");
    });
    expect(late).toThrow("outside of a running action");
  });

  test("calls off at its end what is still to come, and at once what its code starts later", async () => {
    const calledOff: string[] = [];
    let late = (): void => {};
    await runAsRequest(actionHost(), async () => {
      callOffAtEnd(() => calledOff.push("left"));
      late = AsyncResource.bind(() => callOffAtEnd(() => calledOff.push("late")));
      expect(calledOff).toEqual([]);
    });
    expect(calledOff).toEqual(["left"]);
    late();
    expect(calledOff).toEqual(["left", "late"]);
  });

  test("ends when its code throws, too", async () => {
    const failed = runAsRequest(actionHost(), async () => {
      throw new Error("broke");
    });
    await expect(failed).rejects.toThrow("broke");
  });

  test("lends modules its environment and log while they evaluate", () => {
    const host = actionHost();
    const seen = evaluateAs(host, () => {
      requestEngine.log("WARN", ["old key", 3]);
      return requestEngine.environment("GREETING");
    });
    expect(seen).toBe("good morning");
    expect(host.logged).toEqual(["WARN 'old key' 3"]);
  });
});

describe("the guard of the process", () => {
  /** What the guard does with a rejection and with an exception, without letting the test runner see one. */
  function guardWith(report: (message: string) => void) {
    const events = ["unhandledRejection", "uncaughtException"] as const;
    const before = new Set<unknown>(events.flatMap((event) => process.rawListeners(event)));
    onTestFinished(guardProcess(report));
    const [onRejection, onException] = events.map((event) =>
      process.rawListeners(event).find((listener) => !before.has(listener)),
    );
    if (!onRejection || !onException) throw new Error("No guard was installed");
    return {
      reject: (reason: unknown, promise: unknown = Promise.resolve()) => onRejection(reason, promise),
      raise: (error: unknown) => onException(error, "uncaughtException"),
    };
  }

  test("what fails behind a request becomes its log line", async () => {
    const { reject, raise } = guardWith(vi.fn<() => void>());
    const host = actionHost();
    await runAsRequest(host, async () => {
      reject(new Error("dropped"));
      raise(new Error("late"));
    });
    expect(host.logged).toEqual(["ERROR Unhandled promise rejection: dropped", "ERROR Uncaught exception: late"]);
  });

  test("what is the engine's own still ends the process", () => {
    const { reject, raise } = guardWith(vi.fn<() => void>());
    expect(() => reject(new Error("a fault"))).toThrow("a fault");
    expect(() => raise(new Error("another"))).toThrow("another");
  });

  test("what a realm made outside of requests is reported", () => {
    const report = vi.fn<(message: string) => void>();
    const { reject, raise } = guardWith(report);
    reject(new Error("dropped"), runInNewContext("Promise.resolve()"));
    raise(runInNewContext("new RangeError('thrown')"));
    expect(report.mock.calls).toEqual([["Unhandled promise rejection: dropped"], ["Uncaught exception: thrown"]]);
  });

  test("is gone when it is taken away", () => {
    const count = () => process.listenerCount("unhandledRejection") + process.listenerCount("uncaughtException");
    const before = count();
    const stop = guardProcess(() => {});
    expect(count()).toBe(before + 2);
    stop();
    expect(count()).toBe(before);
  });
});
