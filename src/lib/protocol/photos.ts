// Who lives here: how a photo goes to the hub: by HTTP, because it is larger than a message, and PUT
// under its hash, because then it may come as often as it likes.

/** Before the id of the photo. */
export const PHOTO_PATH = '/api/photos/';

/** Who sends it, as in `hello`; and the command that names it. */
export const PHOTO_HEADERS = {
  station: 'x-scandock-station',
  command: 'x-scandock-command',
} as const;
