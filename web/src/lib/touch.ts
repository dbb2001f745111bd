/** Touch: whether a finger is what one points with, and a field that has the focus brings up a keyboard over the page. */
export function isTouched(): boolean {
  return matchMedia("(pointer: coarse)").matches;
}
