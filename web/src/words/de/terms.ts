import type { terms as english } from "../en/terms";

export const terms: typeof english = {
  tenMinutes: "10 Minuten",
  hour: "1 Stunde",
  day: "1 Tag",
  week: "1 Woche",
  month: "30 Tage",
  forEver: "bis es aufgehoben wird",
};
