/**
 * The shelf: where the browser keeps a few texts for this page (`localStorage`). Where it keeps none, for it is forbidden
 * or full, what was chosen holds until the page is closed, and whoever reads finds nothing.
 */
export const browserShelf = {
  getItem(key: string): string | null {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  },

  setItem(key: string, text: string): void {
    try {
      localStorage.setItem(key, text);
    } catch {
      // As said above: nobody can do anything about it, and nothing that was written is lost by it.
    }
  },
};
