/** Copying: the clipboard, also where the browser offers none because the page came without encryption. */

import { tell, tellError } from "./toasts";

/** Copy a text and tell by `done` that it was, or why it was not. */
export async function copyAndTell(text: string, done: string): Promise<void> {
  try {
    await copyText(text);
    tell(done);
  } catch (error) {
    tellError(error);
  }
}

/** Put a text on the clipboard; rejects where that is not allowed. */
export async function copyText(text: string): Promise<void> {
  if (navigator.clipboard !== undefined) return await navigator.clipboard.writeText(text);
  // COMPAT: goes when no page comes by plain HTTP any more.
  const put = (event: ClipboardEvent) => {
    event.preventDefault();
    event.clipboardData?.setData("text/plain", text);
  };
  document.addEventListener("copy", put);
  try {
    if (!document.execCommand("copy"))
      throw new DOMException("The browser let nothing be copied.", "NotAllowedError");
  } finally {
    document.removeEventListener("copy", put);
  }
}
