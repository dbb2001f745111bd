export const general = {
  name: "hubbub",
  close: "Close",
  cancel: "Cancel",
  back: "Back",
  retry: "Retry now",
  connecting: "Connecting …",
  loading: "Loading …",
  lost: (seconds: number) =>
    seconds > 0 ? `No connection. Trying again in ${seconds} s` : "No connection. Trying again …",
  skipToComposer: "Skip to writing",
};
