/** First: what is asked for before the rest of the page is even read, so that it comes meanwhile. */
import { entrance } from "../features/entrance/parts";
import { servers } from "./servers";

// Whoever is not known stands at the door, if he did not come in by the early one.
const hasEntered = document.querySelector("form[data-entered]") !== null;
if (!servers.home.isRemembered && !hasEntered) entrance.want();
