import { Message } from "../features/message/Message";
import type { MessageProps } from "../model/message";

/** Draw one message of a list, whichever list that is. */
export const renderMessage = (props: MessageProps) => <Message {...props} />;
