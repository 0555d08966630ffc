/** Sails makes models of what stands in these files, which import nothing. */
export const MODEL_FILE = /(^|\/)api\/models\/\w+\.(js|ts|mjs|cjs)$/
