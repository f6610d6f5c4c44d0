/** Work in hand and calls under way may end; what hangs, or a caller who never ends, must not keep the process. */
const longestGoodbyeMilliseconds = 10_000;

/**
 * Ends once: when it is told to, or when the command that started this process is gone, and with it whoever looks after the database.
 * `leavesInterrupts`: an interrupt from the keyboard reaches that command as well; then the command ends this process in its own order.
 */
export function endOnSignal(end: () => Promise<void>, { leavesInterrupts = false } = {}): void {
  let ending = false;
  const begin = () => {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(1), longestGoodbyeMilliseconds).unref();
    void end().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', begin);
  process.on('SIGINT', () => {
    if (!leavesInterrupts || !process.connected) begin();
  });
  process.once('disconnect', begin);
}
