import { describe, expect, onTestFinished, test, vi } from "vitest";
import { evaluateAs, guardRejections, requestEngine, runAsRequest } from "./requests.ts";
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
      const { AsyncResource } = await import("node:async_hooks");
      late = AsyncResource.bind(() => requestEngine.syscall("op", "{}"));
      expect(late()).toBe("answered");
    });
    expect(late).toThrow("outside of a running action");
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

describe("the guard of dropped promises", () => {
  /** What the guard does with a rejection, without letting the test runner see one. */
  function guardWith(report: (message: string) => void) {
    const before = new Set(process.listeners("unhandledRejection"));
    onTestFinished(guardRejections(report));
    const guard = process.listeners("unhandledRejection").find((listener) => !before.has(listener));
    if (!guard) throw new Error("No guard was installed");
    return guard;
  }

  test("a rejection of a request becomes its log line", async () => {
    const guard = guardWith(vi.fn<() => void>());
    const host = actionHost();
    await runAsRequest(host, async () => guard(new Error("dropped"), Promise.resolve()));
    expect(host.logged).toEqual(["ERROR Unhandled promise rejection: dropped"]);
  });

  test("the engine's own rejection still ends the process", () => {
    const guard = guardWith(vi.fn<() => void>());
    expect(() => guard(new Error("a fault"), Promise.resolve())).toThrow("a fault");
  });

  test("a realm's rejection outside of requests is reported", async () => {
    const report = vi.fn<(message: string) => void>();
    const guard = guardWith(report);
    const { runInNewContext } = await import("node:vm");
    guard(new Error("dropped"), runInNewContext("Promise.resolve()"));
    expect(report).toHaveBeenCalledWith("Unhandled promise rejection: dropped");
  });

  test("is gone when it is taken away", () => {
    const before = process.listenerCount("unhandledRejection");
    guardRejections(() => {})();
    expect(process.listenerCount("unhandledRejection")).toBe(before);
  });
});
