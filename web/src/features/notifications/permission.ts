/** What the browser lets the page show; `none` where it cannot show anything: not by TLS, or not at all. */
export function permission(): NotificationPermission | "none" {
  return globalThis.Notification?.permission ?? "none";
}

/** Ask; only after somebody has touched something. */
export async function askPermission(): Promise<NotificationPermission | "none"> {
  return (await globalThis.Notification?.requestPermission()) ?? "none";
}
