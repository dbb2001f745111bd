/** Copying: the clipboard, also where the browser offers none because the page came without encryption. */

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
