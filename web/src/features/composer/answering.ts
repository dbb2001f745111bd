/** What is told of an answer to a command. Pure. */
import { formats } from "../../lib/dates";
import type { Answer, AnswerOf, Outcome, Request } from "../../wire/kinds";
import type { LateWords } from "../../words/words";

/** Return what is told of an answer; nothing where what was done shows by itself. */
export function sentenceOf(answer: Answer, request: Request, words: LateWords): string {
  const { commands } = words;
  switch (answer.type) {
    case "told":
      return formats().list.format(
        answer.outcomes.map((one) => commands.outcomeOf(one.name, outcomeWords(one, words))),
      );
    case "topic_found":
      return answer.topic ? commands.topicIs(answer.room, answer.topic.text) : commands.noTopic(answer.room);
    case "person_found":
      return describe(answer, words);
    case "blocks_changed":
      return blocksSentence(answer, request, words);
    case "gathered":
      return commands.gathered(
        formats().list.format(
          answer.outcomes.map((one) => commands.outcomeOf(one.name, outcomeWords(one, words))),
        ),
      );
    case "called":
      return commands.called(answer.name);
    case "done":
      return request.type === "invite" ? commands.invited(request.name) : words.composer.done;
    default:
      return words.composer.done;
  }
}

/** What became of a message for one of its recipients. */
export function outcomeWords(outcome: Outcome, { commands }: LateWords): string {
  switch (outcome.status) {
    case "delivered":
      return outcome.away == null ? commands.delivered : commands.deliveredAway(outcome.away);
    case "waiting":
      return commands.waiting;
    case "refused":
      return outcome.is_knocking ? commands.knocking : commands.refused;
    case "unknown":
      return commands.unknown;
  }
}

function blocksSentence(
  answer: AnswerOf<"blocks_changed">,
  request: Request,
  { commands }: LateWords,
): string {
  const names = formats().list.format(answer.names);
  const done = request.type === "unblock" ? commands.unblocked(names) : commands.blocked(names);
  const parts = [
    answer.names.length > 0 && done,
    answer.unknown.length > 0 && commands.notFound(formats().list.format(answer.unknown)),
  ].filter((part) => part !== false);
  return parts.join(" ") || commands.nothingChanged;
}

function describe(person: AnswerOf<"person_found">, { commands }: LateWords): string {
  const seen = person.last_seen_ms === null ? "" : formats().moment.format(person.last_seen_ms);
  const away = person.away === null ? undefined : commands.isAway(person.name, person.away);
  const here = person.is_present
    ? (away ?? commands.isHere(person.name))
    : commands.isGone(person.name, seen);
  const kind = person.has_account ? commands.hasAccount : commands.isGuest;
  return [here, person.is_bot ? commands.isBot : kind, person.about ?? ""].filter(Boolean).join(" ");
}
