import { TextArea } from "../../ui/TextArea";

interface Props {
  label: string;
  value: string;
  onChange: (text: string) => void;
}

/** Several lines to fill in. Ctrl+Enter sends, for Enter begins a line here. */
export function WordsField({ label, value, onChange }: Props) {
  return (
    <TextArea
      label={label}
      dir="auto"
      rows={4}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey))
          event.currentTarget.form?.requestSubmit();
      }}
    />
  );
}
