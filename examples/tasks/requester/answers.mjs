// What the person behind a client answers to the questions of the tools.

const facts = { nights: 3, vehicle: 'train', name: 'Ada', agreed: true };

/** Fills in a form, by the names of its fields. */
export function accept({ requestedSchema }) {
  const fields = Object.keys(requestedSchema.properties);
  return { action: 'accept', content: Object.fromEntries(fields.map((field) => [field, facts[field]])) };
}

export function decline() {
  return { action: 'decline' };
}
