/**
 * How the API's process is started. A small heap is collected more often: without a limit V8 lets it grow with the machine,
 * past 450 MiB where 250 are promised, and serves no faster for it.
 */
export const nodeFlags: readonly string[] = ['--enable-source-maps', '--max-old-space-size=160', '--max-semi-space-size=4'];
