// What went to Exact in the last minutes: a count of numbers is reckoned from what Exact shows, and
// Exact may not show yet what it has just booked.

export const whatWasSent = `
CREATE INDEX posting_by_last_sent ON posting (last_sent_ms);
`;
