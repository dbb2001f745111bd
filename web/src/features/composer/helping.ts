/** Everything that help.ts loads. */
export { obey } from "./commanding";
export { findToken } from "./completion";
export { suggest } from "./suggesting";
