import { describe, expect, it } from "vitest";
import { type Display, Pacing, REST_MS, UNSEEN_APART_MS } from "./pacing";

/** A display that shows a frame when it is told to. */
class Screen implements Display {
  nowMs = 1_000;
  isSeen = true;
  readonly #asked: ((nowMs: number) => void)[] = [];
  readonly #soon: (() => void)[] = [];
  readonly #later: (() => void)[] = [];
  readonly pacing = new Pacing(this);

  now(): number {
    return this.nowMs;
  }

  requestFrame(tell: (nowMs: number) => void): void {
    this.#asked.push(tell);
  }

  requestLater(tell: () => void, delayMs: number): void {
    expect([0, UNSEEN_APART_MS]).toContain(delayMs);
    (delayMs === 0 ? this.#soon : this.#later).push(tell);
  }

  wait(): void {
    this.nowMs += UNSEEN_APART_MS;
    for (const tell of this.#later.splice(0)) tell();
  }

  show(afterMs: number): void {
    this.nowMs += afterMs;
    for (const tell of this.#asked.splice(0)) tell(this.nowMs);
  }

  /** Do what is to be done between two frames. */
  between(): void {
    for (const tell of this.#soon.splice(0)) tell();
  }

  get isAsked(): boolean {
    return this.#asked.length > 0;
  }
}

/** Return a display, a listener, and how often that was told. */
function watched() {
  const display = new Screen();
  const told: number[] = [];
  const listener = () => void told.push(display.nowMs);
  return { display, pacing: display.pacing, listener, told };
}

describe("who is paced by frames", () => {
  it("is told before the next one, once", () => {
    const { display, pacing, listener, told } = watched();
    pacing.tellNext(listener);
    pacing.tellNext(listener);
    expect(told).toEqual([]);
    display.show(5);
    expect(told).toEqual([1_005]);
    expect(display.isAsked).toBe(false);
  });

  it("is told after every other frame while changes go on, so that the next one is left to paint", () => {
    const { display, pacing, listener, told } = watched();
    const before: number[] = [];
    for (let frame = 0; frame < 6; frame += 1) {
      pacing.tellNext(listener);
      display.show(16);
      before.push(told.length);
      display.between();
    }
    expect(told).toEqual([1_016, 1_048, 1_080]);
    expect(before).toEqual([1, 1, 1, 2, 2, 3]);
    expect(display.isAsked).toBe(true);
  });

  it("is told after each frame of a slow display, and before the next one again after a rest", () => {
    const { display, pacing, listener, told } = watched();
    for (let frame = 0; frame < 3; frame += 1) {
      pacing.tellNext(listener);
      display.show(33);
      display.between();
    }
    display.nowMs += REST_MS;
    pacing.tellNext(listener);
    display.show(3);
    expect(told).toEqual([1_033, 1_066, 1_099, 1_202]);
  });

  it("is not told again between two frames of what he was told as the page was left", () => {
    const { display, pacing, listener, told } = watched();
    for (let frame = 0; frame < 3; frame += 1) {
      pacing.tellNext(listener);
      display.show(16);
    }
    pacing.flush();
    expect(told).toEqual([1_016, 1_048]);
    display.between();
    expect(told).toEqual([1_016, 1_048]);
    display.show(16);
    pacing.tellNext(listener);
    display.show(16);
    display.between();
    expect(told).toEqual([1_016, 1_048, 1_080]);
  });

  it("is told together with all others, and not when it is forgotten", () => {
    const { display, pacing, listener, told } = watched();
    const other: string[] = [];
    const tellOther = () => void other.push("told");
    pacing.tellNext(listener);
    pacing.tellNext(tellOther);
    pacing.forget(listener);
    display.show(16);
    expect([told, other]).toEqual([[], ["told"]]);
  });

  it("may say while it is told that it wants to be told again", () => {
    const { display, pacing } = watched();
    let told = 0;
    const again = () => {
      told += 1;
      if (told === 1) pacing.tellNext(again);
    };
    pacing.tellNext(again);
    display.show(16);
    expect(told).toBe(1);
    display.show(16);
    display.show(16);
    display.between();
    expect(told).toBe(2);
  });

  it("is told once a second where nobody sees the page, and of the rest when it is come back to", () => {
    const { display, pacing, listener, told } = watched();
    pacing.tellNext(listener);
    display.isSeen = false;
    pacing.flush();
    expect(told).toEqual([1_000]);
    pacing.tellNext(listener);
    pacing.tellNext(listener);
    display.wait();
    expect(told).toEqual([1_000, 2_000]);
    pacing.tellNext(listener);
    display.isSeen = true;
    pacing.flush();
    expect(told).toEqual([1_000, 2_000, 2_000]);
    display.show(16);
    expect(display.isAsked).toBe(false);
    pacing.tellNext(listener);
    display.show(16);
    display.between();
    expect(told.at(-1)).toBe(2_032);
  });
});
