/** Text of others within one's own: it must neither turn what stands around it, nor be turned by it. */

/** What is written from right to left, or steers direction (https://www.unicode.org/reports/tr9/). */
const TURNING =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** Marks that are piled up on one letter, beyond what any language does. */
const PILED = /(\p{M}{4})\p{M}+/gu;

/** Return a name or another short text so that it can stand within a sentence. */
export function isolate(text: string): string {
  const plain = text.replace(PILED, "$1");
  return TURNING.test(plain) ? `\u2068${plain}\u2069` : plain;
}
