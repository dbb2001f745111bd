/** A sound of our own: two short notes, a fifth apart, made where they are heard. */

const NOTES_HZ = [587.33, 880];
const NOTE_SECONDS = 0.09;
const LOUDNESS = 0.06;

let context: AudioContext | undefined;

/** Sound, if the browser lets the page; before anybody has touched it, it does not. */
export function beep(): void {
  context ??= new AudioContext();
  const { currentTime, destination } = context;
  NOTES_HZ.forEach((frequency, place) => {
    if (context === undefined) return;
    const begin = currentTime + place * NOTE_SECONDS;
    const gain = new GainNode(context, { gain: 0 });
    gain.gain.setValueAtTime(LOUDNESS, begin);
    gain.gain.exponentialRampToValueAtTime(0.001, begin + 2 * NOTE_SECONDS);
    const note = new OscillatorNode(context, { frequency, type: "sine" });
    note.connect(gain).connect(destination);
    note.start(begin);
    note.stop(begin + 2 * NOTE_SECONDS);
  });
}
