// The kiosk lives in the browser alone: its disk, its scanner and its queue are there.
export const ssr = false;
