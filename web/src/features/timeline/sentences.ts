/** What happened, as one sentence; empty for what stands in no list of its own, such as an edit. Pure. */

import { isolate } from "../../lib/bidi";
import { formats } from "../../lib/dates";
import type { EventOf, HubEvent, HubRecord } from "../../wire/kinds";
import type { LateWords } from "../../words/words";
import { settingsIn } from "./settings";

type Events = LateWords["events"];

/** Tell what happened. */
export function sentenceOf({ event }: HubRecord, words: Events): string {
  const sentence = told(event, words);
  return sentence === "" ? "" : withTerms(sentence, event, words);
}

function withTerms(sentence: string, event: HubEvent, words: Events): string {
  const until = "term" in event ? (event.term?.until_ms ?? 0) : 0;
  const limited = until > 0 ? words.until(sentence, formats().full.format(until)) : sentence;
  const reason = "reason" in event ? (event.reason ?? "") : "";
  return reason ? words.because(limited, isolate(reason)) : limited;
}

function told(event: HubEvent, words: Events): string {
  const name = isolate(event.name);
  switch (event.type) {
    case "said":
    case "announced":
    case "removed":
    case "erased":
    // They show at the message that they are about.
    case "edited":
    case "deleted":
    case "reacted":
    case "unreacted":
      return "";
    case "joined":
      return toldOfJoining(event, words);
    case "left":
      return toldOfLeaving(event, words);
    case "renamed":
    case "account_renamed":
      return words.renamed(name, isolate(event.new_name));
    case "topic_set":
      return event.text ? words.topicSet(name, isolate(event.text)) : words.topicTaken(name);
    case "pinned":
      return words.pinned(name);
    case "unpinned":
      return words.unpinned(name);
    case "imported":
      return words.imported(name, event.messages ?? event.records);
    case "confided":
      return words.confided(name, words.confidants[event.to], isolate(event.text));
    case "settings_changed":
      return words.settingsChanged(name, settingsIn(event.change, words));
    case "room_renamed":
      return words.roomRenamed(name, isolate(event.old_name), isolate(event.new_name));
    default:
      return toldOfModeration(event, name, words);
  }
}

function toldOfJoining(event: EventOf<"joined">, words: Events): string {
  const name = isolate(event.name);
  if (event.by) return words.takenIn(name, isolate(event.by));
  return event.founding ? words.founded(name) : words.joined(name);
}

function toldOfLeaving(event: EventOf<"left">, words: Events): string {
  const name = isolate(event.name);
  if (event.by) return words.ejected(isolate(event.by), name);
  if (event.resigning) return words.resigned(name);
  return event.quitting ? words.quit(name) : words.left(name);
}

type Mild =
  | "said"
  | "announced"
  | "removed"
  | "erased"
  | "edited"
  | "deleted"
  | "reacted"
  | "unreacted"
  | "joined"
  | "left"
  | "renamed"
  | "account_renamed"
  | "topic_set"
  | "pinned"
  | "unpinned"
  | "imported"
  | "settings_changed"
  | "confided"
  | "room_renamed";
type Stern = Exclude<HubEvent, { type: Mild }>;

function toldOfModeration(event: Stern, name: string, words: Events): string {
  switch (event.type) {
    case "kicked":
      return words.kicked(name, isolate(event.person_name));
    case "banned":
      return (event.is_silencing ? words.silenced : words.banned)(name, isolate(event.target.shown));
    case "unbanned":
      return (event.is_silencing ? words.unsilenced : words.unbanned)(name, isolate(event.target.shown));
    case "excepted":
      return (event.list === "invitations" ? words.letIn : words.excepted)(name, isolate(event.target.shown));
    case "unexcepted":
      return (event.list === "invitations" ? words.unletIn : words.unexcepted)(
        name,
        isolate(event.target.shown),
      );
    case "muted":
      return words.muted(name, isolate(event.person_name));
    case "unmuted":
      return words.unmuted(name, isolate(event.person_name));
    case "role_set":
      return words.roleSet(name, isolate(event.person_name), words.roles[event.role]);
    case "invited":
      return words.invited(name, isolate(event.person_name));
    case "uninvited":
      return words.uninvited(name, isolate(event.person_name));
    default:
      return toldOfOneself(event, name, words);
  }
}

type Moderating =
  | "kicked"
  | "banned"
  | "unbanned"
  | "excepted"
  | "unexcepted"
  | "muted"
  | "unmuted"
  | "role_set"
  | "invited"
  | "uninvited";

function toldOfOneself(event: Exclude<Stern, { type: Moderating }>, name: string, words: Events): string {
  switch (event.type) {
    case "blocked":
      return words.blocked(name, isolate(event.person_name));
    case "unblocked":
      return words.unblocked(name);
    case "went_away":
      return words.wentAway(name, isolate(event.message));
    case "came_back":
      return words.cameBack(name);
    case "disconnected":
      return words.disconnected(name);
    case "described":
      return words.described(name, isolate(event.text));
    case "bot_marked":
      return event.is_bot ? words.isBot(name) : words.isNoBot(name);
    case "senders_limited":
      return words.sendersLimited(name);
    case "accepted":
      return words.accepted(name, isolate(event.person_name));
    case "unaccepted":
      return words.unaccepted(name);
    case "trait_set":
      return words.traitSet(name, isolate(event.key));
    case "privacy_set":
      return words.privacySet(name);
    case "alerts_set":
      return words.alertsSet(name);
    default:
      return toldOfServer(event, name, words);
  }
}

type Own =
  | Moderating
  | "blocked"
  | "unblocked"
  | "went_away"
  | "came_back"
  | "disconnected"
  | "described"
  | "bot_marked"
  | "senders_limited"
  | "accepted"
  | "unaccepted"
  | "trait_set"
  | "privacy_set"
  | "alerts_set";

function toldOfServer(event: Exclude<Stern, { type: Own }>, name: string, words: Events): string {
  switch (event.type) {
    case "retention_set":
      return words.retentionSet(name);
    case "audited":
      return words.audited(name, isolate(event.act), isolate(event.target));
    case "account_opened":
      return words.accountOpened(name);
    case "account_closed":
      return words.accountClosed(name);
    case "account_disabled":
      return words.accountDisabled(name);
    case "account_enabled":
      return words.accountEnabled(name);
    case "server_role_set":
      return words.serverRoleSet(name, words.serverRoles[event.role]);
    case "ejected":
      return words.ejected(name, isolate(event.shown));
    case "server_banned":
      return words.serverBanned(name, isolate(event.target.shown));
    case "server_unbanned":
      return words.serverUnbanned(name, isolate(event.target.shown));
    default:
      // A newer server may know of more; it says nothing here.
      event satisfies never;
      return "";
  }
}
