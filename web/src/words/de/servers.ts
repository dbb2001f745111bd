import type { servers as english } from "../en/servers";

export const servers: typeof english = {
  rail: "Konten",
  onServer: (name, host) => (name ? `${name} auf ${host}` : host),
  unread: (count) => `${count} ungelesen`,
  addAccount: "Konto oder Server hinzufügen",
};
