/** Made of emojibase's data by `scripts/emoji.ts`: of each emoji the sign, what it is called, and its shortcodes. */
declare module "virtual:shortcodes" {
  const all: readonly [sign: string, name: string, ...codes: string[]][];
  export default all;
}
