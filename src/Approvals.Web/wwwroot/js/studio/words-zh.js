// Studio's own labels → ours.
export const words = new Map([]);
export const patterns = [];
