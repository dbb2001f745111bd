/** Leaving: what it takes to be logged in nowhere, or nobody any more. */
import { DisconnectedError, RefusedError } from "../../model/refusals";
import type { Server } from "../../model/server";
import { findOwnToken } from "../../model/session";

/** Let everything be worth nothing that is logged in as oneself, this browser last. */
export async function logOutEverywhere(server: Server): Promise<void> {
  const { connection } = server;
  const { proof } = server.account;
  const own = proof.kind === "token" ? proof.id : proof.kind === "cookie" ? await findOwnToken("") : "";
  const { tokens } = await connection.query({ type: "list_tokens" }, "token_list");
  for (const { id } of tokens) if (id !== own) await connection.ask({ type: "revoke_token", token: id });
  await forget(server);
}

/** Give up one's account for good. Rejects with `RefusedError` where the password is wrong. */
export async function deleteAccount(server: Server, password: string): Promise<void> {
  try {
    await server.connection.ask({ type: "delete_account", password });
  } catch (error) {
    // Whose account is gone is sent away, perhaps before the answer comes.
    if (!(error instanceof DisconnectedError)) throw error;
  }
  await forget(server);
}

/** Forget here who one was; that the server knows nothing of it any more is as it should be. */
async function forget(server: Server): Promise<void> {
  try {
    await server.logOut();
  } catch (error) {
    if (!(error instanceof RefusedError || error instanceof DisconnectedError)) throw error;
  }
}
