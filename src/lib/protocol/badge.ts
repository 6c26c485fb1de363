// Who lives here: what a badge is on the wire and on disks: never its code, but a hash of it that is
// salted with the hub's id. That keeps badges from being read and from being told apart between two
// hubs; codes are short, so it keeps nobody from guessing: a badge is a user name and no secret.

/** What is hashed (SHA-256): the hub's id and the look-up key of the badge's code (`code:…`). */
export function badgeText(hubId: string, codeKey: string): string {
  return `badge\n${hubId}\n${codeKey}`;
}

/** The look-up key of a badge, from the bytes of that hash. */
export function badgeKey(hash: Uint8Array): string {
  return `badge:${[...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
