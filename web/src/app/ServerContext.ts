import { createContext, use } from "react";
import type { Server } from "../model/server";

export const ServerContext = createContext<Server | undefined>(undefined);

/** Return the server that is shown. */
export function useServer(): Server {
  const server = use(ServerContext);
  if (server === undefined) throw new Error("there is no server above this component");
  return server;
}
