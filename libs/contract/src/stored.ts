/** Answer of a PUT under a client-made id: `first` when this call laid it down (201), false on a repeat (200). */
export type Stored<Value> = { first: boolean; value: Value };
