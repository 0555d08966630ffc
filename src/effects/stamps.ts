/** Fields that say when somebody last came by. */
export const STAMP = /^(last|seen|visited|accessed|active|used|online)_?(\w*?)(at|on|time|date|seen|login|active|activity|visit|used|access)$|^(updatedAt|updated_at)$/i
/** Fields that say until when a row is good. */
export const EXPIRY = /^(expir(es|y|ed|ation)?(_?(at|on|date|time))?|valid_?until|ttl)$/i
