export { beginServing } from './begin';
export { clockStart } from './clock-start';
export { endOnSignal } from './end-on-signal';
export { endExplained, explain, type Explanation } from './explain';
export { complaintOf, heldKeys, refuseOtherKeys } from './keys-match';
export { apiFlags, jobsFlags } from './node-flags';
