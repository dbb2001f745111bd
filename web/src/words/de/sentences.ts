/** German: what the server says. */
import { type Translate, translator } from "../sentences";
import catalogue from "./sentences.json";

export const translate: Translate = translator(catalogue);
