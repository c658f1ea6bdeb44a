/** What the extension calls its kernels in the picker. */
export const TYPESCRIPT = 'TypeScript (Elara)';
export const JAVASCRIPT = 'JavaScript (Elara)';
