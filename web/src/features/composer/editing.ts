/** Editing: changes what stands in a text field so that the browser can undo it. */
import type { Change } from "./formatting";

export function apply(field: HTMLTextAreaElement, { from, to, insert, start, end }: Change): void {
  field.focus();
  field.setSelectionRange(from, to);
  // Deprecated, and the only way whose changes Ctrl+Z takes back: https://w3c.github.io/editing/docs/execCommand/.
  const isDone =
    insert === "" ? document.execCommand("delete") : document.execCommand("insertText", false, insert);
  if (!isDone) {
    field.setRangeText(insert, from, to, "end");
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
  field.setSelectionRange(start, end);
}

/** Put something where the caret is, and the caret behind it. */
export function insertAtCaret(field: HTMLTextAreaElement, insert: string): void {
  const { selectionStart: from, selectionEnd: to } = field;
  apply(field, { from, to, insert, start: from + insert.length, end: from + insert.length });
}

/** Put the caret behind everything. */
export function focusEnd(field: HTMLTextAreaElement): void {
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
}
