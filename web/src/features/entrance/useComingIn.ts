import { useState } from "react";
import { DisconnectedError, RefusedError } from "../../model/refusals";
import { giveBack, take } from "./taken";

/** Which field a refusal is about. */
export type Place = "name" | "password" | "code" | "form";

export interface Problem {
  readonly place: Place;
  readonly sentence: string;
  readonly code: string;
  readonly suggestion: string;
}

const PLACES: Readonly<Record<string, Place>> = {
  bad_name: "name",
  name_taken: "name",
  name_reserved: "name",
  look_alike: "name",
  wrong_password: "password",
  bad_password: "password",
  bad_code: "code",
  needs_invitation: "code",
};

export interface ComingIn {
  readonly isBusy: boolean;
  readonly problem: Problem | undefined;
  /** What is wrong with one field. */
  errorOf(place: Place): string | undefined;
  /** Try it; `code` is the link's, if one is used. */
  attempt(act: () => Promise<void>, code?: string): Promise<void>;
  forget(): void;
}

/** Try to come in, and remember what was wrong with it; `before` is what was wrong when that was tried already. */
export function useComingIn(before?: RefusedError | DisconnectedError): ComingIn {
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState(() => before && problemOf(before));

  async function attempt(act: () => Promise<void>, code = "") {
    setIsBusy(true);
    setProblem(undefined);
    if (code) take(code);
    try {
      await act();
    } catch (error) {
      if (code) giveBack(code);
      setProblem(problemOf(error));
    } finally {
      setIsBusy(false);
    }
  }

  return {
    isBusy,
    problem,
    // Where the sentence is empty, the connection's own status says what is wrong.
    errorOf: (place) => (problem?.place === place && problem.sentence) || undefined,
    attempt,
    forget: () => setProblem(undefined),
  };
}

function problemOf(error: unknown): Problem {
  if (error instanceof RefusedError) {
    const { code, suggestion, message: sentence } = error;
    return { place: PLACES[code] ?? "form", sentence, code, suggestion };
  }
  if (error instanceof DisconnectedError)
    return { place: "form", sentence: error.message, code: "", suggestion: "" };
  throw error;
}
