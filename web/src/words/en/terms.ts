export const terms = {
  tenMinutes: "10 minutes",
  hour: "1 hour",
  day: "1 day",
  week: "1 week",
  month: "30 days",
  forEver: "until it is lifted",
};
