/** How the jobs process is started: it works on one thing at a time, so a heap of this size is never full. */
export const jobsFlags: readonly string[] = ['--enable-source-maps', '--max-old-space-size=96', '--max-semi-space-size=2'];
