import { beforeEach, describe, expect, it, vi } from "vitest";
import { Part, retryMissing } from "./parts";
import { dismiss, type Toast, toasts } from "./toasts";

/** A part that can be loaded once `server.isThere`; how often that was tried is counted. */
function brittle() {
  const server = { isThere: false, tries: 0 };
  const part = new Part(async () => {
    server.tries += 1;
    if (!server.isThere) throw new TypeError("Failed to fetch dynamically imported module");
    return "loaded";
  });
  return { part, server };
}

describe("a part of the page", () => {
  beforeEach(() => {
    for (const { id } of toasts.current()) dismiss(id);
  });

  it("is loaded once, and tells whoever draws it", async () => {
    const { part, server } = brittle();
    server.isThere = true;
    const listener = vi.fn();
    part.subscribe(listener);
    expect(part.current()).toBeUndefined();
    await Promise.all([part.load(), part.load()]);
    part.want();
    expect(part.current()).toBe("loaded");
    expect(server.tries).toBe(1);
    expect(listener).toHaveBeenCalledOnce();
  });

  it("that nobody waits for fails in silence, and is tried again when it is wanted", async () => {
    const { part, server } = brittle();
    await expect(part.load()).rejects.toThrow();
    expect(toasts.current()).toEqual([]);
    server.isThere = true;
    expect(await part.load()).toBe("loaded");
  });

  it("that somebody waits for is missed once in words, and comes by trying again", async () => {
    const [one, other] = [brittle(), brittle()];
    const act = vi.fn();
    one.part.want();
    other.part.when(act);
    await vi.waitFor(() => expect(toasts.current()).toMatchObject([{ kind: "error" }]));
    one.server.isThere = true;
    other.server.isThere = true;
    toasts.current()[0]?.action?.onChoose();
    await vi.waitFor(() => expect(act).toHaveBeenCalledWith("loaded"));
    expect(one.part.current()).toBe("loaded");
    expect(toasts.current()).toEqual([]);
    retryMissing();
    expect([one.server.tries, other.server.tries]).toEqual([2, 2]);
  });

  it("that does not come by trying again is missed in words once more, and the page stays without a server", async () => {
    const { part, server } = brittle();
    part.want();
    await vi.waitFor(() => expect(toasts.current()).toHaveLength(1));
    const [{ id, action }] = toasts.current() as [Toast];
    dismiss(id);
    action?.onChoose();
    await vi.waitFor(() => expect(toasts.current()).toMatchObject([{ kind: "error" }]));
    expect(server.tries).toBe(2);
    server.isThere = true;
    toasts.current()[0]?.action?.onChoose();
    await vi.waitFor(() => expect(part.current()).toBe("loaded"));
    expect(toasts.current()).toEqual([]);
  });
});
