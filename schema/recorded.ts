/** What happens to every kind of aggregate. */
export const RECORDED = { created: 'It was first recorded.', changed: 'Something about it changed.' }
