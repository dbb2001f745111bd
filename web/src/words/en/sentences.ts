/** What the server says, it says in English. */
import type { Translate } from "../sentences";

export const translate: Translate = () => undefined;
