/**
 * Sessions: being logged in with this browser, at the page's own server, by a cookie that no script can read.
 * Everything here rejects with `RefusedError` or `DisconnectedError`.
 */
import { dropAhead } from "../wire/ahead";
import { DisconnectedError, type RefusedError, refused, type Told } from "./refusals";

const API = "/api/v1";

/** What the page's own server tells everybody of itself (docs/http.md). */
export interface ServerFacts {
  readonly id: string;
  readonly software: string;
  readonly access: "anyone" | "registered" | "invited";
  /** Whether a name is enough. */
  readonly guests: boolean;
  /** Whether accounts are opened without an invitation. */
  readonly registration: boolean;
  /** Whether it takes passwords on a connection like this page's. */
  readonly passwords: boolean;
}

/** A code that logs another device in, once (docs/decisions/devices.md). */
export interface DeviceCode {
  readonly code: string;
  readonly expires_ms: number;
}

/** Log the browser in. */
export async function openSession(name: string, password: string): Promise<void> {
  dropAhead();
  await call("POST", "/session", { name, password });
}

/** Log the browser in by a code that another device shows. */
export async function openSessionByCode(code: string): Promise<void> {
  dropAhead();
  await call("POST", "/session/device", { code });
}

/** Log it out; harmless where it is not logged in. */
export async function endSession(): Promise<void> {
  dropAhead();
  await call("DELETE", "/session");
}

/** Return which of one's tokens is this browser's own; `authorization` as for all that is asked over HTTP. */
export async function findOwnToken(authorization: string): Promise<string> {
  const session = (await call("GET", "/session", undefined, authorization)) as { token?: string };
  return session.token ?? "";
}

/** Have a code made that logs another device in. */
export async function offerDevice(authorization: string): Promise<DeviceCode> {
  return (await call("POST", "/devices", undefined, authorization)) as DeviceCode;
}

/** Return what the server allows, for the door to say so. */
export async function findFacts(): Promise<ServerFacts> {
  return (await call("GET", "/server")) as ServerFacts;
}

async function call(method: string, path: string, body?: object, authorization = ""): Promise<unknown> {
  const headers = {
    ...(body && { "content-type": "application/json" }),
    ...(authorization && { authorization }),
  };
  const init: RequestInit = {
    method,
    headers,
    cache: "no-store",
    ...(body && { body: JSON.stringify(body) }),
  };
  const response = await fetch(API + path, init).catch(() => undefined);
  if (response === undefined) throw new DisconnectedError();
  if (!response.ok) throw await refusalIn(response);
  return response.status === 204 ? undefined : await response.json();
}

async function refusalIn(response: Response): Promise<RefusedError> {
  return readRefusal(response.status, await response.text(), response.headers.get("retry-after"));
}

/** Read why something was refused over HTTP: a document as RFC 9457 has it, if it comes from a server of ours. */
export function readRefusal(status: number, body: string, retryAfter: string | null): RefusedError {
  const { code = "try_again", detail = `The server answered with status ${status}.` } = parseProblem(body);
  const seconds = Number(retryAfter) || 0;
  return refused({ code, sentence: detail, retry_seconds: seconds } as Told);
}

function parseProblem(body: string): { code?: RefusedError["code"]; detail?: string } {
  try {
    return (JSON.parse(body) ?? {}) as { code?: RefusedError["code"]; detail?: string };
  } catch {
    // A proxy's page, perhaps: the status tells enough.
    return {};
  }
}
