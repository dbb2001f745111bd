"""What is put into each page to measure it from within: clocks, and a count of frames."""

from typing import Final

PROBES: Final = """
window.bench = (() => {
  let frames = [];
  let isCounting = false;
  const log = () => document.querySelector("[role=log]");
  const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  /* A task of its own begins after the frame has been painted. */
  const nextTask = () => new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = resolve;
    port2.postMessage(0);
  });
  const afterPaint = async () => {
    await nextFrame();
    await nextTask();
    return performance.now();
  };
  /* Asked after a frame was painted, so that nothing is laid out for the answer. */
  function isSeen(text) {
    const shown = log()?.getBoundingClientRect();
    return [...(log()?.querySelectorAll("[role=article], article") ?? [])].some((one) => {
      const { top, bottom } = one.getBoundingClientRect();
      return one.textContent.includes(text) && top >= shown.top && bottom <= shown.bottom;
    });
  }
  function count(time) {
    if (!isCounting) return;
    frames.push(time);
    requestAnimationFrame(count);
  }
  return {
    startFrames() {
      frames = [];
      isCounting = true;
      requestAnimationFrame(count);
    },
    stopFrames() {
      isCounting = false;
      const gaps = frames.slice(1).map((time, n) => time - frames[n]);
      const seconds = (frames.at(-1) - frames[0]) / 1000;
      return {
        rate: gaps.length / seconds,
        dropped: gaps.reduce((sum, gap) => sum + Math.max(0, Math.round(gap / (1000 / 60)) - 1), 0),
        longest: Math.max(...gaps),
      };
    },
    /* The next key: after how many frames, and after how many milliseconds, is a text to be seen in the log? */
    watchKey(text) {
      window.answer = new Promise((resolve) => {
        addEventListener("keydown", async (event) => {
          let number = 0;
          do {
            await nextFrame();
            number += 1;
          } while (text !== "" && !log().textContent.includes(text));
          await nextTask();
          resolve({ frames: number, ms: performance.now() - event.timeStamp });
        }, { capture: true, once: true });
      });
    },
    /* Click on a link: how long until what it leads to has been painted where one sees it? */
    async follow(path, text) {
      const link = document.querySelector(`a[href="${path}"]`);
      const began = performance.now();
      if (link === null) throw new Error(`there is no link to ${path}`);
      link.click();
      let now = began;
      while (!isSeen(text)) {
        if (now - began > 60_000) throw new Error(`nothing of ${text} within a minute`);
        now = await afterPaint();
      }
      return now - began;
    },
    /* The next click, or key beside Alt: how long until what it leads to has been painted where one sees it? */
    watchGoing(kind, text) {
      window.answer = new Promise((resolve) => {
        const heard = new AbortController();
        addEventListener(kind, async (event) => {
          if (event.key === "Alt") return;
          heard.abort();
          let now = await afterPaint();
          while (!isSeen(text) && now - event.timeStamp < 60_000) now = await afterPaint();
          resolve(isSeen(text) ? now - event.timeStamp : null);
        }, { capture: true, signal: heard.signal });
      });
    },
    async paint() {
      const began = performance.now();
      document.body?.append("click");
      return (await afterPaint()) - began;
    },
    /* What scrolls: the log, something in it, or something around it. */
    scroller() {
      const around = [];
      for (let one = log().parentElement; one; one = one.parentElement) around.push(one);
      const scrolls = (one) => one.scrollHeight > one.clientHeight + 1 && getComputedStyle(one).overflowY !== "visible";
      return [log(), ...log().querySelectorAll("*"), ...around].find(scrolls);
    },
    /* The lowest of the numbers that stand behind the name of the room in what is shown. */
    oldest(room) {
      const found = log().textContent.matchAll(new RegExp(`${room} ([0-9]+)`, "g"));
      return Math.min(...[...found].map(([, number]) => +number));
    },
    afterPaint,
    /* Wait for as long as it takes, but for a minute at most. */
    async until(isSo) {
      const began = performance.now();
      while (!isSo()) {
        if (performance.now() - began > 60_000) throw new Error("nothing of it within a minute: " + isSo);
        await nextFrame();
      }
    },
    untilShown(text) {
      return this.until(() => log().textContent.includes(text));
    },
    async untilOlder(room, before) {
      await this.until(() => this.oldest(room) < before);
      return this.oldest(room);
    },
    /* Wait until the browser keeps something of a room, for the next visit. */
    async untilKept() {
      const opened = (request) => new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      const database = await opened(indexedDB.open("hubbub"));
      let kept = 0;
      while (kept === 0) {
        await nextFrame();
        kept = await opened(database.transaction("rooms").objectStore("rooms").count());
      }
      database.close();
    },
  };
})();
"""

COMES_IN: Final = """
(() => {
  const isShown = (element) => element !== null && element.checkVisibility() && !element.disabled;
  let hasEntered = false;
  const look = () => {
    if (isShown(document.querySelector("#composer"))) {
      requestAnimationFrame(() => { window.usableAt = performance.now(); console.info("usable"); });
      return;
    }
    const labels = [...document.querySelectorAll("label")];
    const field = labels.find((label) => label.textContent.startsWith("Your name"))?.control;
    if (!hasEntered && field && isShown(field)) {
      hasEntered = true;
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(field, NAME);
      field.dispatchEvent(new Event("input", { bubbles: true }));
      /* Enter comes after the last letter, in a task of its own. */
      setTimeout(() => field.form.requestSubmit());
    }
    requestAnimationFrame(look);
  };
  look();
})();
"""
"""Enter a name as soon as there is a field for it, and note when one can write; tell it by the console."""

IS_PAINTED: Final = """
addEventListener("DOMContentLoaded", async () => {
  await bench.paint();
  window.usableAt = performance.now();
  console.info("usable");
});
"""
"""Note when the page is painted, and tell it in the same way."""
