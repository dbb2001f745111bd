/** First: what is asked for before the rest of the page is even read, so that it comes meanwhile. */
import { entrance } from "../features/entrance/parts";
import { servers } from "./servers";

// Whoever is not known stands at the door.
if (!servers.home.isRemembered) entrance.want();
