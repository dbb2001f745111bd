/** Help with writing: commands, and what completes words; loaded when somebody begins one or the other. */
import { loadLateWords } from "../../words/words";

type Help = typeof import("./helping");

let loaded: Help | undefined;

/** Return it, if it is there. */
export function help(): Help | undefined {
  return loaded;
}

/** Load it, with the words that it says. */
export async function loadHelp(): Promise<Help> {
  const [helping] = await Promise.all([import("./helping"), loadLateWords()]);
  loaded = helping;
  return helping;
}

/** Whether there is a word before the caret with which help could be needed. */
export function wantsHelp(text: string, caret: number): boolean {
  return caret > 0 && (text.startsWith("/") || /[@#:]/.test(text.slice(0, caret)));
}
