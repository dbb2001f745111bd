import { type EmojiPickerListComponents, EmojiPicker as Picker } from "frimousse";
import { type AriaAttributes, useLayoutEffect, useRef } from "react";
import { hideByEscape, Overlay } from "../../ui/Overlay";
import { useLateWords } from "../../words/words";
import styles from "./EmojiPicker.module.css";

/** Where the emoji and what they are called lie: `scripts/emoji.ts` puts them there, and says so. */
declare const EMOJI_AT: string;

interface Props {
  beside: () => DOMRect | undefined;
  onPick: (emoji: string) => void;
  onClose: () => void;
}

const MARGIN = 12;

const COMPONENTS: Partial<EmojiPickerListComponents> = {
  CategoryHeader({ category, ...rest }) {
    return (
      <div className={styles.category} {...rest}>
        {category.label}
      </div>
    );
  },
  Row(props) {
    return <div {...counted(props, "aria-rowindex")} />;
  },
  Emoji({ emoji, ...rest }) {
    return (
      <button
        type="button"
        className={styles.emoji}
        data-active={emoji.isActive}
        {...counted(rest, "aria-colindex")}
      >
        {emoji.emoji}
      </button>
    );
  },
};

/** Rows and columns are counted from 1, and frimousse begins at 0: https://www.w3.org/TR/wai-aria-1.2/#aria-rowindex. */
function counted<Props extends AriaAttributes>(
  props: Props,
  index: "aria-rowindex" | "aria-colindex",
): Props {
  return { ...props, [index]: Number(props[index]) + 1 };
}

/** All emoji, to choose one of them. */
export default function EmojiPicker({ beside, onPick, onClose }: Props) {
  const words = useLateWords().deeds;
  const popover = useRef<HTMLDivElement>(null);
  const where = useRef(beside);

  useLayoutEffect(() => {
    const shown = popover.current;
    if (shown === null) return;
    shown.showPopover();
    const at = where.current();
    if (at) place(shown, at);
    shown.querySelector("input")?.focus();
  }, []);

  return (
    <Overlay>
      <div
        ref={popover}
        popover="auto"
        role="dialog"
        aria-label={words.emoji}
        className={styles.popover}
        onToggle={(event) => event.newState === "closed" && onClose()}
        onKeyDown={hideByEscape}
      >
        <Picker.Root
          className={styles.picker}
          columns={8}
          emojibaseUrl={EMOJI_AT}
          locale={document.documentElement.lang === "de" ? "de" : "en"}
          onEmojiSelect={({ emoji }) => {
            onPick(emoji);
            popover.current?.hidePopover();
          }}
        >
          <Picker.Search
            className={styles.search}
            aria-label={words.searchEmoji}
            placeholder={words.searchEmoji}
          />
          <Picker.Viewport className={styles.viewport}>
            <Picker.Loading className={styles.note}>{words.loadingEmoji}</Picker.Loading>
            <Picker.Empty className={styles.note}>{words.noEmoji}</Picker.Empty>
            <Picker.List className={styles.list} components={COMPONENTS} />
          </Picker.Viewport>
        </Picker.Root>
      </div>
    </Overlay>
  );
}

/** Put it above or below, wherever there is more room, and inside of the window. */
function place(popover: HTMLElement, at: DOMRect): void {
  const { offsetWidth: width, offsetHeight: height } = popover;
  const fitsBelow = at.bottom + height + MARGIN <= innerHeight;
  const top = fitsBelow ? at.bottom + 4 : at.top - height - 4;
  popover.style.left = `${Math.max(MARGIN, Math.min(at.right - width, innerWidth - width - MARGIN))}px`;
  popover.style.top = `${Math.max(MARGIN, Math.min(top, innerHeight - height - MARGIN))}px`;
}
