/** tus: how a file gets to the server, with interruptions (https://tus.io/protocols/resumable-upload, version 1.0.0). */
import { DisconnectedError, type RefusedError } from "./refusals";
import { readRefusal } from "./session";

const UPLOADS = "/api/v1/uploads";
const VERSION = { "tus-resumable": "1.0.0" };

/** Where an upload goes on, and who asks: nobody says so where a cookie does. */
export interface Sending {
  readonly file: Blob;
  readonly name: string;
  /** `Bearer …`, or empty. */
  readonly authorization: string;
  readonly signal: AbortSignal;
  /** Called with how many bytes are there. */
  readonly onProgress: (sent: number) => void;
}

/** Begin an upload; return its address. Rejects with `RefusedError` or `DisconnectedError`. */
export async function beginUpload(sending: Sending): Promise<string> {
  const response = await call(UPLOADS, sending, {
    method: "POST",
    headers: {
      "upload-length": String(sending.file.size),
      "upload-metadata": `filename ${encodeBase64(sending.name)}`,
    },
  });
  return response.headers.get("location") ?? "";
}

/** Send whatever is missing; return the file's id. Rejects as `beginUpload` does, and can be called again. */
export async function continueUpload(address: string, sending: Sending): Promise<string> {
  const known = await call(address, sending, { method: "HEAD" });
  const offset = Number(known.headers.get("upload-offset")) || 0;
  sending.onProgress(offset);
  if (offset < sending.file.size || sending.file.size === 0) await patch(address, sending, offset);
  return address.slice(address.lastIndexOf("/") + 1);
}

/** Give an upload up; it does not matter whether that is heard, for what rests goes by itself. */
export function cancelUpload(address: string, authorization: string): void {
  fetch(address, { method: "DELETE", headers: { ...VERSION, ...authorized(authorization) } }).catch(
    () => undefined,
  );
}

/** `fetch` cannot tell how much of a body was sent; `XMLHttpRequest` can. */
function patch(address: string, sending: Sending, offset: number): Promise<void> {
  const request = new XMLHttpRequest();
  const fields = {
    ...VERSION,
    ...authorized(sending.authorization),
    "upload-offset": String(offset),
    "content-type": "application/offset+octet-stream",
  };
  return new Promise((resolve, reject) => {
    request.open("PATCH", address);
    for (const [name, value] of Object.entries(fields)) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => sending.onProgress(offset + event.loaded);
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve();
      else reject(refusalOf(request));
    };
    request.onerror = () => reject(new DisconnectedError());
    request.onabort = () => reject(new DisconnectedError());
    sending.signal.addEventListener("abort", () => request.abort(), { once: true });
    request.send(sending.file.slice(offset));
  });
}

async function call(address: string, sending: Sending, init: RequestInit): Promise<Response> {
  const response = await fetch(address, {
    ...init,
    cache: "no-store",
    signal: sending.signal,
    headers: { ...VERSION, ...authorized(sending.authorization), ...init.headers },
  }).catch(() => undefined);
  if (response === undefined) throw new DisconnectedError();
  if (!response.ok)
    throw readRefusal(response.status, await response.text(), response.headers.get("retry-after"));
  return response;
}

function refusalOf(request: XMLHttpRequest): RefusedError {
  return readRefusal(request.status, request.responseText, request.getResponseHeader("retry-after"));
}

function authorized(authorization: string): Record<string, string> {
  return authorization ? { authorization } : {};
}

/** In base 64, as UTF-8. */
export function encodeBase64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
