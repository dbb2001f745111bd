import { describe, expect, it } from "vitest";
import { Pacing } from "./pacing";

/** A display that shows a frame when it is told to. */
class Display {
  nowMs = 1_000;
  readonly #asked: ((nowMs: number) => void)[] = [];
  readonly pacing = new Pacing((tell) => this.#asked.push(tell));

  show(afterMs: number): void {
    this.nowMs += afterMs;
    for (const tell of this.#asked.splice(0)) tell(this.nowMs);
  }

  get isAsked(): boolean {
    return this.#asked.length > 0;
  }
}

/** Return a display, a listener, and how often that was told. */
function watched() {
  const display = new Display();
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

  it("is told before every other frame while changes go on", () => {
    const { display, pacing, listener, told } = watched();
    for (let frame = 0; frame < 5; frame += 1) {
      pacing.tellNext(listener);
      display.show(16);
    }
    expect(told).toEqual([1_016, 1_048, 1_080]);
    expect(display.isAsked).toBe(false);
  });

  it("is told before each frame of a slow display, and before the next one again after a rest", () => {
    const { display, pacing, listener, told } = watched();
    for (let frame = 0; frame < 3; frame += 1) {
      pacing.tellNext(listener);
      display.show(33);
    }
    display.nowMs += 100;
    pacing.tellNext(listener);
    display.show(3);
    expect(told).toEqual([1_033, 1_066, 1_099, 1_202]);
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
    expect(told).toBe(2);
  });
});
