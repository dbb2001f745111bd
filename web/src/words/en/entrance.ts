export const entrance = {
  heading: "Come in",
  lead: "A name is all it takes. Others see it; nobody else can take it while you are here.",
  name: "Your name",
  enter: "Join the chat",
  entering: "Joining …",
  take: (name: string) => `Take ${name} instead`,
};
