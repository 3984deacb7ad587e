// Places without a network.
export async function search() { return []; }
export async function nearest() { return null; }
