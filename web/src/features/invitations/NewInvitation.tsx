import { type FormEvent, useState } from "react";
import { useAct } from "../../lib/useAct";
import type { Server } from "../../model/server";
import { Button } from "../../ui/Button";
import { Field } from "../../ui/Field";
import { Late } from "../../ui/Late";
import { Once } from "../../ui/Once";
import { Problem } from "../../ui/Problem";
import { qrCode } from "../../ui/parts";
import { Select } from "../../ui/Select";
import { Spinner } from "../../ui/Spinner";
import { useLateWords } from "../../words/words";
import styles from "./NewInvitation.module.css";

const DAY_MS = 86_400_000;

interface Props {
  server: Server;
  onMade: () => void;
}

/** Makes a link: for how many people, until when, and what for. */
export function NewInvitation({ server, onMade }: Props) {
  const { invitations: words, general } = useLateWords();
  const [uses, setUses] = useState("1");
  const [days, setDays] = useState<keyof typeof words.forDays>("7");
  const [label, setLabel] = useState("");
  const [link, setLink] = useState("");
  const { act, isBusy, problem } = useAct();

  async function make(event: FormEvent) {
    event.preventDefault();
    const lasting = days === "" ? null : Number(days) * DAY_MS;
    const asked = { uses: Number(uses), lasting_ms: lasting, label: label.trim() };
    await act(async () => {
      const made = await server.connection.query({ type: "make_invitation", ...asked }, "invitation_made");
      setLink(made.link || `${originOf(server)}/invite/${made.code}`);
      setLabel("");
      onMade();
    });
  }

  if (link)
    return (
      <Once label={words.made} lead={words.madeLead} value={link} onDone={() => setLink("")}>
        <Late
          part={qrCode}
          props={{ text: link, label: words.qr }}
          fallback={<Spinner label={general.loading} />}
        />
      </Once>
    );
  return (
    <form className={styles.form} onSubmit={(event) => void make(event)}>
      <Field
        label={words.uses}
        type="number"
        min={1}
        max={1000}
        required
        value={uses}
        onChange={(event) => setUses(event.target.value)}
      />
      <Select label={words.days} value={days} options={words.forDays} onChange={setDays} />
      <Field
        label={words.label}
        maxLength={64}
        dir="auto"
        value={label}
        onChange={(event) => setLabel(event.target.value)}
      />
      <Problem text={problem} />
      <Button look="primary" type="submit" disabled={isBusy}>
        {words.make}
      </Button>
    </form>
  );
}

/** Where a browser finds it, as far as this one knows. */
function originOf(server: Server): string {
  return server.host
    ? `${server.connection.url.startsWith("ws:") ? "http:" : "https:"}//${server.host}`
    : location.origin;
}
