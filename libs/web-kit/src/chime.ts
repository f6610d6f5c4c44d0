/** Two short soft tones: done. Silent where the browser plays nothing without a touch first. */
export function chime(): void {
  try {
    const audio = new AudioContext();
    for (const [index, pitch] of [660, 880].entries()) {
      const start = audio.currentTime + index * 0.14;
      const tone = audio.createOscillator();
      const volume = audio.createGain();
      tone.frequency.value = pitch;
      volume.gain.setValueAtTime(0.12, start);
      volume.gain.exponentialRampToValueAtTime(0.001, start + 0.25);
      tone.connect(volume).connect(audio.destination);
      tone.start(start);
      tone.stop(start + 0.25);
    }
    setTimeout(() => void audio.close(), 800);
  } catch {
    // No sound on this phone: the tick and the sentence say it.
  }
}
