/** Sessions: being logged in with this browser, at the page's own server, by a cookie that no script can read. */
import { DisconnectedError, RefusedError } from "./questions";

const SESSION = "/api/v1/session";

/** Log the browser in. Rejects with `RefusedError` or `DisconnectedError`. */
export async function openSession(name: string, password: string): Promise<void> {
  const body = JSON.stringify({ name, password });
  await call({ method: "POST", body, headers: { "content-type": "application/json" } });
}

/** Log it out; harmless where it is not logged in. Rejects as `openSession` does. */
export async function endSession(): Promise<void> {
  await call({ method: "DELETE" });
}

async function call(init: RequestInit): Promise<void> {
  const response = await fetch(SESSION, { ...init, cache: "no-store" }).catch(() => undefined);
  if (response === undefined) throw new DisconnectedError();
  if (!response.ok) throw await refusalIn(response);
}

async function refusalIn(response: Response): Promise<RefusedError> {
  return readRefusal(response.status, await response.text(), response.headers.get("retry-after"));
}

/** Read why something was refused over HTTP: a document as RFC 9457 has it, if it comes from a server of ours. */
export function readRefusal(status: number, body: string, retryAfter: string | null): RefusedError {
  const { code = "try_again", detail = `The server answered with status ${status}.` } = parseProblem(body);
  const seconds = Number(retryAfter) || 0;
  return new RefusedError({ code, sentence: detail, retry_seconds: seconds } as ConstructorParameters<
    typeof RefusedError
  >[0]);
}

function parseProblem(body: string): { code?: RefusedError["code"]; detail?: string } {
  try {
    return (JSON.parse(body) ?? {}) as { code?: RefusedError["code"]; detail?: string };
  } catch {
    // A proxy's page, perhaps: the status tells enough.
    return {};
  }
}
