/** One's accounts, side by side. */
export const servers = {
  // Several accounts
  rail: "Accounts",
  onServer: (name: string, host: string) => (name ? `${name} on ${host}` : host),
  unread: (count: number) => (count === 1 ? "1 unread" : `${count} unread`),
  addAccount: "Add an account or a server",
};
